"""How the figures of a report came about, in words: beside each query stands what it does not say."""

from __future__ import annotations

from contentkit.ages import shown_age
from contentkit.stats.baselines import JUDGED_AT, REACH
from contentkit.stats.estimates import ENOUGH

_AGE = shown_age(JUDGED_AT)

METHOD = (
    "Each post is asked for at fixed ages, from an hour to 90 days after it went out, so that old and new ones are "
    "compared as they were at the same age. A thread is compared with what is usual on its own account, never with "
    "another account's. What is usual is a median, which one lucky thread does not move, and it stands with the interval "
    "in which it lies as far as these figures can tell. n says on how many posts, threads or readings a figure rests; "
    f"below {ENOUGH} nothing is concluded. 0 was counted; what no network told, what is deleted and what was never asked "
    "for are told apart from it."
)

PUBLISHED = (
    "A thread belongs to the days in which it was begun, with all its posts. A figure is the sum of what was told last of "
    "each post; n is of how many posts it was told. Replies are those of others: a thread's own continuation is not one."
)

GROWTH = (
    "The change is from the last reading of at most a day before the first day, else from the first one within, to the "
    "last one. n is how many readings there are from the first day to the last. Where another account of the network "
    "stood behind the same name before, it begins anew. Days are those of the calendar's time zone."
)

JUDGED = (
    "Engagement is what the network told of likes, shares, quotes and replies of others, added up over the parts of a "
    f"thread {_AGE} after they went out, or at the last age at which all of them were told. The usual is the median of the "
    f"same for the last {REACH} threads of the account before it; n is how many of these were told, and below {ENOUGH} "
    "nothing is called usual. In brackets: what it is beside either end of the interval in which that median lies "
    "(bootstrap, 95 %). Where the usual is less than 1, no quotient is formed. The query gives the threads that are "
    "learnt from, too."
)

CAMPAIGNS = (
    "Engagement is what was told last of likes, shares, quotes and replies of others, over the posts of a campaign; n is of "
    "how many posts. Times the usual is the median over its entries, with the interval in which it lies; n is how many "
    f"entries, and below {ENOUGH} there is none. A thread on several accounts is one entry, with the geometric mean of its "
    "ratios. "
    "How a thread is compared with the usual stands above."
)

VISITS = (
    "What the website's analytics counted by the tags of links, as 'contentkit import' read it from their export, in all "
    "ranges of days that end no earlier than the day before the first thread with these tags. Of an export that tells more "
    "tags apart and one that tells fewer, the first counts. n is how many threads have links with these tags: the visits "
    "are theirs together. Visitors of several ranges of days cannot be added up. The query gives the exports' rows."
)

LEARNT = (
    "The median, over the entries of a kind, of how many times the usual of their account each one's engagement was, at "
    f"{_AGE}; a thread on several accounts is one entry, with the geometric mean of its ratios. In brackets the interval in "
    "which "
    f"that median lies (bootstrap, 95 %); n is how many entries. Below {ENOUGH} nothing is said. The query gives the "
    "threads with their engagement, the usual and what is known of them; days and hours are those of the calendar's time "
    "zone, and sources stand in entry_sources."
)

DROPOFF = (
    f"Of threads of several parts that were told at {_AGE}: each part's figure as a share of the first part's, and of "
    "these shares the median at each place, with the interval in which it lies (bootstrap, 95 %); n is how many threads "
    "have a part there. By impressions where the network tells them of every part, else by engagement. Threads with a "
    "part that is gone, or with 0 at the first, are left out. The query gives both figures of every part."
)
