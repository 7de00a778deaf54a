"""A post beside what it rests on."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from contentkit.checks.beside import Beside, beside
from contentkit.models import Evidence, Post, Problem, Source
from contentkit.sources.read import parse_source
from tests.checks.notes import draft_of

CALL = parse_source(
    b"WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ana>We waited for three days. The queue\n\n"
    b"00:04.000 --> 00:06.000\n<v Ana>lost 112 jobs.\n\n00:07.000 --> 00:09.000\n<v Ben>Which ones, do you know?\n",
    "notes/call.vtt",
)


def beside_call(text: str, *evidence: Evidence, source: Source = CALL) -> Beside:
    draft = draft_of(Post(text=text, line=9, evidence=evidence), sources=(source.path,))
    [post] = beside(draft, {source.path: source})
    return post


def test_the_words_that_both_have_are_marked() -> None:
    post = beside_call("The queue lost 113 jobs.", CALL.evidence(3, 7))
    [said] = post.cited[0].said
    assert said.speaker == "Ana"
    assert [said.text[start:end] for start, end in said.shared] == ["The queue lost", "jobs"]
    assert [post.text[start:end] for start, end in post.alone] == ["113"]


def test_a_number_that_is_written_otherwise_is_the_same_number() -> None:
    post = beside_call("It took 3 days. 3 jobs were lost.", CALL.evidence(3, 7))
    [said] = post.cited[0].said
    assert "three days" in [said.text[start:end] for start, end in said.shared]
    assert [post.text[start:end] for start, end in post.alone] == ["took", "3"]


def test_the_words_of_a_link_are_missed_by_nobody() -> None:
    post = beside_call("The queue lost jobs. https://example.org/nowhere", CALL.evidence(3, 7))
    assert post.alone == ()


def test_without_any_passage_no_word_is_alone() -> None:
    gone = Evidence(source="notes/other.md", first=1, last=1)
    post = beside_call("The queue lost jobs.", gone)
    assert (post.cited[0].state, post.cited[0].said, post.alone) == ("gone", (), ())


def test_of_lines_that_moved_the_words_are_shown_where_they_are() -> None:
    later = parse_source(b"WEBVTT\n\nNOTE\nnew\n\n" + "\n".join(CALL.lines[2:]).encode(), CALL.path)
    post = beside_call("The queue lost 112 jobs.", CALL.evidence(6, 7), source=later)
    assert (post.cited[0].state, post.cited[0].now) == ("moved", later.evidence(9, 10))
    assert [said.text for said in post.cited[0].said] == ["lost 112 jobs."]


def test_a_sentence_of_lines_that_moved_lacks_no_evidence() -> None:
    later = parse_source(b"WEBVTT\n\nNOTE\nnew\n\n" + "\n".join(CALL.lines[2:]).encode(), CALL.path)
    post = beside_call("The queue lost 112 jobs.", CALL.evidence(4, 7), source=later)
    assert (post.cited[0].state, post.verbatim) == ("moved", ())


def test_in_the_middle_of_a_passage_the_right_words_are_marked() -> None:
    note = parse_source(b"We waited for days and days. The queue lost 112 jobs. Nobody slept.\n", "notes/a.md")
    evidence = note.evidence(1, 1, 30, 54)
    draft = draft_of(Post(text="It lost 112 jobs.", evidence=(evidence,)), sources=(note.path,))
    [post] = beside(draft, {note.path: note})
    [said] = post.cited[0].said
    assert (said.text, [said.text[start:end] for start, end in said.shared]) == (
        "The queue lost 112 jobs.",
        ["lost 112 jobs"],
    )


def test_of_lines_that_changed_it_is_shown_what_they_say_now() -> None:
    post = beside_call("The queue lost 112 jobs.", replace(CALL.evidence(6, 7), sha="00000000"))
    assert post.cited[0].state == "changed"
    assert [said.text for said in post.cited[0].said] == ["lost 112 jobs."]


def test_what_the_checks_say_of_support_is_there_and_the_rest_is_not() -> None:
    draft = draft_of(Post(text="The queue.", line=9), Post(text="Ten.", line=12))
    found = [
        Problem(check=check, severity="error", message="no", place="drafts/x.md:9", post=post)
        for check, post in (("CK101", 0), ("CK106", 0), ("CK201", 1), ("CK330", 1), ("CK201", None))
    ]
    told = beside(draft, {}, found)
    assert [[one.check for one in post.found] for post in told] == [["CK101"], ["CK201"]]


@pytest.mark.parametrize("columns", [(1, 13), (1, 10), (5, 9), (0, 0)])
def test_what_is_confidential_is_veiled_in_lines_that_are_no_passage(columns: tuple[int, int]) -> None:
    bare = Source(path="notes/a.md", kind="note", lines=("The Fernwood deal is on.",), passages=())
    draft = draft_of(Post(text="It is on.", evidence=(bare.evidence(1, 1, *columns),)), sources=(bare.path,))
    [post] = beside(draft, {bare.path: bare}, veil=lambda text: text.replace("Fernwood", "[NAME_1]"))
    assert "Fern" not in "".join(said.text for said in post.cited[0].said)


HOSTILE = """
import resource
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
import subprocess
import sys
from dataclasses import replace
from contentkit.checks.beside import beside
from contentkit.drafting.narrowing import narrowed
from contentkit.models import Draft, Post
from contentkit.sources.read import parse_source
for bit in ("a", "a ", "A. ", "[", "[`*", "**", "_", "é ", "“a b” ", "we lost jobs ", "<v A>", "&amp;"):
    body = (bit * 60_000)[:60_000]
    source = parse_source(f"Start here.\\n\\n{body}\\n".encode(), "notes/a.md")
    last = len(source.lines)
    stale = [replace(source.evidence(1, 1, 1, 6), sha=f"{n:08x}") for n in range(9)]
    whole = (source.evidence(1, last), source.evidence(last, last, 2, 900))
    posts = tuple(Post(text="We lost jobs at the end, all of them. " + bit * 90, evidence=(*whole, one)) for one in stale)
    draft = Draft(slug="x", posts=posts, sources=(source.path,))
    beside(narrowed(draft, [source]), {source.path: source})
print("answered")
"""


@pytest.mark.nightly
def test_hostile_sources_are_shown_and_looked_through_in_a_moment() -> None:
    done = subprocess.run([sys.executable, "-c", HOSTILE], capture_output=True, text=True, check=False)
    assert done.stdout == "answered\n", done.stderr
