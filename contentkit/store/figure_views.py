"""The tenth form: one view for each question that people ask of the figures.

Each view says how many a figure rests on, and counts as ``contentkit stats`` does: of an age the first figures that were told;
of a post or a thread nothing unless each of its parts that still stands was told at that age; replies without our own. ``age`` is
in hours. In the rows of the latest figures it is NULL, and ``age_in_words`` says so.
"""

from __future__ import annotations

from contentkit.ages import AGES, shown_age
from contentkit.store.figures import COUNTS

_ENGAGEMENT = """CASE WHEN likes IS NOT NULL OR shares IS NOT NULL
    THEN coalesce(likes, 0) + coalesce(shares, 0) + coalesce(quotes, 0) + coalesce(replies, 0) END"""
_AGE_IN_WORDS = f"CASE age {' '.join(f'WHEN {age} THEN {shown_age(age)!r}' for age in AGES)} ELSE 'latest' END"
_STANDS = "(SELECT lost FROM snapshots WHERE publication = {}.id ORDER BY number DESC LIMIT 1) IS NOT 'deleted'"
_WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")

# Each reading is looked at twice: as one of an age, and as the latest.
_PART_FIGURES = """
CREATE VIEW part_figures AS
SELECT
  snapshots.publication,
  CASE way.latest WHEN 0 THEN snapshots.age END AS age,
  snapshots.taken_at AS told_at,
  max(0, snapshots.replies - snapshots.own_replies) AS replies,
  snapshots.likes,
  snapshots.shares,
  snapshots.quotes,
  snapshots.bookmarks,
  snapshots.impressions,
  snapshots.link_clicks,
  snapshots.profile_clicks
FROM snapshots
CROSS JOIN (SELECT 0 AS latest UNION ALL SELECT 1) AS way
WHERE snapshots.lost IS NULL AND CASE way.latest
  WHEN 1 THEN NOT EXISTS (
    SELECT 1 FROM snapshots AS later
    WHERE later.publication = snapshots.publication AND later.number > snapshots.number AND later.lost IS NULL)
  ELSE snapshots.age IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM snapshots AS earlier
    WHERE earlier.publication = snapshots.publication AND earlier.number < snapshots.number
      AND earlier.age = snapshots.age AND earlier.lost IS NULL)
  END"""


def _engagement(view: str, columns: str, key: str) -> str:
    """A view of the sums over the parts for which ``key``, in terms of ``{0}``, is the same.

    The other ``columns`` are those of the first of them: so SQLite reads them beside min().
    """
    sums = ",\n    ".join(f"CASE WHEN count({one}) = count(*) THEN sum({one}) END AS {one}" for one in COUNTS)
    shown = ",\n  ".join(f"CASE WHEN told = standing THEN {one} END AS {one}" for one in COUNTS)
    first, siblings = key.format("publications"), f"({key.format('sibling')}) = ({key.format('publications')})"
    return f"""
CREATE VIEW {view} AS
SELECT
  {columns}, published_at, url, age, {_AGE_IN_WORDS} AS age_in_words, published, standing, told,
  {shown},
  CASE WHEN told = standing THEN {_ENGAGEMENT} END AS engagement
FROM (
  SELECT
    {columns}, publications.published_at, publications.url, min(publications.part) AS opening_part, part_figures.age,
    (SELECT count(*) FROM publications AS sibling WHERE {siblings}) AS published,
    (SELECT count(*) FROM publications AS sibling WHERE {siblings} AND {_STANDS.format("sibling")}) AS standing,
    sum({_STANDS.format("publications")}) AS told,
    {sums}
  FROM publications JOIN part_figures ON part_figures.publication = publications.id
  GROUP BY {first}, part_figures.age
)"""  # noqa: S608 - our own names


# Where nobody knows which post of the draft a part came from, it is a post of its own.
_POST_ENGAGEMENT = _engagement(
    "post_engagement",
    "entry, account, platform, thread, post, text",
    "{0}.thread, {0}.account, ifnull({0}.post, -1 - {0}.part)",
)
_THREAD_ENGAGEMENT = _engagement("thread_engagement", "entry, account, platform, thread", "{0}.thread, {0}.account")

# How much of what the opening had each place of the thread still has.
_THREAD_DROPOFF = f"""
CREATE VIEW thread_dropoff AS
SELECT
  entry, account, platform, thread, part + 1 AS place, parts, age, {_AGE_IN_WORDS} AS age_in_words,
  impressions, opening_impressions, round(1.0 * impressions / nullif(opening_impressions, 0), 3) AS impressions_kept,
  engagement, opening_engagement, round(1.0 * engagement / nullif(opening_engagement, 0), 3) AS engagement_kept
FROM (
  SELECT
    entry, account, platform, thread, part, parts, age, impressions, engagement,
    max(CASE part WHEN 0 THEN impressions END) OVER same_age AS opening_impressions,
    max(CASE part WHEN 0 THEN engagement END) OVER same_age AS opening_engagement
  FROM (
    SELECT
      publications.entry, publications.account, publications.platform, publications.thread, publications.part,
      publications.parts, part_figures.age, part_figures.impressions, {_ENGAGEMENT} AS engagement
    FROM publications JOIN part_figures ON part_figures.publication = publications.id
    WHERE publications.parts > 1
  )
  WINDOW same_age AS (PARTITION BY thread, account, age)
)"""  # noqa: S608 - our own names


def _known(column: str) -> str:
    """Whose a reading is. Where that was not known it is as the last time when it was, else as the next time."""
    told = f"CASE WHEN {column} <> '' THEN printf('%020d', id) || {column} END"
    return f"""coalesce(
      nullif({column}, ''), substr(max({told}) OVER until_then, 21), substr(min({told}) OVER from_then, 21), ''
    ) AS {column}"""


# The last reading of each day in UTC. Another account behind the same name begins anew.
_ACCOUNT_GROWTH = f"""
CREATE VIEW account_growth AS
SELECT
  account, server, owner, day, readings, followers,
  followers - lag(followers) OVER in_order AS change,
  CAST(julianday(day) - julianday(lag(day) OVER in_order) AS INTEGER) AS days
FROM (
  SELECT account, server, owner, substr(taken_at, 1, 10) AS day, count(*) AS readings, max(id), followers
  FROM (
    SELECT id, account, {_known("server")}, {_known("owner")}, taken_at, followers
    FROM account_snapshots
    WINDOW until_then AS (PARTITION BY account ORDER BY id), from_then AS (PARTITION BY account ORDER BY id DESC)
  )
  WHERE followers IS NOT NULL
  GROUP BY account, server, owner, substr(taken_at, 1, 10)
)
WINDOW in_order AS (PARTITION BY account, server, owner ORDER BY day)"""  # noqa: S608 - our own names


def _typical(view: str, columns: str, key: str, condition: str) -> str:
    """A view of the mean and the median engagement of the threads for which ``key`` is the same; ``columns`` are made of it."""
    return f"""
CREATE VIEW {view} AS
SELECT
  {columns}, age, age_in_words, count(*) AS n,
  min(published_at) AS first_published_at, max(published_at) AS last_published_at,
  sum(engagement) AS engagement, round(avg(engagement), 2) AS mean_engagement,
  avg(CASE WHEN rank IN ((ranks + 1) / 2, (ranks + 2) / 2) THEN engagement END) AS median_engagement
FROM (
  SELECT
    *, row_number() OVER (PARTITION BY {key}, age ORDER BY engagement) AS rank,
    count(*) OVER (PARTITION BY {key}, age) AS ranks
  FROM (
    SELECT
      thread_engagement.*, entries.campaign,
      CAST(strftime('%w', thread_engagement.published_at) AS INTEGER) AS day,
      CAST(strftime('%H', thread_engagement.published_at) AS INTEGER) AS hour
    FROM thread_engagement LEFT JOIN entries ON entries.id = thread_engagement.entry
    WHERE engagement IS NOT NULL AND {condition}
  )
)
GROUP BY {key}, age"""  # noqa: S608 - our own names


_WEEKDAY = f"CASE day {' '.join(f'WHEN {number} THEN {name!r}' for number, name in enumerate(_WEEKDAYS))} END"
_CAMPAIGNS = _typical("campaigns", "campaign, count(DISTINCT account) AS accounts", "campaign", "campaign IS NOT NULL")
_BEST_SLOTS = _typical(
    "best_slots", f"account, {_WEEKDAY} AS weekday, hour, 'UTC' AS zone", "account, day, hour", "age IS NOT NULL"
)

FIGURE_VIEWS = (
    _PART_FIGURES,
    _POST_ENGAGEMENT,
    _THREAD_ENGAGEMENT,
    _THREAD_DROPOFF,
    _ACCOUNT_GROWTH,
    _CAMPAIGNS,
    _BEST_SLOTS,
)
