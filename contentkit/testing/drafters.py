"""What every drafter promises, as tests to inherit. The author gives a fixture ``drafter``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from contentkit.counters.mastodon import mastodon_length
from contentkit.drafting import Brief, Drafter, Redrafts, TellsStories
from contentkit.drafts import format_draft, parse_draft
from contentkit.errors import ContentError
from contentkit.models import Draft, Post, Source, quotation_hash
from contentkit.patterns import regex
from contentkit.testing.sources import ASIDE, CANARY, FILES, HOSTILE, SOURCES, SPEAKER
from contentkit.text import hidden_characters, slug_of

_NUMBER = regex(r"\d+(?:[.,]\d+)*")
_WORD = regex(r"[^\W\d_]+")
_MOST_POSTS = 10


class DrafterContract:
    """Inherit from it, give the fixture ``drafter``, and pytest does the rest.

    Set ``verbatim`` where the drafter adds no word of its own to the source's, and take ``deterministic`` back where
    the same source may give another draft.
    """

    verbatim = False
    deterministic = True

    @pytest.fixture
    def drafter(self) -> Drafter:
        raise NotImplementedError("give a fixture 'drafter' that makes one of yours")

    @pytest.fixture(params=SOURCES)
    def source(self, request: pytest.FixtureRequest) -> Source:
        return SOURCES[str(request.param)]

    def test_every_post_rests_on_lines_that_say_something(self, drafter: Drafter, source: Source) -> None:
        draft = _draft(drafter, source)
        assert [post.text for post in _claims(draft) if not post.evidence] == []
        for evidence in (one for post in draft.posts for one in post.evidence):
            assert evidence.source == source.path
            assert 1 <= evidence.first <= evidence.last <= len(source.lines), evidence
            quoted = evidence.said_in(source.lines)
            assert quoted.strip(), f"{evidence} says nothing"
            assert evidence.sha in ("", quotation_hash(quoted))

    @pytest.mark.parametrize("limit", [500, 280])
    @pytest.mark.parametrize("weight", [1, 2])
    def test_every_post_fits_by_the_count_that_was_given(
        self, drafter: Drafter, source: Source, limit: int, weight: int
    ) -> None:
        draft = _draft(drafter, source, replace(_BRIEF, limit=limit, count=lambda text: weight * len(text)))
        assert [post.text for post in draft.posts if weight * len(post.text) > limit] == []

    def test_a_thread_is_a_few_posts_that_each_say_something_new(self, drafter: Drafter, source: Source) -> None:
        texts = [post.text for post in _draft(drafter, source).posts]
        assert 1 <= len(texts) <= _MOST_POSTS
        assert all(text.strip() and text == text.strip() for text in texts)
        assert len(set(texts)) == len(texts)

    @pytest.mark.parametrize("posts", [1, 2, 4])
    def test_it_gives_no_more_posts_than_were_wished_for(self, drafter: Drafter, source: Source, posts: int) -> None:
        assert len(_draft(drafter, source, replace(_BRIEF, posts=posts)).posts) <= posts

    def test_it_says_no_number_that_the_source_does_not_say(self, drafter: Drafter, source: Source) -> None:
        known = set(_NUMBER.findall(_known(source)))
        assert [
            one for post in _draft(drafter, source).posts for one in _NUMBER.findall(post.text) if one not in known
        ] == []

    def test_it_adds_no_word_of_its_own(self, drafter: Drafter, source: Source) -> None:
        if not self.verbatim:
            pytest.skip("it may say it in other words")
        known = set(_WORD.findall(_known(source).casefold()))
        said = [word for post in _claims(_draft(drafter, source)) for word in _WORD.findall(post.text.casefold())]
        assert [word for word in said if word not in known] == []

    @pytest.mark.parametrize("name", FILES)
    def test_it_drafts_from_what_it_is_given_and_not_from_the_file(
        self, drafter: Drafter, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / SOURCES[name].path
        path.parent.mkdir()
        path.write_text(FILES[name], "utf-8")
        monkeypatch.chdir(tmp_path)
        assert CANARY not in format_draft(_draft(drafter, SOURCES[name])), "what is off the record stands in the file"

    def test_it_drafts_nothing_from_an_aside(self, drafter: Drafter) -> None:
        assert [post.text for post in _draft(drafter, SOURCES["post"]).posts if ASIDE in post.text] == []

    def test_it_drafts_from_the_words_of_the_speaker_who_was_asked_for(self, drafter: Drafter) -> None:
        source = SOURCES["interview"]
        own = {passage.first for passage in source.passages if passage.speaker == SPEAKER}
        lines = [
            number
            for post in _draft(drafter, source).posts
            for evidence in post.evidence
            for number in range(evidence.first, evidence.last + 1)
            if source.lines[number - 1]
        ]
        assert lines
        assert set(lines) <= own

    def test_the_draft_is_in_the_language_of_the_source(self, drafter: Drafter, source: Source) -> None:
        draft = _draft(drafter, source)
        assert draft.language == source.language
        known = set(_WORD.findall(_known(source).casefold()))
        for post in _claims(draft):
            words = _WORD.findall(post.text.casefold())
            assert sum(word in known for word in words) * 2 > len(words), f"in another language: {post.text}"

    @pytest.mark.parametrize("link", ["", "https://example.org/elsewhere"])
    def test_the_link_is_that_of_the_brief_else_that_of_the_source(
        self, drafter: Drafter, source: Source, link: str
    ) -> None:
        draft = _draft(drafter, source, replace(_BRIEF, link=link))
        assert draft.link == (link or source.link)
        assert draft.link in "\n".join(post.text for post in draft.posts)

    def test_the_draft_can_be_written_and_read_back(self, drafter: Drafter, source: Source) -> None:
        draft = _draft(drafter, source)
        assert draft.slug, "the draft has no file name"
        assert draft.slug == slug_of(draft.slug)
        assert draft.drafter
        assert draft.sources == (source.path,)
        again = parse_draft(format_draft(draft), f"drafts/{draft.slug}.md")
        assert [(post.text, post.evidence) for post in again.posts] == [
            (post.text, post.evidence) for post in draft.posts
        ]
        assert (again.title, again.link, again.tags) == (draft.title, draft.link, draft.tags)

    def test_the_same_source_gives_the_same_draft(self, drafter: Drafter, source: Source) -> None:
        if not self.deterministic:
            pytest.skip("it may draft differently each time")
        assert _draft(drafter, source) == _draft(drafter, source)

    def test_a_source_that_says_nothing_is_told_as_such(self, drafter: Drafter) -> None:
        empty = Source(path="notes/empty.md", kind="note", lines=("", ""), passages=())
        with pytest.raises(ContentError):
            _draft(drafter, empty)

    def test_what_a_stranger_wrote_steers_nothing(self, drafter: Drafter) -> None:
        try:
            draft = _draft(drafter, HOSTILE)
        except ContentError:
            return  # nothing of it was found fit to say
        again = parse_draft(format_draft(draft), f"drafts/{draft.slug}.md")
        assert [(post.text, post.only, post.evidence) for post in again.posts] == [
            (post.text, (), post.evidence) for post in draft.posts
        ]
        assert not any(hidden_characters(post.text) for post in draft.posts)

    def test_the_angle_is_for_the_drafter_and_for_no_reader(self, drafter: Drafter, source: Source) -> None:
        draft = _draft(drafter, source, replace(_BRIEF, angle=f"what {CANARY} has to do with it"))
        assert CANARY not in format_draft(draft)

    def test_other_words_for_a_post_are_other_words_that_rest_on_lines(self, drafter: Drafter, source: Source) -> None:
        draft = _draft(drafter, source)
        offered = [other for post in draft.posts for other in post.alternatives]
        if isinstance(drafter, Redrafts):
            brief = replace(_BRIEF, speaker=SPEAKER) if source.kind == "transcript" else _BRIEF
            found = drafter.alternatives(source, brief, draft.posts[0], 2)
            assert len(found) <= 2
            assert draft.posts[0].text not in [other.text for other in found]
            offered += found
        for other in offered:
            assert other.text.strip()
            assert other.evidence, f"rests on nothing: {other.text}"
            assert all(1 <= one.first <= one.last <= len(source.lines) for one in other.evidence)
            assert _BRIEF.count(other.text) <= _BRIEF.limit

    def test_its_stories_share_no_line_and_each_has_a_title(self, drafter: Drafter) -> None:
        if not isinstance(drafter, TellsStories):
            pytest.skip("it tells one story of a source")
        source = SOURCES["interview"]
        told = drafter.stories(source, replace(_BRIEF, speaker=SPEAKER), 2)
        assert 1 <= len(told) <= 2
        assert all(draft.title for draft in told)
        lines = [
            {line for post in draft.posts for one in post.evidence for line in range(one.first, one.last + 1)}
            for draft in told
        ]
        assert sum(map(len, lines)) == len(set().union(*lines)), "two stories rest on the same line"


_BRIEF = Brief(limit=500, count=mastodon_length)


def _draft(drafter: Drafter, source: Source, brief: Brief = _BRIEF) -> Draft:
    return drafter.draft(source, replace(brief, speaker=SPEAKER) if source.kind == "transcript" else brief)


def _claims(draft: Draft) -> list[Post]:
    """The posts that say something; one that leads to the whole with its link needs no evidence."""
    return [post for post in draft.posts if not draft.link or draft.link not in post.text]


def _known(source: Source) -> str:
    """All that the source says."""
    return "\n".join((source.title, source.link, *source.lines))
