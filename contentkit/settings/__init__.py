"""What people set: the files that say so, read strictly and changed in place."""
