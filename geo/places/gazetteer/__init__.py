"""The gazetteer in two tiers: what ships, and the full one that users fetch."""
