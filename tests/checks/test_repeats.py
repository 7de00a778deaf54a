from __future__ import annotations

import pytest

from contentkit.checks import check_repeats
from contentkit.models import Account, Draft, Media, Part, Post, Problem, Rendition, Severity

CHART = (Media(path="chart.png", alt="A chart"),)


def repeats(*parts: tuple[str, tuple[Media, ...]], severity: Severity = "error") -> list[Problem]:
    draft = Draft(slug="x", path="drafts/x.md", posts=tuple(Post(text=text, line=9) for text, _ in parts))
    rendition = Rendition(
        account=Account(name="ours", platform="x"),
        parts=tuple(Part(post=at, text=text, length=1, media=media) for at, (text, media) in enumerate(parts)),
        visibility="public",
        warning="",
        language="en",
    )
    return check_repeats(rendition, draft, severity)


@pytest.mark.parametrize("severity", ["error", "warning"])
def test_the_same_words_twice_in_a_thread_are_as_bad_as_they_are_on_its_network(severity: Severity) -> None:
    (problem,) = repeats(("Read on.", ()), ("How.", ()), ("Read  on.", ()), severity=severity)
    assert (problem.check, problem.severity, problem.post, problem.account) == ("CK315", severity, 2, "ours")
    assert problem.message == "part 3 has the same words as part 1 on ours"


def test_the_same_words_with_another_picture_are_a_warning_everywhere() -> None:
    (problem,) = repeats(("Read on.", ()), ("Read on.", CHART))
    assert (problem.check, problem.severity) == ("CK315", "warning")


def test_pictures_without_words_repeat_nothing() -> None:
    assert repeats(("", CHART), ("", CHART)) == []
