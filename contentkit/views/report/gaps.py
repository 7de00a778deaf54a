"""What a report does not know. Never asked, no answer, deleted, too early and too few are not the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contentkit.stats.estimates import ENOUGH
from contentkit.stats.reports import Report
from contentkit.text import counted
from contentkit.views.report.blocks import Items, Paragraph, Section
from contentkit.views.report.phrases import listed

_NAMED = 4


def gaps_section(report: Report) -> Section:
    lines = (*_of_accounts(report), *_of_posts(report), *_of_threads(report))
    nothing = Paragraph(words="Nothing is missing from these figures that could be known to be missing.")
    return Section(name="not-known", title="What is not known", blocks=(Items(words=lines) if lines else nothing,))


def _of_accounts(report: Report) -> Iterator[str]:
    if report.never_asked:
        yield f"Followers were never asked for on {_named(report.never_asked)}."
    asked = [one for one in report.followers if one.growth.asked_at]
    silent = [one.growth.account for one in asked if not one.growth.readings]
    if silent:
        yield f"No followers were told in these days, though asked for before, on {_named(silent)}."
    missing = [one for one in asked if one.missing and one.growth.readings]
    if missing:
        days = sum(one.missing for one in missing)
        yield f"{counted(days, 'day')} without a reading of the followers, over {counted(len(missing), 'account')}."


def _of_posts(report: Report) -> Iterator[str]:
    published = report.published
    for count, words in (
        (sum(one.never_asked for one in published), "whose figures were never asked for"),
        (sum(one.unavailable for one in published), "of which the network said nothing when it was asked last"),
        (sum(one.deleted for one in published), "deleted since: their last figures count, their words are not shown"),
    ):
        if count:
            yield f"{counted(count, 'post')} {words}."


def _of_threads(report: Report) -> Iterator[str]:
    untold = sum(one.age is None for one in report.judged)
    early = sum(one.age is not None and one.usual is None for one in report.judged)
    small = sum(one.usual is not None and one.ratio is None for one in report.judged)
    for count, words in (
        (untold, "not told as a whole at any age, so compared with nothing"),
        (early, f"with fewer than {ENOUGH} told threads before it on its account, so that nothing is usual there"),
        (small, "on accounts where the usual is less than 1, so that no quotient is formed"),
        (report.incomplete, "with fewer parts out than planned"),
    ):
        if count:
            yield f"{counted(count, 'thread')} {words}."
    if report.asked_at is None or report.asked_at < report.period.until:
        yield "The period was not over when figures were asked for last."


def _named(accounts: Sequence[str]) -> str:
    more = [f"{len(accounts) - _NAMED} more"] if len(accounts) > _NAMED else []
    return listed([*accounts[:_NAMED], *more])
