"""Drafting from a source with confidential names in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from contentkit.confidential import Confidential
from contentkit.drafting import Brief, Drafter
from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.drafting.loading import prompt_of, redrafts_of, stories_of
from contentkit.drafting.veiled import Veiled
from contentkit.models import Alternative, Draft, Post, Source
from tests.drafting.made import brief, example, interview_of, post_of

LISTED = Confidential([["Ridgeway Foods", "Ridgeway"]])


@dataclass
class Stranger:
    """A drafter that quotes whatever it is given, lines and all."""

    seen: list[Source] = field(default_factory=list)

    def draft(self, source: Source, brief: Brief) -> Draft:
        self.seen.append(source)
        post = Post(text=source.passages[0].text, evidence=(source.evidence(1, 1),))
        return Draft(slug="ridgeway-news", posts=(post,), sources=(source.path,))


class Teller(Stranger):
    """A stranger that tells stories and offers other words, too."""

    def stories(self, source: Source, brief: Brief, number: int) -> list[Draft]:
        draft = self.draft(source, brief)
        post = replace(draft.posts[0], alternatives=tuple(self.alternatives(source, brief, draft.posts[0], 1)))
        return [replace(draft, posts=(post,))] * number

    def alternatives(self, source: Source, brief: Brief, post: Post, number: int) -> list[Alternative]:
        self.seen.append(source)
        self.asked_about = post
        return [Alternative(text=post.text, evidence=(source.evidence(1, 1),))] * number


def drafted(source: Source, drafter: Drafter, **options: str) -> Draft:
    return Veiled(drafter, LISTED).draft(LISTED.veiled(source), brief(**options))  # type: ignore[arg-type]


def test_a_strangers_drafter_is_given_no_name_in_any_form() -> None:
    source = post_of("Ridgeway Foods moved to our queue.", title="Ridgeway", link="https://example.org/ridgeway")
    stranger = Stranger()
    drafted(source, stranger)
    assert not LISTED.is_named_in(repr(stranger.seen))


def test_evidence_carries_the_hash_of_the_true_lines() -> None:
    source = post_of("Ridgeway Foods moved to our queue.")
    [post] = drafted(source, Stranger()).posts
    assert post.evidence == (source.evidence(1, 1),)


def test_no_file_is_named_after_a_confidential_name() -> None:
    assert drafted(post_of("We moved."), Stranger()).slug == "draft"


def test_the_offline_drafter_says_no_sentence_with_a_name_or_its_placeholder() -> None:
    source = post_of(
        "# What Ridgeway taught us about queues is that nobody ever reads",
        "Our database froze on a Monday, and 300 shops could not open their tills.",
        "Ridgeway Foods lost 40% of its orders, and told us on Tuesday what it had cost them in total.",
        "We now restore a random backup every night and publish how long it took on a public page.",
        "A backup that nobody restores is a wish, and a wish is no plan for 300 shops.",
        title="What Ridgeway taught us about queues is that nobody ever reads",
    )
    draft = drafted(source, ExtractiveDrafter())
    said = repr(draft)
    assert "NAME_" not in said
    assert not LISTED.is_named_in(said)
    assert any("random backup" in post.text for post in draft.posts)
    assert all(source.evidence(one.first, one.last) == one for post in draft.posts for one in post.evidence)


def test_the_answers_of_an_interview_are_told_without_the_name() -> None:
    source = interview_of(
        ("Ben Ray", "What happened with Ridgeway Foods in February, when the queue was gone?"),
        (
            "Ana Torres",
            "We lost 112 jobs of Ridgeway in one night, because a retry could delete the job it should save.",
        ),
        ("Ben Ray", "And what did you do about that afterwards, with so many customers?"),
        ("Ana Torres", "We moved the queue into the database that we already ran, and the median went down to 25 ms."),
    )
    draft = drafted(source, ExtractiveDrafter(), speaker="Ana")
    assert [post.text for post in draft.posts] == [
        "Ana Torres: We moved the queue into the database that we already ran, and the median went down to 25 ms."
    ]


def test_without_a_name_in_it_the_draft_is_as_without_a_list() -> None:
    source = example("interview.md")
    plain = ExtractiveDrafter().draft(source, brief(speaker="Sofia"))
    assert drafted(source, ExtractiveDrafter(), speaker="Sofia") == plain


def test_the_prompt_of_a_drafter_that_asks_nobody_is_none() -> None:
    assert prompt_of(Veiled(ExtractiveDrafter(), LISTED), example("interview.md"), brief(speaker="Sofia")) is None


def test_stories_and_other_words_are_made_of_what_is_left_without_the_names() -> None:
    source = post_of("Ridgeway Foods moved to our queue.")
    teller = Teller()
    stories, redrafts = stories_of(Veiled(teller, LISTED)), redrafts_of(Veiled(teller, LISTED))
    assert stories
    assert redrafts
    told = stories.stories(LISTED.veiled(source), brief(), 2)
    written = Post(text="Ridgeway moved.", comments=((1, "Ridgeway is angry"),))
    offered = redrafts.alternatives(LISTED.veiled(source), brief(), written, 1)
    assert not LISTED.is_named_in(repr([teller.seen, teller.asked_about, told, offered]))
    cited = [offered[0].evidence, *((post.evidence, post.alternatives[0].evidence) for post in told[0].posts)]
    assert cited == [(source.evidence(1, 1),), ((source.evidence(1, 1),), (source.evidence(1, 1),))]


def test_what_a_drafter_cannot_do_it_cannot_do_behind_a_veil() -> None:
    for drafter in (Stranger(), Veiled(Stranger(), LISTED)):
        assert (stories_of(drafter), redrafts_of(drafter)) == (None, None)
    for drafter in (Teller(), Veiled(Teller(), LISTED)):
        assert (stories_of(drafter), redrafts_of(drafter)) == (drafter, drafter)
