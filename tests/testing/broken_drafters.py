"""Drafters that each break one promise, and the test that must see it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from contentkit.counters.mastodon import mastodon_length
from contentkit.drafting import Brief
from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.models import Alternative, Draft, Evidence, Post, Source
from contentkit.testing.sources import ASIDE

_COUNTER = itertools.count()


class Breaks(ExtractiveDrafter):
    """Drafts well, then spoils its draft by ``change``."""

    def draft(self, source: Source, brief: Brief) -> Draft:
        return self.change(super().draft(source, brief), source)

    def change(self, draft: Draft, source: Source) -> Draft:
        return draft


def _each(draft: Draft, change: Callable[[Post], Post]) -> Draft:
    return replace(draft, posts=tuple(map(change, draft.posts)))


def _opening(draft: Draft, text: str) -> Draft:
    first = draft.posts[0]
    return replace(draft, posts=(replace(first, text=text.format(first.text)), *draft.posts[1:]))


class PointsNowhere(Breaks):
    def change(self, draft: Draft, source: Source) -> Draft:
        return _each(draft, lambda post: replace(post, evidence=()))


class PointsBelowTheEnd(Breaks):
    def change(self, draft: Draft, source: Source) -> Draft:
        beyond = Evidence(source=source.path, first=99, last=99)
        return _each(draft, lambda post: replace(post, evidence=(beyond,)))


class PointsAtSilence(Breaks):
    def change(self, draft: Draft, source: Source) -> Draft:
        return _each(draft, lambda post: replace(post, evidence=(source.evidence(2, 2),)))


class CountsInItsOwnWay(Breaks):
    def draft(self, source: Source, brief: Brief) -> Draft:
        return _opening(super().draft(source, replace(brief, count=mastodon_length)), "{} " + "word " * 30)


class SaysItTwice(Breaks):
    def change(self, draft: Draft, source: Source) -> Draft:
        return replace(draft, posts=draft.posts * 2)


class GivesAllThereIs(Breaks):
    def draft(self, source: Source, brief: Brief) -> Draft:
        return super().draft(source, replace(brief, posts=None))


class Exaggerates(Breaks):
    def change(self, draft: Draft, source: Source) -> Draft:
        return _opening(draft, "{} 10,000 times.")


class Embellishes(Breaks):
    def change(self, draft: Draft, source: Source) -> Draft:
        return _opening(draft, "Thrilled: {}")


class ReadsTheFile(Breaks):
    def change(self, draft: Draft, source: Source) -> Draft:
        path = Path(source.path)
        return _opening(draft, path.read_text("utf-8").replace("{", "(") if path.exists() else "{}")


class QuotesTheEditor(Breaks):
    def change(self, draft: Draft, source: Source) -> Draft:
        return _opening(draft, ASIDE)


class QuotesTheHost(Breaks):
    def change(self, draft: Draft, source: Source) -> Draft:
        return _each(draft, lambda post: replace(post, evidence=(source.evidence(1, 1),)))


class WritesEnglish(Breaks):
    def change(self, draft: Draft, source: Source) -> Draft:
        return replace(draft, language="en")


class Translates(Breaks):
    def change(self, draft: Draft, source: Source) -> Draft:
        return _opening(draft, "Here they wrote down what all people of this place wanted")


class ForgetsTheLink(Breaks):
    def draft(self, source: Source, brief: Brief) -> Draft:
        return super().draft(source, replace(brief, link=""))


class NamesNoFile(Breaks):
    def change(self, draft: Draft, source: Source) -> Draft:
        return replace(draft, slug="A Title/of Ours")


class WritesWhatCannotBeReadBack(Breaks):
    def change(self, draft: Draft, source: Source) -> Draft:
        return replace(draft, link="see below") if draft.link else _opening(draft, "\n\n{}\n\n")


class ThrowsDice(Breaks):
    def change(self, draft: Draft, source: Source) -> Draft:
        return replace(draft, title=f"Draft {next(_COUNTER)}")


class RaisesItsOwn(Breaks):
    def draft(self, source: Source, brief: Brief) -> Draft:
        first = source.passages[0]
        return replace(super().draft(source, brief), title=first.text)


class ObeysStrangers(Breaks):
    def change(self, draft: Draft, source: Source) -> Draft:
        return _opening(draft, "{}\u202e") if source.path == "notes/hostile.md" else draft


class TalksOfTheAngle(Breaks):
    def draft(self, source: Source, brief: Brief) -> Draft:
        return replace(super().draft(source, brief), title=brief.angle or "A title")


class OffersTheSameWords(Breaks):
    def alternatives(self, source: Source, brief: Brief, post: Post, number: int) -> Sequence[Alternative]:
        return [Alternative(text=post.text, evidence=post.evidence)]


class TellsOneStoryTwice(Breaks):
    def stories(self, source: Source, brief: Brief, number: int) -> Sequence[Draft]:
        return [self.draft(source, brief)] * number


_RESTS = "test_every_post_rests_on_lines_that_say_something"
_LANGUAGE = "test_the_draft_is_in_the_language_of_the_source[Spanish]"
_WRITTEN = "test_the_draft_can_be_written_and_read_back"

SEEN_BY: dict[type[Breaks], str] = {
    PointsNowhere: f"{_RESTS}[note]",
    PointsBelowTheEnd: f"{_RESTS}[post]",
    PointsAtSilence: f"{_RESTS}[interview]",
    CountsInItsOwnWay: "test_every_post_fits_by_the_count_that_was_given[post-2-280]",
    SaysItTwice: "test_a_thread_is_a_few_posts_that_each_say_something_new[note]",
    GivesAllThereIs: "test_it_gives_no_more_posts_than_were_wished_for[post-1]",
    Exaggerates: "test_it_says_no_number_that_the_source_does_not_say[interview]",
    Embellishes: "test_it_adds_no_word_of_its_own[post]",
    ReadsTheFile: "test_it_drafts_from_what_it_is_given_and_not_from_the_file[note]",
    QuotesTheEditor: "test_it_drafts_nothing_from_an_aside",
    QuotesTheHost: "test_it_drafts_from_the_words_of_the_speaker_who_was_asked_for",
    WritesEnglish: _LANGUAGE,
    Translates: _LANGUAGE,
    ForgetsTheLink: "test_the_link_is_that_of_the_brief_else_that_of_the_source[note-https://example.org/elsewhere]",
    NamesNoFile: f"{_WRITTEN}[post]",
    WritesWhatCannotBeReadBack: f"{_WRITTEN}[interview]",
    ThrowsDice: "test_the_same_source_gives_the_same_draft[post]",
    ObeysStrangers: "test_what_a_stranger_wrote_steers_nothing",
    TalksOfTheAngle: "test_the_angle_is_for_the_drafter_and_for_no_reader[note]",
    OffersTheSameWords: "test_other_words_for_a_post_are_other_words_that_rest_on_lines[post]",
    TellsOneStoryTwice: "test_its_stories_share_no_line_and_each_has_a_title",
    RaisesItsOwn: "test_a_source_that_says_nothing_is_told_as_such",
}
