"""The most important property: what stands word for word in the cited lines is never an error."""

from __future__ import annotations

import random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from contentkit.checks import check_draft
from contentkit.models import Draft, Passage, Post, Source, errors_of
from contentkit.text import sentences
from tests.checks.notes import NOTE, note

WORDS = """
we Ana O'Neill Node.js TimeGPT-2 v2.3.1 P50 40ms 25 ms 1,200 1.5 $10 €3M 60% 2x 4m half twice a third two
hundred and twelve thousand Feb 3 March may May 2024 mid-2024 2026-02-03 3/4 24/7 10:30 9am yesterday last year
Tuesdays Q3 the 1990s 2nd never not don't “we were dead” "it just works fine" «nadie lo vio» ‘so it goes here’
(well, um, um) https://example.org/a?b=1 @mira @mira@social.example #OpenSource #12 e.g. U.S. IT'S DOWN — – → *
• [sic] {x} <b> doble treinta y cinco años … ! ? . : , ;
"""
PIECES = WORDS.split()
SENTENCES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map(" ".join)
# Bad characters and leftover markup are errors in any text, so they are left to the tests of the policy.
POLICY = ("CK301", "CK302")


@settings(max_examples=150, deadline=None)
@example(["we doble"], "es", random.Random(0))
@given(st.lists(SENTENCES, min_size=1, max_size=8), st.sampled_from(("en", "es", "de", "")), st.randoms())
def test_sentences_of_the_cited_lines_are_never_an_error(lines: list[str], language: str, chance: object) -> None:
    source = note(*lines)
    texts = [line[start:end] for line in lines for start, end in sentences(line)]
    chance.shuffle(texts)  # type: ignore[attr-defined]
    post = Post(text="\n".join(texts), evidence=(source.evidence(1, len(lines)),))
    draft = Draft(slug="x", posts=(post,), sources=(NOTE,), language=language)
    assert [each for each in errors_of(check_draft(draft, {NOTE: source})) if each.check not in POLICY] == []


def test_a_passage_without_its_markup_is_verbatim_too() -> None:
    lines = ("**Ana:** We moved to", "[SQLite](https://example.org) in *40*&nbsp;ms.")
    passage = Passage(kind="turn", speaker="Ana", text="We moved to SQLite in 40 ms.", first=1, last=2)
    source = Source(path=NOTE, kind="transcript", lines=lines, passages=(passage,))
    post = Post(text=passage.text, evidence=(source.evidence(1, 2),))
    assert check_draft(Draft(slug="x", posts=(post,), sources=(NOTE,), language="en"), {NOTE: source}) == []


def test_a_closing_post_of_title_link_and_tags_is_clean_without_evidence() -> None:
    title = "It's Been 3 Years: How TideQueue Lost 112 Jobs"
    source = note("We lost a lot of jobs.", title=title, link="https://example.org/jobs", tags=("tech notes",))
    post = Post(text=f"Full post: {title}\nhttps://example.org/jobs\n\n#TechNotes")
    draft = Draft(slug="x", posts=(post,), title=title, sources=(NOTE,), language="en")
    assert check_draft(draft, {NOTE: source}) == []
