"""What whoever corrects is shown before they decide, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from contentkit.cli.output import is_terminal, say, show, show_lines, show_sentences
from contentkit.publishing.facts import Fact
from contentkit.views import corrections as views

if TYPE_CHECKING:
    from contentkit.cli.approving.giving import Candidate
    from contentkit.cli.project import Project
    from contentkit.manifests.differences import Difference
    from contentkit.publishing.journal import Journal
    from contentkit.views.corrections import Remedy


def show_remedies(project: Project, candidate: Candidate, remedies: Sequence[Remedy]) -> None:
    """What reads otherwise on each account, what becomes of it, and what else can be done."""
    for remedy in remedies:
        if remedy.correction.differs:
            difference = views.difference_in(remedy.correction)
            told = difference if _may_be_told(project, candidate, remedy) else difference.without_words()
            _show_difference(told, views.fate_of(remedy))
            show_lines(*views.address_lines(views.touched(remedy)))
            show_sentences(*views.consequences(remedy, candidate.entry.draft), "")
        show_lines(*views.added_lines(remedy.correction))
    if any(one.does_anything for one in remedies):
        _show_others(project, candidate, remedies)


def _show_others(project: Project, candidate: Candidate, remedies: Sequence[Remedy]) -> None:
    """The threads of which nothing is out yet: the approval is of them, too."""
    from contentkit.cli.preview import show_rendition

    begun = {one.correction.thread.account for one in remedies}
    for rendition in candidate.renditions:
        if rendition.account.name not in begun:
            show_sentences(f"{candidate.entry.id} on {rendition.account.name}: not out yet, and approved with it:")
            show_rendition(project, rendition, candidate.draft, candidate.entry)


def _show_difference(difference: Difference, title: str) -> None:
    from contentkit.views.differences import difference_lines, difference_view

    if is_terminal():
        show(difference_view(difference, title))
    else:
        show_lines(*difference_lines(difference, title))


def _may_be_told(project: Project, candidate: Candidate, remedy: Remedy) -> bool:
    from contentkit.cli.approving.holding import may_be_told

    return may_be_told(project, candidate.entry, views.difference_in(remedy.correction).words)


def show_terms_beside(project: Project, journal: Journal, candidate: Candidate) -> None:
    """What the approval is bound to beside the words, and what of that is otherwise than it was approved last."""
    from dataclasses import replace

    from contentkit.cli.approving.showing import changes_since
    from contentkit.manifests.changes import in_one_shape, terms_of
    from contentkit.views.differences import difference_view, terms_view

    words = project.bound(candidate.entry, candidate.draft, candidate.renditions)
    show(terms_view(terms_of(in_one_shape(json.loads(words)))))
    difference = changes_since(project, journal, candidate.entry)
    if difference and difference.terms:
        show(difference_view(replace(difference, changes=(), causes=()), "Otherwise than it was approved:"))


def tell_open(project: Project, journal: Journal, entry: str) -> None:
    """What is still to be done, and by whom."""
    still = [one for one in journal.amendments.open() if one.entry == entry and one.state.value != "held"]
    if not still or journal.known(Fact.STOPPED):
        return
    changes = f"{len(still)} change{'' if len(still) == 1 else 's'}"
    is_paused = any(one.id == entry and one.paused for one in project.calendar.entries)
    then = f"it is paused: contentkit unpause {entry}" if is_paused else "the next 'contentkit post' goes on"
    say(f"{entry}: {changes} still to come: {then}.")


def plain(project: Project, candidate: Candidate, remedies: Sequence[Remedy]) -> list[dict[str, Any]]:
    """The remedies for programs; without words that nobody may repeat."""
    return [
        {
            "account": one.correction.thread.account,
            "how": one.how if one.correction.differs else "",
            "why_not": one.why_not,
            "changed": [asdict(change) for change in views.difference_in(one.correction).changes]
            if _may_be_told(project, candidate, one)
            else None,
            "parts": [{"part": row.part + 1, "url": row.url} for row in views.touched(one)],
            "added": [part.text for part in one.correction.added],
            "cost": asdict(one.bill) if one.bill and one.how != "edit" and one.correction.differs else None,
        }
        for one in remedies
    ]
