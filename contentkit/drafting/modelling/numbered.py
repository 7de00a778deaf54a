"""The sentences of a source under numbers, so that a model can only point at what was said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from contentkit.drafting import Brief
from contentkit.drafting.interviews.answers import answers_of, questions_before
from contentkit.drafting.modelling.linked import without_links
from contentkit.drafting.modelling.orders import speaks_to_a_model
from contentkit.drafting.reading.sections import Section, Sentence, sections_of
from contentkit.drafting.reading.speakers import speaker_of
from contentkit.drafting.rules import Rules
from contentkit.models import Source
from contentkit.text import sentences as sentences_in
from contentkit.values import dataclass

ASKED = "Asked:"
_LONGEST_QUESTION = 60
_LONGEST_SENTENCE = 150


@dataclass(frozen=True)
class Numbered:
    """Sentences by id (``S1``, ``S2`` … in the order of the source). ``dropped`` are the lines of those left out because they
    speak to a model, or have no end.

    ``questions`` are, by the id of the sentence that begins an answer, what somebody else asked (empty where that is not to be
    told). They have no id.
    """

    sentences: Mapping[str, Sentence]
    dropped: tuple[int, ...]
    questions: Mapping[str, str] = field(default_factory=dict)

    def listing(self) -> str:
        """One sentence a line, ``S3: …``, with an empty line where the paragraph changes; questions above their answers.

        What a network would make a link, a mention or a tag of is not shown.
        """
        lines: list[str] = []
        paragraph: int | None = None
        for number, sentence in self.sentences.items():
            if paragraph is not None and sentence.paragraph != paragraph:
                lines.append("")
            if self.questions.get(number):
                lines.append(f"{ASKED} {shown(self.questions[number])}")
            lines.append(f"{number}: {shown(sentence.text)}")
            paragraph = sentence.paragraph
        return "\n".join(lines)

    def of(self, ids: Iterable[str]) -> list[Sentence]:
        """The sentences with these ids, in the order of the source; unknown ids are passed over."""
        known = {number for number in ids if number in self.sentences}
        return [sentence for number, sentence in self.sentences.items() if number in known]

    def only(self, ids: Iterable[str]) -> Numbered:
        """The same with these sentences alone, under the ids they have; a question stands before the first that answers it."""
        chosen = frozenset(ids)
        sentences: dict[str, Sentence] = {}
        questions: dict[str, str] = {}
        asked = ""
        for number, sentence in self.sentences.items():
            asked = self.questions.get(number, asked)
            if number in chosen:
                sentences[number] = sentence
                questions[number] = asked
                asked = ""
        return Numbered(sentences, self.dropped, {number: words for number, words in questions.items() if words})

    def windows(self, most: int) -> list[Numbered]:
        """The same in pieces of at most so many sentences."""
        ids = list(self.sentences)
        return [self.only(ids[start : start + most]) for start in range(0, len(ids), most)]

    @property
    def words(self) -> int:
        return sum(len(sentence.text.split()) for sentence in self.sentences.values())


def shown(text: str) -> str:
    """A text as a model is shown it: in one line, without what a network would make a link, a mention or a tag of."""
    return " ".join(without_links(text).split())


def numbered(source: Source, brief: Brief, rules: Rules) -> Numbered:
    """The sentences that may be drafted from, numbered. Raises ContentError when it is unclear who is to speak."""
    draftable = _draftable(source, brief, rules)
    kept = [sentence for sentence in draftable if _is_for_a_model(sentence.text)]
    dropped = sorted({sentence.first for sentence in draftable} - {sentence.first for sentence in kept})
    sentences = {f"S{place}": sentence for place, sentence in enumerate(kept, start=1)}
    speaker = speaker_of(source, brief) if source.kind == "transcript" else ""
    return Numbered(sentences, tuple(dropped), _questions(source, sentences, speaker) if speaker else {})


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
        questions[number] = "" if speaks_to_a_model(question) else question
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
