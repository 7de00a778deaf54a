"""contentkit.db: opening it and bringing it up to date."""
