"""What people bring in and decide: kept whole, for several processes, in SQLite or PostgreSQL."""
