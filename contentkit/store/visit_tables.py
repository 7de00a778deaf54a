"""The visits of a website that its analytics counted by the tags of links, as its exports told them.

A report tells visits of a range of days apart by some tags, and says nothing of the others: ``tags`` names those it tells, in
the order below; what it does not tell is NULL, and what a visit did not have is empty. Reports that tell other tags count
the same visits again, so figures are added up within one ``analytics``, ``site`` and ``tags`` only. Ranges of one of these
never overlap; ``visitors`` of several ranges cannot be added up, because the same person may have come in each.
"""

from __future__ import annotations

# The columns of tags, in the order in which ``tags`` names them, with a space between.
TAGS = ("utm_source", "utm_medium", "utm_campaign", "utm_content")

# Plausible's reports of its dashboard tell visitors alone; ``visits`` and ``visitors`` are NULL where they are not told.
_VISITS = """
CREATE TABLE visits (
  id INTEGER PRIMARY KEY,
  analytics TEXT NOT NULL CHECK (analytics IN ('plausible', 'ga4', 'matomo')),
  site TEXT NOT NULL DEFAULT '',
  tags TEXT NOT NULL CHECK (tags <> ''),
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL CHECK (last_day >= first_day),
  utm_source TEXT,
  utm_medium TEXT,
  utm_campaign TEXT,
  utm_content TEXT,
  visits INTEGER CHECK (visits >= 0),
  visitors INTEGER CHECK (visitors >= 0),
  imported_at TEXT NOT NULL,
  CHECK (coalesce(visits, visitors) IS NOT NULL)
)"""

VISITS = (
    _VISITS,
    """CREATE UNIQUE INDEX visits_once ON visits (analytics, site, tags, first_day, last_day, coalesce(utm_source, ''),
         coalesce(utm_medium, ''), coalesce(utm_campaign, ''), coalesce(utm_content, ''))""",
    "CREATE INDEX visits_by_campaign ON visits (utm_campaign, utm_source)",
)
