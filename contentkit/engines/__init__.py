"""Engines: they tell workers on many hosts where work is due. Each stands behind the one protocol of ``tickets``."""
