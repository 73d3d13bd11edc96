"""From a file or a page to news items with their publication day."""
