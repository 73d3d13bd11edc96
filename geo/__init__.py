"""Read, place, join and show Afghanistan–Pakistan border events."""
