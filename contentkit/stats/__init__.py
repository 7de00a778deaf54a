"""Publications become snapshots, and snapshots become figures. Reads the networks, writes contentkit.db, publishes nothing."""
