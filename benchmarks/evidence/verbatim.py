"""How often the support check cries wolf on what the offline drafter writes, which is word for word the source's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.drafts.texts import Text, texts_in
from benchmarks.evidence.measures import TIERS
from contentkit.checks import check_draft
from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.errors import ContentkitError
from contentkit.models import Draft, Problem
from contentkit.text import one_line, printable

_FAMILIES = ("CK1", "CK2")
_LONGEST = 300


@dataclass(frozen=True, kw_only=True)
class Checked:
    """The draft of one text, and what the checks of evidence and support say of it."""

    text: Text
    draft: Draft
    problems: tuple[Problem, ...]

    def posts_with(self, tier: str) -> int:
        """How many posts have a finding of this tier."""
        return len({one.post for one in self.problems if one.severity in TIERS[tier]})


def checked_in(folder: Path) -> tuple[list[Checked], list[str]]:
    """The texts of this folder, drafted and checked; and those of which no draft could be made, a line each."""
    texts, failed = texts_in(folder, "mastodon")
    checked = []
    for text in texts:
        try:
            draft = ExtractiveDrafter().draft(text.source, replace(text.brief, language=text.language))
        except ContentkitError as error:
            failed.append(f"{text.name}: {error.message}")
            continue
        problems = check_draft(draft, {text.source.path: text.source})
        false = tuple(one for one in problems if one.check.startswith(_FAMILIES) and one.severity in TIERS["all"])
        checked.append(Checked(text=text, draft=draft, problems=false))
    return checked, failed


def report(checked: Sequence[Checked], failed: Sequence[str]) -> Iterator[str]:
    """How many posts were flagged, each finding, and what could not be drafted."""
    posts = sum(len(one.draft.posts) for one in checked)
    errors, findings = (sum(one.posts_with(tier) for one in checked) for tier in TIERS)
    yield f"{len(checked)} texts, {posts} posts: {errors} with a false error, {findings} with a false finding"
    for one in checked:
        yield from (f"{one.text.name}: {_line(problem)}" for problem in one.problems)
    yield from (f"not drafted: {printable(line)}" for line in failed)


def _line(problem: Problem) -> str:
    return f"{problem.check} {problem.severity}: {printable(one_line(problem.message, _LONGEST))}"
