"""The page about the map: methods, codes, sources."""
