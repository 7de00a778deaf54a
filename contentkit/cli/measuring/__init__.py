"""What ``contentkit stats`` asks the database, and how it tells it."""
