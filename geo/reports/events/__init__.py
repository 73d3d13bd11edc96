"""From the mentions in an item to its events; :mod:`.read` lists the steps in their order."""
