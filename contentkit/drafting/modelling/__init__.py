"""The drafter that lets a model write, and holds every word against the source."""
