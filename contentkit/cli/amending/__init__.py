"""Correcting and retracting what is out: what differs, what can be done about it, and doing it at once."""
