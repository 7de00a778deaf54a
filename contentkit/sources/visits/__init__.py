"""Visits of a website by the tags of its links, out of what Plausible, Google Analytics 4 and Matomo export as CSV."""

from contentkit.sources.visits.reading import Hints, reports_in

__all__ = ["Hints", "reports_in"]
