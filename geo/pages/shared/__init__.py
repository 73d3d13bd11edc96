"""What several pages need: the address, the filter bar, safe HTML."""
