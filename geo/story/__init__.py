"""The one teller: events, places and coverage in plain words, field by field."""
