"""Posts beside what they rest on, as a person sees them."""

from __future__ import annotations

from contentkit.checks.beside import Beside, Cited, Said
from contentkit.checks.records.verbatim import Verbatim
from contentkit.models import Evidence, Problem
from contentkit.views.evidence import evidence_lines, evidence_view, has_marks
from tests.views.terminal import coloured, shown

PLACE = Evidence(source="notes/call.vtt", first=12, last=14, sha="3f9a61c2")
SAID = Said(speaker="Ana", text="The queue lost 112 jobs.", shared=((0, 14), (19, 23)))
CITED = Cited(evidence=PLACE, state="holds", said=(SAID,))
POST = Beside(number=1, line=9, text="The queue lost 113 jobs.", cited=(CITED,), alone=((15, 18),))


def lines(post: Beside) -> list[str]:
    return list(evidence_lines([post]))


def of(cited: Cited) -> str:
    """The line that tells what became of this."""
    return lines(Beside(number=1, line=9, text="x", cited=(cited,)))[2].strip()


def test_a_post_stands_above_what_it_rests_on() -> None:
    assert lines(POST) == [
        "Post 1 · line 9",
        "  The queue lost ~113~ jobs.",
        "  notes/call.vtt#L12-L14 · holds · Ana",
        "    _The queue lost_ 112 _jobs_.",
    ]


def test_between_two_posts_stands_an_empty_line() -> None:
    assert list(evidence_lines([POST, POST])).count("") == 1


def test_a_terminal_gets_fonts_in_place_of_signs() -> None:
    told = coloured(evidence_view([POST]))
    assert "\x1b[1;4mThe queue lost\x1b[0m 112" in told
    assert "\x1b[2;3m113\x1b[0m" in told
    assert "_" not in told


def test_a_terminal_of_80_columns_gets_no_longer_line() -> None:
    long = Cited(evidence=Evidence(source="notes/" + "a" * 120, first=1, last=1), state="gone")
    for width in (80, 40):
        assert (
            max(map(len, shown(evidence_view([Beside(number=1, line=9, text="word " * 60, cited=(long,))]), width)))
            <= width
        )


def test_it_is_told_what_became_of_the_lines() -> None:
    moved = Cited(evidence=PLACE, state="moved", now=Evidence(source=PLACE.source, first=20, last=22))
    assert of(moved) == "notes/call.vtt#L12-L14 · moved to L20-L22"
    assert of(Cited(evidence=PLACE, state="changed")) == "notes/call.vtt#L12-L14 · changed since; now it says"
    several = Cited(evidence=PLACE, state="changed", several=True)
    assert "several places" in of(several)
    assert of(Cited(evidence=PLACE, state="gone")) == "notes/call.vtt#L12-L14 · gone: nothing is there"
    bare = Cited(evidence=Evidence(source="a.md", first=1, last=1), state="holds")
    assert of(bare) == "a.md#L1 · there (no sha to tell changes by)"


def test_where_several_speak_each_is_named_before_their_words() -> None:
    other = Said(speaker="Ben", text="Which ones?", shared=())
    told = lines(Beside(number=1, line=9, text="x", cited=(Cited(evidence=PLACE, state="holds", said=(SAID, other)),)))
    assert told[2].endswith("Ana, Ben")
    assert told[3:] == ["    Ana: _The queue lost_ 112 _jobs_.", "    Ben: Which ones?"]


def test_what_was_cut_off_is_shown_by_dots() -> None:
    part = Said(speaker="", text="in the middle", shared=(), opens=False, closes=False)
    assert lines(Beside(number=1, line=9, text="x", cited=(Cited(evidence=PLACE, state="holds", said=(part,)),)))[
        3
    ] == ("    … in the middle …")


def test_of_a_whole_book_only_what_matters_is_shown() -> None:
    text = "word " * 5000 + "jobs" + " word" * 5000
    book = Said(speaker="", text=text, shared=((25_000, 25_004),))
    many = Cited(evidence=PLACE, state="holds", said=(book,) * 20_000)
    told = lines(Beside(number=1, line=9, text="x", cited=(many,)))
    assert len("\n".join(told)) < 40_000
    assert "_jobs_" in told[3]
    assert told[-1] == "    … and 19,988 more passages"


def test_a_post_without_evidence_says_so() -> None:
    assert lines(Beside(number=1, line=9, text="Read on.", cited=())) == [
        "Post 1 · line 9",
        "  Read on.",
        "  rests on nothing",
    ]


def test_a_sentence_that_stands_elsewhere_comes_with_the_comment_to_add() -> None:
    found = Verbatim(start=0, end=8, evidence=Evidence(source="a.md", first=3, last=3))
    told = lines(Beside(number=1, line=9, text="Read on.", cited=(), verbatim=(found,)))
    assert told[-1] == "  “Read on.” stands in the source, too: add <!-- evidence: a.md#L3 -->"


def test_what_the_checks_say_stands_below_with_what_would_mend_it() -> None:
    problem = Problem(check="CK201", severity="error", message="no source says 113", place="x:9", remedy="correct it")
    told = lines(Beside(number=1, line=9, text="113", cited=(), found=(problem,)))
    assert told[-2:] == ["  error CK201: no source says 113", "    → correct it"]


def test_nothing_in_a_source_or_a_post_can_steer_a_terminal() -> None:
    hostile = "\x1b]0;owned\x07\x1b[2J\u202e\u200b"
    said = Said(speaker=hostile, text=hostile, shared=((0, 3),))
    cited = Cited(evidence=Evidence(source=hostile, first=1, last=1), state="changed", said=(said, said))
    problem = Problem(check="CK201", severity="error", message=hostile, place="x:9", remedy=hostile, words=hostile)
    found = Verbatim(start=0, end=4, evidence=Evidence(source=hostile, first=1, last=1))
    post = Beside(number=1, line=9, text=hostile, cited=(cited,), alone=((0, 2),), verbatim=(found,), found=(problem,))
    for told in ("\n".join(shown(evidence_view([post]))), "\n".join(lines(post))):
        assert not {"\x1b]", "\x07", "\u202e", "\u200b"} & {
            one for one in ("\x1b]", "\x07", "\u202e", "\u200b") if one in told
        }


def test_a_legend_is_only_there_for_what_is_marked() -> None:
    assert has_marks([POST])
    assert not has_marks([Beside(number=1, line=9, text="x", cited=())])
