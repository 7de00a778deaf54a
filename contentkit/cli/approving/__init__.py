"""Approvals: given, taken back, and whether they count here. ``contentkit approve``, ``approvals`` and ``post`` ask."""
