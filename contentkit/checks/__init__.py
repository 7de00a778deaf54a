"""Draft and Rendition -> Problems: does every post rest on its source, and may it go out as it stands?

Their ids are stable and listed in ``catalogue.toml``: waivers in drafts name them. An error blocks the approval until it is
mended or waived by name, a warning says where to look, information only tells.

What the checks cannot see: a number or name swapped for another of the same cited lines, and a sense turned around
in other words. A person reads every post beside its lines; the checks say where to look first.
"""

from contentkit.checks.confidential import check_names
from contentkit.checks.discretion import discreet
from contentkit.checks.draft import check_draft, check_leaked, examine_draft
from contentkit.checks.duplicates import check_duplicates
from contentkit.checks.embargoes import check_embargo
from contentkit.checks.leaks import check_entry
from contentkit.checks.levels import levelled, levels_of
from contentkit.checks.liveness import PageFate, check_liveness, links_to_ask
from contentkit.checks.locating import located
from contentkit.checks.manners.cashtags import check_cashtags
from contentkit.checks.manners.threads import check_thread
from contentkit.checks.manners.topics import check_topics
from contentkit.checks.money import check_cost
from contentkit.checks.networks import check_networks
from contentkit.checks.records.kept import Records
from contentkit.checks.rendition import check_cuts, check_lacking, check_language, check_rendition, check_repeats
from contentkit.checks.said import SaidBefore
from contentkit.checks.second_opinion import Opinion, check_opinions
from contentkit.checks.unread import unreadable
from contentkit.checks.whole_thread import check_whole_thread

__all__ = [
    "Opinion",
    "PageFate",
    "Records",
    "SaidBefore",
    "check_cashtags",
    "check_cost",
    "check_cuts",
    "check_draft",
    "check_duplicates",
    "check_embargo",
    "check_entry",
    "check_lacking",
    "check_language",
    "check_leaked",
    "check_liveness",
    "check_names",
    "check_networks",
    "check_opinions",
    "check_rendition",
    "check_repeats",
    "check_thread",
    "check_topics",
    "check_whole_thread",
    "discreet",
    "examine_draft",
    "levelled",
    "levels_of",
    "links_to_ask",
    "located",
    "unreadable",
]
