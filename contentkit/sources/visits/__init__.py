"""Visits of a website by the tags of its links, out of what Plausible, Google Analytics 4 and Matomo export as CSV."""

from contentkit.sources.visits.reading import Hints, reports_in
from contentkit.sources.visits.shapes import NAMES, Named

__all__ = ["NAMES", "Hints", "Named", "reports_in"]
