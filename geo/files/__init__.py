"""Files: what ships and under which terms, downloads, and cells made harmless."""
