"""Whole threads from whole sources."""

from __future__ import annotations

import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contentkit.counters.mastodon import mastodon_length
from contentkit.drafting import Brief
from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.drafting.thread import short_slug
from contentkit.errors import ContentError
from contentkit.models import Draft, Source
from contentkit.sources import read_source
from tests.drafting.made import brief, example, interview_of, post_of

POST = "queue-without-redis.md"
SPANISH = "biblioteca-abierta.md"
NOTES = "call-notes.md"
INTERVIEW = "interview.md"
SOURCES = [(POST, ""), (SPANISH, ""), (NOTES, ""), (INTERVIEW, "Sofia Marchetti")]
REMNANT = re.compile(r"\{\{|\{:|</?\w|\]\(|\[\^|\\\[|\[unintelligible|\[\d|  |:$")
WORD = re.compile(r"\w+")


def drafted(source: Source, asked: Brief) -> Draft:
    return ExtractiveDrafter().draft(source, asked)


@pytest.mark.parametrize(("name", "speaker"), SOURCES)
@pytest.mark.parametrize("limit", [500, 280])
def test_every_example_becomes_a_thread_of_clean_posts_that_fit(name: str, speaker: str, limit: int) -> None:
    draft = drafted(example(name), brief(limit, speaker=speaker))
    assert 3 <= len(draft.posts) <= 10
    for post in draft.posts:
        assert mastodon_length(post.text) <= limit
        assert not REMNANT.search(post.text), post.text


@pytest.mark.parametrize(("name", "speaker"), SOURCES)
def test_every_word_of_a_post_stands_in_this_order_on_the_lines_of_its_evidence(name: str, speaker: str) -> None:
    source = example(name)
    for post in drafted(source, brief(speaker=speaker)).posts:
        assert post.evidence
        if "https://" in post.text:
            continue
        quoted = [word.lower() for one in post.evidence for word in WORD.findall(source.quoted(one.first, one.last))]
        rest = iter(quoted)
        assert all(word.lower() in rest for word in WORD.findall(post.text)), post.text


@pytest.mark.parametrize(("name", "speaker"), SOURCES)
def test_after_the_hook_posts_follow_the_order_of_the_source(name: str, speaker: str) -> None:
    body = [post for post in drafted(example(name), brief(speaker=speaker)).posts[1:] if "https://" not in post.text]
    assert all(one.evidence[0].first <= other.evidence[0].first for one, other in pairwise(body))


def test_evidence_carries_the_hash_of_what_its_lines_say() -> None:
    source = example(POST)
    for post in drafted(source, brief()).posts:
        assert post.evidence == tuple(source.evidence(one.first, one.last) for one in post.evidence)


def test_the_author_s_own_description_opens_the_thread_without_its_announcement() -> None:
    first = drafted(example(POST), brief()).posts[0]
    assert first.text == (
        "Moving 41 million jobs a month from Redis to PostgreSQL made our queue slower by nine milliseconds "
        "and ended our night shifts."
    )
    assert [(one.first, one.last) for one in first.evidence] == [(6, 7)]


def test_the_last_post_is_the_title_the_link_and_two_of_the_tags() -> None:
    last = drafted(example(POST), brief()).posts[-1]
    assert last.text == (
        "Full post: We moved our job queue out of Redis and slept better\n"
        "https://larkspur.example/blog/queue-without-redis\n\n#Postgres #JobQueues"
    )
    assert [(one.first, one.last) for one in last.evidence] == [(2, 2), (9, 9)]


def test_a_link_from_the_brief_wins_and_rests_on_the_title_alone() -> None:
    draft = drafted(example(POST), brief(link="https://go.example/queue"))
    assert "https://go.example/queue" in draft.posts[-1].text
    assert draft.link == "https://go.example/queue"
    assert [(one.first, one.last) for one in draft.posts[-1].evidence] == [(2, 2)]


def test_without_a_link_there_is_no_closing_post() -> None:
    assert not any("Full post" in post.text for post in drafted(post_of(*PROSE), brief()).posts)


def test_a_list_stands_under_the_sentence_that_leads_in() -> None:
    texts = [post.text for post in drafted(example(POST), brief()).posts]
    assert any(text.startswith("We ran both queues") and text.count("\n• ") == 3 for text in texts)


def test_asides_thanks_and_talk_of_code_are_never_drafted_from() -> None:
    everything = "\n".join(post.text for post in drafted(example(POST), brief(1000)).posts)
    for words in ("part two of a series", "Bram", "The code above", "enqueue(invoice)", "reset by the same restart"):
        assert words not in everything


def test_a_spanish_post_is_drafted_by_spanish_rules() -> None:
    draft = drafted(example(SPANISH), brief())
    assert draft.language == "es"
    title, opening = draft.posts[0].text.split("\n\n")
    assert title == "Cómo una biblioteca de barrio terminó manteniendo software libre"
    assert opening.startswith("En 2022 la biblioteca de Villa Serrana tenía 14 computadoras")
    assert draft.posts[-1].text.startswith("Artículo completo:\n")
    assert draft.posts[-1].text.endswith("#SoftwareLibre #Bibliotecas")
    assert not any(post.text.startswith(("Esto ", "Gracias")) for post in draft.posts)


def test_notes_become_lists_under_their_headings() -> None:
    texts = [post.text for post in drafted(example(NOTES), brief()).posts]
    assert '"Our slowest customers were not the big ones, they were the ones with bad clocks."' in texts
    assert texts[0] == (
        "Tomas about the sync engine\n\n"
        "Why they rewrote the sync engine:\n\n"
        "• old engine compared whole files, 40 GB of traffic a day for one customer\n"
        "• first rewrite took 5 months and was thrown away, it was faster but nobody could debug it\n"
        "• second rewrite is 3,000 lines instead of 19,000"
    )
    assert not any("wiki" in text or "roadmap" in text for text in texts)


def test_what_was_off_the_record_is_in_no_draft() -> None:
    assert not any("buyer" in post.text for post in drafted(example(NOTES), brief()).posts)


def test_an_interview_is_told_in_the_speaker_s_words_only() -> None:
    source = example(INTERVIEW)
    hosts = {passage.first for passage in source.passages if passage.speaker == "Hanna Lind"}
    for post in drafted(source, brief(speaker="Sofia")).posts:
        for one in post.evidence:
            assert not hosts & set(range(one.first, one.last + 1))


def test_an_interview_without_a_title_is_named_after_its_file() -> None:
    draft = drafted(example(INTERVIEW), brief(speaker="Sofia"))
    assert draft.slug == "interview"
    assert draft.posts[0].text.startswith(f"Sofia Marchetti: {draft.title}")


@pytest.mark.parametrize("posts", [1, 2, 4])
def test_a_number_of_posts_asked_for_is_never_exceeded(posts: int) -> None:
    assert len(drafted(example(POST), brief(280, posts=posts)).posts) == posts


def test_the_closing_post_gives_up_its_tags_and_then_its_title_before_the_link() -> None:
    link = "https://larkspur.example/blog/queue-without-redis"
    assert drafted(example(POST), brief(120)).posts[-1].text.endswith("slept better\n" + link)
    assert drafted(example(POST), brief(60)).posts[-1].text == "Full post:\n" + link


def test_a_thread_ends_where_the_source_does() -> None:
    end = "Next winter the backup moves to the office of whoever promised it. Nobody has objected so far."
    parts = [paragraph for number in range(4) for paragraph in (f"# Part {number}", *PROSE[number:])]
    assert drafted(post_of(*parts, "# In the end", end), brief(posts=5)).posts[-1].text == end


@pytest.mark.parametrize("time", ["9:20", "21:05"])
def test_a_line_of_a_timeline_is_no_post(time: str) -> None:
    source = post_of(f"{time}. The mayor of the town writes to the forum and asks for water.", *PROSE)
    assert not any(time in post.text for post in drafted(source, brief()).posts)


def test_a_source_without_a_publishable_sentence_is_refused_with_a_remedy() -> None:
    with pytest.raises(ContentError, match=r"notes/made\.md: no sentence here") as refused:
        drafted(post_of("Click here.", "See the figure below:"), brief())
    assert "write the draft by hand" in refused.value.hint


def test_only_a_greeting_is_left_out_when_something_better_opens_the_thread() -> None:
    source = post_of("Hello everybody, I am thrilled to announce that our company wrote this page today!", *PROSE)
    assert not drafted(source, brief()).posts[0].text.startswith("Hello")


def test_a_post_of_two_thousand_words_takes_less_than_a_second() -> None:
    source = post_of(*[paragraph for number in range(12) for paragraph in (f"# Part {number}", *PROSE)])
    started = time.process_time()
    drafted(source, brief())
    # Far below in practice; the bound catches what grows with the square of the length.
    assert time.process_time() - started < 1.0


def test_a_long_interview_takes_time_in_proportion_to_its_length() -> None:
    turns = [("Ann", "What happened next, and how did your team see it at that time?"), ("Bo", " ".join(PROSE))]
    started = time.process_time()
    drafted(interview_of(*turns * 120), brief(speaker="Bo"))
    # A square of it takes a minute.
    assert time.process_time() - started < 15.0


PROSE = (
    "Our database froze on a Monday morning, and 300 shops could not open their tills. I had promised them that "
    "a backup takes four minutes, but nobody had ever restored one.",
    "The restore took eleven hours because the backup lived on another continent. We now restore a random backup "
    "every night and publish how long it took.",
    "A backup that nobody restores is a wish. Customers forgive an outage, but they never forgive a promise without "
    "a number behind it.",
    "Since that Monday every promise on our website links to a measurement. Three of them turned out to be wrong, and "
    "we changed the words instead of the numbers.",
)
paragraphs = st.lists(
    st.sampled_from([*PROSE, "# What we learned", "This is why.", "See below:", "Thanks to everybody!", "🎉🎉 " * 40]),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(paragraphs, st.integers(min_value=60, max_value=600), st.sampled_from(["", "https://example.org/a"]))
def test_whatever_the_source_posts_fit_and_have_evidence_or_it_is_refused(
    texts: list[str], limit: int, link: str
) -> None:
    source = post_of(*texts, title="Backups", link=link)
    try:
        draft = drafted(source, brief(limit))
    except ContentError:
        return
    assert all(mastodon_length(post.text) <= limit for post in draft.posts)
    assert all(post.evidence or "https://" in post.text for post in draft.posts)
    assert len({post.text for post in draft.posts}) == len(draft.posts)


def test_a_note_of_jottings_is_refused_with_what_to_do_about_it(tmp_path: Path) -> None:
    note = tmp_path / "short.txt"
    note.write_text(
        'ok quick one from marc\nrelease slipped bc of the build. fine w/ us.\n"better late" lol\n', "utf-8"
    )
    with pytest.raises(ContentError, match="these are jottings") as refused:
        drafted(read_source(note, "notes/short.txt"), brief())
    assert "behind '> '" in refused.value.hint


def test_a_slug_is_short_enough_to_be_typed_and_to_stand_in_a_table() -> None:
    title = "What makes a Python open source package healthy and trusted by thousands"
    assert short_slug(title) == "what-makes-a-python-open-source"


def test_no_hook_lacks_its_second_half_when_that_leans_on_the_first() -> None:
    first = "We opened the Public Queue Ledger to everybody on June 2nd, 2023."
    second = (
        "We decided to take it down on Sunday, June 25th out of caution after one of the larger shops warned us that the "
        "ledger made the names of two closed rooms visible to strangers on the Internet."
    )
    others = [passage.text for passage in example(POST).passages if passage.kind == "paragraph"]
    for lead in (first, f"{first} {second}"):
        source = post_of(lead, *others, title="What happened with the Queue Ledger")
        assert (drafted(source, brief()).posts[0].text == first) is (lead == first)
