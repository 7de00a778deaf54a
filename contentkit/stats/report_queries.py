"""The queries behind a report, for whoever doubts a figure: to be put to contentkit.db as they stand."""

from __future__ import annotations

from datetime import datetime

from contentkit.stamps import stamped
from contentkit.stats.baselines import JUDGED_AT, REACH
from contentkit.stats.estimates import ENOUGH
from contentkit.stats.growth import NEAR
from contentkit.stats.periods import Period
from contentkit.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Queries:
    """One for each part of a report. ``judged`` and ``dropoff`` give a row for each thread that is learnt from, too."""

    published: str
    growth: str
    judged: str
    campaigns: str
    dropoff: str
    visits: str


def queries(period: Period, learnt_since: datetime) -> Queries:
    """Those of a period."""
    since, until, learnt = stamped(period.since), stamped(period.until), stamped(learnt_since)
    begun = _BEGUN.format(since=since, until=until)
    return Queries(
        published=_PUBLISHED.format(begun=begun),
        growth=_GROWTH.format(near=stamped(period.since - NEAR), since=since, until=until),
        judged=_JUDGED.format(since=learnt, until=until, age=JUDGED_AT, reach=REACH, enough=ENOUGH),
        campaigns=_CAMPAIGNS.format(begun=begun),
        dropoff=_DROPOFF.format(begun=_BEGUN.format(since=learnt, until=until), age=JUDGED_AT),
        visits=_VISITS.format(since=(period.since - NEAR).date()),
    )


_BEGUN = """begun AS (
  SELECT thread, account, min(published_at) AS begun_at
  FROM publications GROUP BY thread, account
  HAVING begun_at >= '{since}' AND begun_at < '{until}'
)"""

_PUBLISHED = """WITH {begun}
SELECT account, platform, count(DISTINCT thread) AS threads, count(*) AS posts,
  count(CASE state WHEN 'deleted' THEN 1 END) AS deleted,
  count(CASE state WHEN 'unavailable' THEN 1 END) AS unavailable,
  count(CASE WHEN state IS NULL THEN 1 END) AS never_asked,
  sum(impressions) AS impressions, count(impressions) AS impressions_of,
  sum(likes) AS likes, count(likes) AS likes_of,
  sum(shares) AS shares, count(shares) AS shares_of,
  sum(quotes) AS quotes, count(quotes) AS quotes_of,
  sum(replies) AS replies, count(replies) AS replies_of,
  sum(link_clicks) AS link_clicks, count(link_clicks) AS link_clicks_of
FROM begun JOIN latest_figures USING (thread, account)
GROUP BY account, platform ORDER BY account, platform"""

_GROWTH = """WITH asked AS (
  SELECT * FROM account_snapshots WHERE taken_at >= '{near}' AND taken_at < '{until}'
),
whose AS (
  -- the last that were known; empty is what nobody knew then
  SELECT account,
    coalesce((SELECT server FROM asked AS one WHERE one.account = asked.account AND server <> '' ORDER BY id DESC LIMIT 1), '')
      AS server,
    coalesce((SELECT owner FROM asked AS one WHERE one.account = asked.account AND owner <> '' ORDER BY id DESC LIMIT 1), '')
      AS owner
  FROM asked GROUP BY account
),
readings AS (
  SELECT account, taken_at, followers FROM asked JOIN whose USING (account)
  WHERE asked.server IN ('', whose.server) AND asked.owner IN ('', whose.owner) AND followers IS NOT NULL
)
SELECT account,
  coalesce(
    (SELECT followers FROM readings WHERE account = whose.account AND taken_at < '{since}' ORDER BY taken_at DESC LIMIT 1),
    (SELECT followers FROM readings WHERE account = whose.account ORDER BY taken_at LIMIT 1)
  ) AS at_first,
  (SELECT followers FROM readings WHERE account = whose.account AND taken_at >= '{since}' ORDER BY taken_at DESC LIMIT 1)
    AS at_last,
  (SELECT count(*) FROM readings WHERE account = whose.account AND taken_at >= '{since}') AS readings
FROM whose ORDER BY account"""

_JUDGED = """WITH threads AS (
  SELECT thread, account, entry, min(published_at) AS begun_at, coalesce(publications.language, entries.language) AS language,
    title, campaign, slot, founder, drafter, coalesce(publications.hook, entries.hook) AS hook
  FROM publications LEFT JOIN entries ON entries.id = entry GROUP BY thread, account
),
engaged AS MATERIALIZED (
  SELECT thread, account, age, engagement FROM thread_engagement WHERE age IS NOT NULL AND engagement IS NOT NULL
),
chosen AS (
  SELECT *, coalesce(
    (SELECT age FROM engaged WHERE thread = threads.thread AND account = threads.account AND age = {age}),
    (SELECT max(age) FROM engaged WHERE thread = threads.thread AND account = threads.account)) AS age
  FROM threads WHERE begun_at >= '{since}' AND begun_at < '{until}'
),
compared AS (
  SELECT chosen.*, engaged.engagement, (
    SELECT json_group_array(engagement) FROM (
      SELECT earlier.engagement FROM (
        SELECT thread, account FROM threads AS before
        WHERE before.account = chosen.account AND before.begun_at < chosen.begun_at
        ORDER BY before.begun_at DESC, before.thread DESC LIMIT {reach}
      ) JOIN engaged AS earlier USING (thread, account)
      WHERE earlier.age = chosen.age ORDER BY earlier.engagement
    )) AS others
  FROM chosen LEFT JOIN engaged USING (thread, account, age)
)
SELECT account, thread, begun_at, age, engagement, json_array_length(others) AS compared_with,
  CASE WHEN json_array_length(others) >= {enough} THEN (
    json_extract(others, '$[' || ((json_array_length(others) - 1) / 2) || ']')
      + json_extract(others, '$[' || (json_array_length(others) / 2) || ']')) / 2.0
  END AS usual,
  title, campaign, slot, language, founder, drafter, hook
FROM compared ORDER BY begun_at, account, thread"""

_CAMPAIGNS = """WITH {begun}
SELECT campaign, count(DISTINCT thread || char(0) || account) AS threads, count(*) AS posts,
  sum(CASE WHEN coalesce(likes, shares) IS NOT NULL
    THEN coalesce(likes, 0) + coalesce(shares, 0) + coalesce(quotes, 0) + coalesce(replies, 0) END) AS engagement,
  count(coalesce(likes, shares)) AS engagement_of
FROM begun JOIN latest_figures USING (thread, account) LEFT JOIN entries ON entries.id = entry
GROUP BY campaign ORDER BY campaign"""

_DROPOFF = """WITH {begun}
SELECT thread, account, part, parts, latest_figures.state, snapshots.impressions,
  CASE WHEN coalesce(snapshots.likes, snapshots.shares) IS NOT NULL THEN
    coalesce(snapshots.likes, 0) + coalesce(snapshots.shares, 0) + coalesce(snapshots.quotes, 0)
      + coalesce(max(0, snapshots.replies - own_replies), 0)
  END AS engagement
FROM begun JOIN latest_figures USING (thread, account)
LEFT JOIN snapshots ON publication = latest_figures.id AND number =
  (SELECT min(number) FROM snapshots WHERE publication = latest_figures.id AND age = {age} AND state = 'told')
ORDER BY thread, account, part"""

_VISITS = """SELECT analytics, site, tags, utm_source, utm_medium, utm_campaign, utm_content, first_day, last_day, visits,
  visitors
FROM visits WHERE last_day >= '{since}'
ORDER BY analytics, site, tags, utm_campaign, utm_source, utm_medium, utm_content, first_day"""
