"""The faults are shipped: see ``contentkit.testing.faults``."""

from contentkit.testing.faults import AFTERWARDS, INSTEAD, MOVED_TO, NAMES, ON_THE_WIRE

__all__ = ["AFTERWARDS", "INSTEAD", "MOVED_TO", "NAMES", "ON_THE_WIRE"]
