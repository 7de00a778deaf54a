"""What ``contentkit sync`` does: what is known of our posts comes into contentkit.db, then the networks are asked."""
