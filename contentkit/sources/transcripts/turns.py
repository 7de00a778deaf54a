"""Utterances become passages, so that sentences are whole and the lines of a passage are those that hold its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from contentkit.models import Passage
from contentkit.patterns import regex
from contentkit.sources.transcripts.utterances import Utterance, passage_of

# A passage is a paragraph. From so many words on it ends with the next cue that ends a sentence: 120 words are what a
# speaker says in 45 seconds, and more than a post will ever take.
_ENOUGH = 120
# A pause after a sentence ends a paragraph; after one as long as this, nobody goes on with what they were saying.
_PAUSE = 4.0
_LONG_PAUSE = 30.0
# Captions without full stops have no sentences to keep whole.
_MOST = 500
_FULL_STOP = regex(r"(?:(?<!\.)\.|[!?。！？])[\"”’')\]»]{0,3}(?:[ ]?\[[^\[\]]{1,30}\])?$")

Joins = Callable[["_Gathered", Utterance], bool]


class _Gathered:
    """The utterances of the passage that is being made."""

    def __init__(self, first: Utterance) -> None:
        self.utterances = [first]
        self.words = first.text.count(" ") + 1

    def add(self, utterance: Utterance) -> None:
        self.utterances.append(utterance)
        self.words += utterance.text.count(" ") + 1

    @property
    def ended(self) -> bool:
        """Whether the last sentence is complete."""
        return _is_complete(self.utterances[-1].text)

    def pause_before(self, following: Utterance) -> float:
        """In seconds; none where no times are told."""
        ends, begins = self.utterances[-1].ends, following.begins
        return 0.0 if ends is None or begins is None else begins - ends


def passages_of_cues(utterances: Iterable[Utterance]) -> list[Passage]:
    """Cues in a row become one passage until somebody else speaks, after a pause, or when a paragraph is long enough.

    A cue is a few seconds of speech and seldom a sentence.
    """
    return _passages(utterances, _goes_on_in_time)


def passages_of_turns(utterances: Iterable[Utterance]) -> list[Passage]:
    """Each paragraph of a turn is a passage, but for those that go on with a torn sentence of the same speaker."""
    return _passages(utterances, _goes_on_in_words)


def passages_of_messages(utterances: Iterable[Utterance]) -> list[Passage]:
    """Each message is a passage: who sent two meant two."""
    return [passage_of([utterance]) for utterance in utterances if utterance.text]


def _passages(utterances: Iterable[Utterance], joins: Joins) -> list[Passage]:
    return [passage_of(gathered) for gathered in _runs(utterances, joins)]


def _runs(utterances: Iterable[Utterance], joins: Joins) -> Iterator[Sequence[Utterance]]:
    gathered: _Gathered | None = None
    for utterance in utterances:
        if not utterance.text:
            continue
        last = gathered.utterances[-1] if gathered else utterance
        same = (last.speaker, last.aside) == (utterance.speaker, utterance.aside)
        # Words of nobody are perhaps those of two, and nobody joins what was cut apart.
        if (
            gathered
            and same
            and utterance.speaker
            and not utterance.after_cut
            and gathered.words < _MOST
            and joins(gathered, utterance)
        ):
            gathered.add(utterance)
            continue
        if gathered:
            yield gathered.utterances
        gathered = _Gathered(utterance)
    if gathered:
        yield gathered.utterances


def _goes_on_in_time(gathered: _Gathered, following: Utterance) -> bool:
    pause = gathered.pause_before(following)
    if gathered.ended:
        return gathered.words < _ENOUGH and pause < _PAUSE
    return pause < _LONG_PAUSE


def _goes_on_in_words(gathered: _Gathered, following: Utterance) -> bool:
    return goes_on(gathered.utterances[-1].text, following.text)


def goes_on(text: str, following: str) -> bool:
    """Whether a sentence was torn: it has no full stop, and what follows begins with a small letter."""
    return not _is_complete(text) and following[:1].islower()


def _is_complete(text: str) -> bool:
    return bool(_FULL_STOP.search(text[-45:]))
