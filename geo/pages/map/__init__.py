"""The map page: header, map, panels, table."""
