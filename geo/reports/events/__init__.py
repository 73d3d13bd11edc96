"""From the clauses of an item to events."""
