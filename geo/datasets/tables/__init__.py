"""Any file that holds a table, as chunks of text cells and named faults."""
