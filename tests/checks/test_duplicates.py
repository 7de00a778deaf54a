"""Words that were said before: what counts as the same, and where it matters."""

from __future__ import annotations

import resource
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.checks import SaidBefore, check_duplicates
from contentkit.checks.said import ALIKE, Said, Showing, wordprint
from contentkit.drafts import parse_draft
from contentkit.models import Account, Draft, Part, Problem, Rendition

SENTENCE = "Every team we talked to had written the same scheduler, and thrown it away."
THEN = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
OUT = Showing(account="ours", platform="mastodon", at=THEN, is_out=True, reactions="12 likes, 3 shares")
QUEUED = Showing(account="ours", platform="mastodon", at=THEN)
DRAFTED = Showing(account="ours", platform="mastodon")


def draft_of(*posts: str) -> Draft:
    return parse_draft("---\nversion: 1\n---\n" + "\n\n---\n\n".join(posts) + "\n", "drafts/new.md")


def said(text: str, *showings: Showing, draft: str = "drafts/old.md") -> Said:
    return Said(text=text, place=f"{draft}:5", draft=draft, showings=showings)


def found(draft: Draft, *before: Said) -> list[Problem]:
    return check_duplicates(draft, {"ours": "mastodon"}, [], SaidBefore(before), ())


@pytest.mark.parametrize(
    ("showing", "told"),
    [
        (OUT, "drafts/old.md:5, published on 2026-11-03 on ours (12 likes, 3 shares)"),
        (QUEUED, "drafts/old.md:5, on the calendar of ours for 2026-11-03 09:30"),
        (DRAFTED, "drafts/old.md:5, another draft"),
    ],
)
def test_the_same_words_are_told_with_where_and_when_they_were_said(showing: Showing, told: str) -> None:
    [problem] = found(draft_of("Hello.", SENTENCE), said(SENTENCE, showing))
    assert (problem.check, problem.severity, problem.post) == ("CK360", "warning", 1)
    assert problem.message == f"the same words as {told}"
    assert problem.place == "drafts/new.md:8"


@pytest.mark.parametrize(
    "words",
    [
        SENTENCE.upper(),
        SENTENCE.replace(",", " —").rstrip(".") + "!",
        f"{SENTENCE} https://example.org/now",
        SENTENCE.replace(" ", "\n"),
    ],
)
def test_capitals_marks_space_and_links_make_no_other_words(words: str) -> None:
    [problem] = found(draft_of(words), said(f"{SENTENCE} https://example.org/then", DRAFTED))
    assert problem.check == "CK360"


def test_one_word_of_fourteen_leaves_a_post_nearly_the_same() -> None:
    [problem] = found(draft_of(SENTENCE.replace("scheduler", "queue")), said(SENTENCE, OUT))
    assert problem.check == "CK361"
    assert problem.message.startswith("nearly the same words (85% alike) as drafts/old.md:5, published")


def test_half_of_a_sentence_in_common_is_another_post() -> None:
    other = "Every team we talked to had written the same parser, which nobody could read any more after a month."
    assert found(draft_of(SENTENCE), said(other, OUT)) == []


def test_few_words_are_the_same_only_with_the_same_link() -> None:
    before = said("Read on: https://example.org/one", OUT)
    assert [one.check for one in found(draft_of("Read on: https://example.org/one?utm_source=x"), before)] == ["CK360"]
    assert found(draft_of("Read on: https://example.org/two"), before) == []


def test_a_draft_is_no_duplicate_of_what_was_published_of_it() -> None:
    assert found(draft_of(SENTENCE), said(SENTENCE, OUT, draft="drafts/new.md")) == []


def test_what_stands_on_other_accounts_is_no_duplicate() -> None:
    elsewhere = Showing(account="theirs", platform="mastodon", at=THEN, is_out=True)
    assert found(draft_of(SENTENCE), said(SENTENCE, elsewhere)) == []


def test_what_is_published_is_told_before_what_is_queued_or_drafted_and_the_others_are_counted() -> None:
    before = [
        said(SENTENCE, one, draft=f"drafts/{at}.md") for at, one in enumerate((DRAFTED, QUEUED, OUT, QUEUED, DRAFTED))
    ]
    [problem] = found(draft_of(SENTENCE), *before)
    assert "drafts/2.md:5, published" in problem.message
    assert problem.message.endswith("; 4 more are like it")


def test_a_link_that_was_posted_in_other_words_is_told_once_with_the_last_time() -> None:
    link = "https://example.org/scheduler"
    later = Showing(account="ours", platform="mastodon", at=THEN.replace(day=9), is_out=True)
    before = [said(f"Long ago: {link}", OUT), said(f"Not so long ago: {link}/", later, draft="drafts/later.md")]
    [problem] = found(draft_of(f"Why we wrote it: {link}", f"Again: {link}"), *before)
    assert (problem.check, problem.severity, problem.post, problem.words) == ("CK362", "information", 0, link)
    assert "drafts/later.md:5, published on 2026-11-09 on ours" in problem.message


def test_a_front_page_and_a_link_that_is_not_out_yet_tell_nothing() -> None:
    before = [said("Our site: https://example.org", OUT), said("Soon: https://example.org/soon", QUEUED)]
    assert found(draft_of("We: https://example.org/", "Come: https://example.org/soon"), *before) == []


def thread(name: str, *texts: str, platform: str = "x") -> Rendition:
    return Rendition(
        account=Account(name=name, platform=platform),
        parts=tuple(Part(post=at, text=text, length=1) for at, text in enumerate(texts)),
        visibility="public",
        warning="",
        language="en",
    )


def on_accounts(*threads: Rendition) -> list[Problem]:
    draft = draft_of("Hello.", SENTENCE)
    here = {one.account.name: one.account.platform for one in threads}
    return check_duplicates(draft, here, threads, SaidBefore([]), ["x"])


def test_the_same_words_on_two_accounts_of_a_strict_network_are_told_once() -> None:
    [problem] = on_accounts(thread("a", "Hi.", SENTENCE), thread("b", "Ho.", f"{SENTENCE} #new"))
    assert (problem.check, problem.severity, problem.post) == ("CK363", "warning", 1)
    assert problem.message.startswith("the same words on a and on b: ")


def test_words_of_their_own_on_each_account_and_other_networks_are_fine() -> None:
    assert on_accounts(thread("a", "Hi.", SENTENCE), thread("b", "Ho.", "We threw our scheduler away at last.")) == []
    assert on_accounts(thread("a", SENTENCE), thread("c", SENTENCE, platform="mastodon")) == []
    assert on_accounts(thread("c", SENTENCE, platform="mastodon"), thread("d", SENTENCE, platform="mastodon")) == []


def test_another_draft_on_another_account_of_a_strict_network_is_told_when_it_has_a_time() -> None:
    there = Showing(account="theirs", platform="x", at=THEN)
    draft, here = draft_of(SENTENCE), {"ours": "x"}
    [problem] = check_duplicates(draft, here, [], SaidBefore([said(SENTENCE, there)]), ["x"])
    assert problem.check == "CK363"
    assert "drafts/old.md:5, on the calendar of theirs for" in problem.message
    only_drafted = said(SENTENCE, Showing(account="theirs", platform="x"))
    assert check_duplicates(draft, here, [], SaidBefore([only_drafted]), ["x"]) == []


WORDS = st.lists(st.sampled_from(["ab", "cd", "ef", "gh", "ij", "kl", "mn"]), min_size=0, max_size=14).map(" ".join)


def holds_what_comparing_with_each_would_find(text: str, others: list[str]) -> None:
    before = SaidBefore([Said(text=one, place=str(at)) for at, one in enumerate(others)])
    mine = wordprint(text)
    told = {one.place for one, _ in before.like(text)}
    for at, other in enumerate(map(wordprint, others)):
        near = min(len(mine.words), len(other.words)) >= 6 and mine.likeness(other) >= ALIKE
        assert (str(at) in told) == bool(mine.words and (mine.same == other.same or near))


@given(WORDS, st.lists(WORDS, max_size=12))
@settings(max_examples=250, deadline=None)
def test_the_index_finds_what_comparing_with_each_would_find(text: str, others: list[str]) -> None:
    holds_what_comparing_with_each_would_find(text, others)


@pytest.mark.nightly
@given(WORDS, st.lists(WORDS, max_size=12))
@settings(max_examples=50_000, deadline=None)
def test_the_index_finds_what_comparing_with_each_would_find_at_length(text: str, others: list[str]) -> None:
    holds_what_comparing_with_each_would_find(text, others)


MANY = """
from contentkit.checks.said import Said, SaidBefore
text = "Release {} of the scheduler is out, with lane number {} and thanks to all who tried it before: team {}."
before = SaidBefore([Said(text=text.format(n, n * 7, n * 13), place=str(n)) for n in range(10_000)])
for n in range(10_000, 12_000):
    list(before.like(text.format(n, n * 7, n * 13)))
for hostile in ("a " * 500_000, "`" * 1_000_000, "http://" * 100_000, "[" * 20_000):
    list(before.like(hostile))
print("done")
"""


def test_ten_thousand_posts_from_one_template_are_compared_in_time() -> None:
    def few_seconds() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))

    done = subprocess.run(
        [sys.executable, "-c", MANY], capture_output=True, encoding="utf-8", preexec_fn=few_seconds, check=False
    )
    assert done.stdout == "done\n"
