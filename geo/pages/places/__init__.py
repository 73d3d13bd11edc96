"""The page that finds a place."""
