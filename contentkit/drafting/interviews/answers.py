"""The chosen speaker's answers of an interview, cleaned, as sections; and which of their words read as written ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from contentkit.drafting.reading.cleaning import cleaned, is_unheard
from contentkit.drafting.reading.sections import Block, Section, Sentence, sentences_of
from contentkit.drafting.reading.traits import opening_of, traits_of
from contentkit.drafting.rules import Rules, straight
from contentkit.drafting.spans.candidates import Span
from contentkit.models import Source

# A word thrown in ("Yeah, wow.") does not end an answer; so many words do.
_BACKCHANNEL_WORDS = 6
_NOISE_WORDS = 2
_FEWEST_WORDS = 14
_MOST_HEDGES = 0.1
_LONGEST_CRISP = 24
_MOST_SOFTENERS = 2
# "1:Yeah": somebody else was mislabelled, and their words must not be taken for the speaker's.
_ODD_LABEL = re.compile(r"\d+:\S")
# A sentence that was broken off, restarted, or not understood.
_BROKEN = re.compile(r"\[|--|\.\.\.\s*[a-z]|\s[–—]\s*[^–—]*[–—]|[—–-]\s*$")


def answers_of(source: Source, speaker: str, rules: Rules) -> list[Section]:
    """The speaker's answers as sections of cleaned sentences; a word thrown in by somebody else does not end an answer.

    A break stands wherever a sentence that no reader should see was left out, or somebody else spoke.
    """
    answers = []
    for number, indexes in enumerate(_answers(source, speaker)):
        blocks = list[Block]()
        for index in indexes:
            if blocks and index - 1 not in indexes:
                blocks.append(Block(kind="break"))
            blocks += _spoken(source, index, rules)
        if any(block.sentences for block in blocks):
            answers.append(Section(number=number, heading=None, blocks=tuple(blocks)))
    return answers


def _answers(source: Source, speaker: str) -> Iterator[list[int]]:
    """The passages of each answer."""
    answer: list[int] = []
    for index, passage in enumerate(source.passages):
        if passage.speaker == speaker and not passage.aside:
            answer.append(index)
        elif answer and len(passage.text.split()) > _BACKCHANNEL_WORDS:
            yield answer
            answer = []
    if answer:
        yield answer


def questions_before(source: Source, speaker: str) -> list[int]:
    """For each passage the index of the one in which somebody else spoke before its answer; -1 where the speaker began."""
    found, last = [], -1
    for index, passage in enumerate(source.passages):
        found.append(last)
        if passage.speaker and passage.speaker != speaker and len(passage.text.split()) > _BACKCHANNEL_WORDS:
            last = index
    return found


def _spoken(source: Source, index: int, rules: Rules) -> Iterator[Block]:
    """The sentences of a passage as they may be published, without those that are nothing but "Yeah."."""
    if _ODD_LABEL.match(source.passages[index].text):
        return
    kept = list[Sentence]()
    for sentence in sentences_of(source, index):
        text = cleaned(sentence.text, rules)
        if sentence.opens and _asks_why(source, index, rules):
            text = without_because(text, rules)
        if text and len(text.split()) <= _NOISE_WORDS and not kept:
            continue
        if text and is_for_readers(text, rules):
            kept.append(replace(sentence, text=text))
            continue
        yield Block(kind="prose", sentences=tuple(kept))
        yield Block(kind="break")
        kept = []
    yield Block(kind="prose", sentences=tuple(kept))


def _asks_why(source: Source, index: int, rules: Rules) -> bool:
    """Whether the turn before this one is somebody's question for a reason."""
    asked = source.passages[index - 1] if index else None
    if asked is None or asked.speaker == source.passages[index].speaker:
        return False
    return "?" in asked.text and bool(rules.speech.why.search(asked.text))


def without_because(sentence: str, rules: Rules) -> str:
    """The sentence without a leading "Because", where a full sentence is left; else as it is.

    "Because it broke, we left" has its main clause behind a comma, and is left alone.
    """
    because = rules.speech.because.match(straight(sentence))
    if not because:
        return sentence
    left = sentence[because.end() :]
    clauses = [clause.lstrip() for clause in straight(left).split(",")[1:]]
    if not all(rules.speech.joining.match(clause) for clause in clauses):
        return sentence
    return left[:1].upper() + left[1:]


def is_for_readers(sentence: str, rules: Rules) -> bool:
    """Whether a spoken sentence is not said to the host, not broken off, and promises nothing that follows."""
    text = straight(sentence)
    broken = _BROKEN.search(text) or is_unheard(text)
    return not (rules.speech.addressed.search(text) or rules.cataphoric.search(text) or broken)


def sayable(span: Span, rules: Rules) -> bool:
    """Whether a window of speech reads as written words: long enough, no question, its pronouns resolved, little filler.

    What somebody said in one breath, and no more, is long enough as it is.
    """
    traits = traits_of(span.sentences, rules)
    if (traits.words < _FEWEST_WORDS and not span.whole) or span.text.rstrip("\"”' ").endswith("?"):
        return False
    return not opening_of(span.sentences[0].text, rules).unresolved and traits.hedges <= traits.words * _MOST_HEDGES


def points_back(span: Span, rules: Rules) -> bool:
    """Whether it begins with "that revenue line" or "that mistake": alone, it may say the contrary of what was meant."""
    first = straight(span.sentences[0].text)
    return bool(rules.pointing.search(first))


def crisp(span: Span, rules: Rules) -> bool:
    """Whether a span of speech could open a thread: no filler, nobody quoted, nothing left hanging."""
    traits = traits_of(span.sentences, rules)
    if traits.hedges or traits.softeners > _MOST_SOFTENERS or '"' in span.text or "..." in span.text:
        return False
    return traits.words / len(span.sentences) <= _LONGEST_CRISP


def murkiness(span: Span, rules: Rules) -> float:
    """What makes speech hard to read: fillers, asides, endless sentences; told events make up for some of it."""
    traits = traits_of(span.sentences, rules)
    return (
        10.0 * traits.hedges / traits.words
        + 4.0 * traits.softeners / traits.words
        + 0.15 * span.text.count("...")
        + 0.08 * span.text.count(" - ")
        + 0.02 * max(0.0, traits.words / len(span.sentences) - 20)
        - 0.08 * min(4, traits.past)
    )
