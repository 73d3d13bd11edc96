"""Event tables in, events out."""
