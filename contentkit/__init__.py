"""contentkit: from what a founder said to a thread that the founder approved, posted once."""

__version__ = "0.1.0"
