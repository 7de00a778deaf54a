"""The sentences of a source under numbers, so that a model can only point at what was said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from contentkit.drafting import Brief
from contentkit.drafting.interviews.answers import answers_of, questions_before
from contentkit.drafting.reading.sections import Section, Sentence, sections_of
from contentkit.drafting.reading.speakers import speaker_of
from contentkit.drafting.rules import Rules
from contentkit.models import Source
from contentkit.text import sentences as sentences_in

# A sentence that speaks to a model instead of a reader. Source: prompt-injection corpora; a mitigation, not the control.
_TO_A_MODEL = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,30}\b(?:instructions?|prompts?|rules?|above|previous|prior)\b"
    r"|\b(?:system|developer) (?:prompt|message)\b|\bas an ai\b|\byou are (?:now|an ai|chatgpt|a helpful)\b|\bprompt injection\b"
    r"|\b(?:append|include|insert|output|print|post) (?:the|this) (?:following|text|link|message)\b"
    r"|\b(?:reply|respond|answer) only with\b"
    r"|^\W*(?:system|assistant|user)\s*:|<\|?(?:im_start|im_end|system|endoftext)|\[/?INST\]"
    r"|\bignora (?:todas )?(?:las|tus) instrucciones\b|\bresponde (?:solo|únicamente) con\b",
    re.I,
)


ASKED = "Asked:"
_LONGEST_QUESTION = 60
_LONGEST_SENTENCE = 150


@dataclass(frozen=True)
class Numbered:
    """Sentences by id (``S1``, ``S2`` … in the order of the source), and how many were left out.

    ``questions`` are, by the id of the sentence that begins an answer, what somebody else asked. They have no id.
    """

    sentences: Mapping[str, Sentence]
    dropped: int
    questions: Mapping[str, str] = field(default_factory=dict)

    def listing(self) -> str:
        """One sentence a line, ``S3: …``, with an empty line where the paragraph changes; questions above their answers."""
        lines: list[str] = []
        paragraph: int | None = None
        for number, sentence in self.sentences.items():
            if paragraph is not None and sentence.paragraph != paragraph:
                lines.append("")
            if number in self.questions:
                lines.append(f"{ASKED} {self.questions[number]}")
            lines.append(f"{number}: {sentence.text}")
            paragraph = sentence.paragraph
        return "\n".join(lines)

    def of(self, ids: Iterable[str]) -> list[Sentence]:
        """The sentences with these ids, in the order of the source; unknown ids are passed over."""
        known = {number for number in ids if number in self.sentences}
        return [sentence for number, sentence in self.sentences.items() if number in known]


def numbered(source: Source, brief: Brief, rules: Rules) -> Numbered:
    """The sentences that may be drafted from, numbered. Raises ContentError when it is unclear who is to speak."""
    draftable = _draftable(source, brief, rules)
    kept = [sentence for sentence in draftable if _is_for_a_model(sentence.text)]
    sentences = {f"S{place}": sentence for place, sentence in enumerate(kept, start=1)}
    speaker = speaker_of(source, brief) if source.kind == "transcript" else ""
    return Numbered(sentences, len(draftable) - len(kept), _questions(source, sentences, speaker) if speaker else {})


def _questions(source: Source, sentences: Mapping[str, Sentence], speaker: str) -> dict[str, str]:
    """By the id of the first sentence of each answer, the end of what was asked before it."""
    questions: dict[str, str] = {}
    before, known = questions_before(source, speaker), -1
    for number, sentence in sentences.items():
        place = before[sentence.paragraph]
        if place == known:
            continue
        known = place
        question = _end_of(source.passages[place].text)
        if question and not speaks_to_a_model(question):
            questions[number] = question
    return questions


def _end_of(asked: str) -> str:
    """The last whole sentences, as many as are short enough together; they hold the question."""
    kept = ""
    for start, end in reversed(sentences_in(asked)):
        longer = f"{' '.join(asked[start:end].split())} {kept}".strip()
        if len(longer.split()) > _LONGEST_QUESTION:
            break
        kept = longer
    return kept


def _is_for_a_model(text: str) -> bool:
    """Whether a sentence may be sent: it gives no orders, and is no transcript without punctuation, which nobody can cite."""
    return len(text.split()) <= _LONGEST_SENTENCE and not speaks_to_a_model(text)


def speaks_to_a_model(text: str) -> bool:
    """Whether a text gives orders to a language model."""
    return bool(_TO_A_MODEL.search(text))


def _draftable(source: Source, brief: Brief, rules: Rules) -> Sequence[Sentence]:
    """Each sentence once; an item of a list stands as a whole, not also as the sentences in it."""
    sections = _sections(source, brief, rules)
    listed = {
        sentence.paragraph
        for section in sections
        for block in section.blocks
        if block.kind == "list"
        for sentence in block.sentences
    }
    return [
        sentence
        for section in sections
        for block in section.blocks
        for sentence in block.sentences
        if block.kind == "list" or sentence.paragraph not in listed
    ]


def _sections(source: Source, brief: Brief, rules: Rules) -> list[Section]:
    if source.kind == "transcript":
        return answers_of(source, speaker_of(source, brief), rules)
    return sections_of(source, rules)
