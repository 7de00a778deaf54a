"""The chosen speaker's answers of an interview, cleaned, as sections of sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from contentkit.drafting.interviews.reported import with_reports
from contentkit.drafting.reading.cleaning import cleaned, is_broken_off, is_filler, is_unfinished, is_unheard
from contentkit.drafting.reading.pronouns import lost_object, unresolved
from contentkit.drafting.reading.sections import Block, Section, Sentence, is_in_doubt, sentences_of
from contentkit.drafting.rules import Rules, straight
from contentkit.drafting.spans.candidates import Span, joined
from contentkit.models import Passage, Source
from contentkit.patterns import regex

# A word thrown in ("Yeah, wow.") does not end an answer; so many words do, or so many of a remark.
_BACKCHANNEL_WORDS, _REMARK_WORDS = 6, 14
_REMARK = regex(
    r"(?:oh|wow|yeah|yes|yep|right|okay|ok|mm+-?hmm+|sure|exactly|like|got it|interesting|nice|cool|no way|absolutely|totally"
    r"|(?:that )?makes sense|i see|of course"
    r"|that's (?:\w+ )?(?:great|awesome|amazing|crazy|wild|funny|right|true|cool|interesting)"
    r"|claro|sí|exacto|guau|ajá|perfecto|así es|por supuesto|ya|qué (?:bien|bueno|fuerte|increíble|interesante))\b[^?]*",
    re.I,
)
_NOISE_WORDS = 3
# "1:Yeah": somebody else was mislabelled, and their words must not be taken for the speaker's.
_ODD_LABEL = regex(r"\d+:\S")
# A sentence that was broken off, restarted, or not understood.
_BROKEN = regex(r"\[|--|\.\.\.\s*[a-z]|\s[–—]\s*[^–—]*[–—]|[—–-]\s*$")


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
        elif answer and (passage.kind == "heading" or ends_an_answer(passage.text)):
            yield answer
            answer = []
    if answer:
        yield answer


def ends_an_answer(said: str) -> bool:
    """Whether somebody else who says this has had enough of the answer, and does more than to show that he listens."""
    is_remark = _REMARK.fullmatch(said) is not None
    return len(said.split()) > (_REMARK_WORDS if is_remark else _BACKCHANNEL_WORDS)


def questions_before(source: Source, speaker: str) -> list[int]:
    """For each passage the index of the one in which somebody else spoke before its answer; -1 where the speaker began."""
    found, last = [], -1
    for index, passage in enumerate(source.passages):
        found.append(last)
        if passage.speaker != speaker and _asks_or_talks(passage):
            last = index
    return found


def _asks_or_talks(passage: Passage) -> bool:
    """Whether an answer may follow: a heading or a question that was printed without a name, or words of somebody else."""
    if passage.speaker:
        return ends_an_answer(passage.text)
    return passage.kind == "heading" or (passage.text.endswith("?") and not passage.aside)


def _spoken(source: Source, index: int, rules: Rules) -> Iterator[Block]:
    """The sentences of a passage as they may be published, without those that are nothing but "Yeah.".

    What says nothing ("That's been great.") is left out without a break where the next sentence does not lean on it.
    """
    if _ODD_LABEL.match(source.passages[index].text):
        return
    if _is_listed(source, index):
        yield Block(kind="break")
        return
    kept = list[Sentence]()
    skipped = False
    for sentence in with_reports(_cleaned(source, index, rules), rules):
        text = sentence.text
        if text and ((len(text.split()) <= _NOISE_WORDS and not kept) or is_filler(text, rules)):
            skipped = bool(kept)
            continue
        is_kept = bool(text) and is_for_readers(text, rules) and not is_in_doubt(source, sentence)
        if not is_kept or (skipped and leans(text, rules)):
            yield Block(kind="prose", sentences=tuple(kept))
            yield Block(kind="break")
            kept = []
        if is_kept:
            kept.append(sentence)
        skipped = False
    yield Block(kind="prose", sentences=tuple(kept))


def _is_listed(source: Source, index: int) -> bool:
    """Whether it is an item of a list that its lead-in announces: "I chose this because:". Alone it says nothing of that."""
    before = index
    while before >= 0 and source.passages[before].kind == "item":
        before -= 1
    return 0 <= before < index and source.passages[before].text.endswith(":")


def _cleaned(source: Source, index: int, rules: Rules) -> list[Sentence]:
    """The sentences of a passage without what may be left out of each; one of which nothing is left has no text."""
    found = []
    sentences = list(sentences_of(source, index))
    veiled = _told_in_confidence(sentences)
    for number, sentence in enumerate(sentences):
        text = "" if number in veiled else cleaned(sentence.text, rules)
        if sentence.opens and _asks_why(source, index, rules):
            text = without_because(text, rules)
        found.append(replace(sentence, text=text))
    return found


def _told_in_confidence(sentences: Sequence[Sentence]) -> set[int]:
    """The numbers of those that ask not to be told ("Don't quote me on that."), and of those beside them, of which they speak."""
    from contentkit.drafting.spans.confidences import is_in_confidence

    asking = [number for number, sentence in enumerate(sentences) if is_in_confidence(sentence.text)]
    return {number + step for number in asking for step in (-1, 0, 1)}


def leans(sentence: str, rules: Rules) -> bool:
    """Whether a sentence leans on what was said before it."""
    text = straight(sentence)
    bare = text[match.end() :] if (match := rules.connective.match(text)) else text
    if rules.dangling.match(bare) and not rules.expletive.match(bare):
        return True
    return unresolved(text, rules) or lost_object(text, rules)


def opened(span: Span, rules: Rules) -> Span:
    """The span without the "But" that it begins with: a post has nothing before it."""
    first = span.sentences[0]
    objection = rules.speech.objection.match(straight(first.text))
    if not objection or objection.end() >= len(first.text):
        return span
    left = first.text[objection.end() :].lstrip("-–— ")
    shorter = replace(first, text=left[:1].upper() + left[1:])
    return replace(span, text=joined((shorter, *span.sentences[1:])), sentences=(shorter, *span.sentences[1:]))


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
    broken = _BROKEN.search(text) or is_unheard(text) or is_unfinished(sentence, rules) or is_broken_off(text, rules)
    follows = rules.cataphoric.search(text) or rules.speech.counts_out.search(text)
    return not (rules.speech.addressed.search(text) or follows or broken)
