"""The opt-in online geocoder: asked politely, its answers kept and checked."""
