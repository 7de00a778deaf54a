"""The lines of a note typed in a talk, each with what it stands under: headings, labels, and the items above it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from contentkit.drafting.reading.housekeeping import housekeeping, is_housekeeping_heading, is_minuted
from contentkit.drafting.reading.reported import capitalised, is_attributed, unattributed
from contentkit.drafting.reading.sections import Sentence, is_in_doubt, sentences_of, whole_of
from contentkit.drafting.rules import Rules, straight
from contentkit.drafting.rules.notes import note_rules
from contentkit.drafting.spans.confidences import is_cut, is_not_to_be_told, with_signs
from contentkit.models import Passage, Source
from contentkit.patterns import regex
from contentkit.text import normalised
from contentkit.values import dataclass

_WORDS_OF_A_LABEL, _WORDS_ABOVE_A_LIST = 4, 9
_STOPS = (".", "!", "?", "…", '"', "”", "»")
_ROW = regex(r"\s*[^\W\d_]+(?: [^\W\d_]+)?:\s\S")
_SAID = ("paragraph", "item", "quotation", "turn")


@dataclass(frozen=True, kw_only=True)
class Line:
    """An item, a paragraph or a quotation, and what it stands under, the outermost first.

    ``group`` is the same for the lines of one list. It ``leads`` where others stand below it, and ``opens`` as the first
    below its head.
    """

    said: tuple[Sentence, ...]
    heads: tuple[Sentence, ...]
    section: int
    group: int
    listed: bool = False
    leads: bool = False
    quoted: bool = False
    opens: bool = False
    asked: bool = False  # stands below a question, to be chosen from
    spoken: bool = False  # somebody's turn
    untold: bool = False  # a task, who was there, or what may be off the record
    rows: tuple[str, ...] = ()  # as it was typed

    @property
    def text(self) -> str:
        return " ".join(one.text for one in self.said)

    @property
    def paragraph(self) -> int:
        return self.said[0].paragraph

    @property
    def head(self) -> Sentence | None:
        """What it stands right under."""
        return self.heads[-1] if self.heads else None


def lines_of(source: Source, rules: Rules) -> list[Line]:
    """All that the note says, but for what it says of the meeting itself and its tasks."""
    unsaid, signed = housekeeping(source), with_signs(source)
    place = _Place()
    found: list[Line] = []
    for index, passage in enumerate(source.passages):
        if passage.kind == "heading":
            place = _below_heading(place, source, index, rules)
        elif place.skipped or passage.kind not in _SAID or passage.aside:
            place = replace(place, group=place.group + (passage.kind != "item"), parents=())
        elif _is_label(source, index):
            label = None if index in unsaid or index in signed else whole_of(source, index)
            place = replace(place, group=place.group + 1, label=label, labelled="", parents=())
        else:
            place = _at(place, passage)
            said = tuple(_sentences(source, index))
            leads = passage.kind == "item" and _leads(source, index)
            line = Line(
                said=said,
                heads=place.heads,
                section=place.section,
                group=place.group,
                listed=passage.kind == "item" or _is_typed(source, index),
                leads=leads,
                quoted=passage.kind == "quotation" or is_attributed(passage.text),
                spoken=passage.kind == "turn",
                untold=index in unsaid
                or index in signed
                or is_cut(source, index)
                or any(is_in_doubt(source, one) for one in said),
                rows=tuple(source.lines[passage.first - 1 : passage.last]),
                asked=place.label is not None and place.label.text.endswith("?"),
                opens=bool(place.heads) and place.heads[-1].paragraph == index - 1,
            )
            found += _rows(line, source) if _is_of_rows(source, index) else [line]
            if leads:
                place = replace(place, parents=(*place.parents, (passage.level, whole_of(source, index))))
    return found


def _is_of_rows(source: Source, index: int) -> bool:
    """Whether a paragraph is rows with labels: "done: …", "today: …"."""
    passage = source.passages[index]
    rows = source.lines[passage.first - 1 : passage.last]
    labelled = sum(bool(_ROW.match(row)) for row in rows)
    is_plain = normalised(" ".join(rows)) == normalised(passage.text)
    return passage.kind == "paragraph" and is_plain and labelled >= max(2, len(rows) / 2)


def _rows(line: Line, source: Source) -> Iterator[Line]:
    """Each row of a paragraph as a line of its own, below the first one where that is no more than a name."""
    first = line.said[0]
    heads = line.heads
    for place, number in enumerate(range(first.first, line.said[-1].last + 1)):
        text = source.quoted(number, number).strip()
        said = replace(first, text=text, number=first.number + place, first=number, last=number, closes=True)
        if place == 0 and not _ROW.match(text):
            heads = (*heads, said)
        elif text:
            yield replace(line, said=(said,), heads=heads, listed=True, opens=False)


@dataclass(frozen=True, kw_only=True)
class _Place:
    """Where in a note a passage stands; ``skipped`` is the level of a heading below which nothing is told, or 0."""

    section: int = 0
    group: int = 0
    skipped: int = 0
    above: tuple[tuple[int, Sentence], ...] = ()
    label: Sentence | None = None
    labelled: str = ""  # the kind of the passages below the label
    parents: tuple[tuple[int, Sentence], ...] = ()

    @property
    def heads(self) -> tuple[Sentence, ...]:
        label = (self.label,) if self.label else ()
        return (*(one for _, one in self.above), *label, *(one for _, one in self.parents))


def _below_heading(place: _Place, source: Source, index: int, rules: Rules) -> _Place:
    passage = source.passages[index]
    level = passage.level
    place = _Place(section=place.section + 1, group=place.group + 1, skipped=place.skipped, above=place.above)
    if place.skipped and level > place.skipped:
        return place
    above = tuple(one for one in place.above if one[0] < level)
    if _is_title(source, index):
        return replace(place, skipped=0, above=())
    skipped = level if _is_skipped(source, index, rules) else 0
    head = ((level, whole_of(source, index)),) if passage.text.strip() else ()
    return replace(place, skipped=skipped, above=(*above, *head))


def _at(place: _Place, passage: Passage) -> _Place:
    """The place of a passage that is told. A label stands above what follows it, as long as that is of one kind; one that
    keeps something back above all up to the next."""
    if passage.kind == "item":
        parents = tuple(one for one in place.parents if one[0] < passage.level)
    else:
        place, parents = replace(place, group=place.group + 1), ()
    changed = place.labelled not in ("", passage.kind)
    if changed and place.label and not is_not_to_be_told(place.label.text):
        place = replace(place, label=None)
    return replace(place, parents=parents, labelled=passage.kind)


def _sentences(source: Source, index: int) -> Iterator[Sentence]:
    passage = source.passages[index]
    if passage.kind in ("item", "quotation") or _is_typed(source, index):
        one = whole_of(source, index)
        yield replace(one, text=capitalised(unattributed(one.text))) if is_attributed(one.text) else one
        return
    yield from sentences_of(source, index)


def _is_skipped(source: Source, index: int, rules: Rules) -> bool:
    text = source.passages[index].text
    if rules.skipped_heading.search(text):
        return True
    return is_housekeeping_heading(source, text) and not is_minuted(source, index)


def _is_title(source: Source, index: int) -> bool:
    """Whether a heading is the first of the note, above all others or of a meeting: it says what all of it is about."""
    headings = [at for at, one in enumerate(source.passages) if one.kind == "heading"]
    levels = [source.passages[at].level for at in headings[1:]]
    passage = source.passages[index]
    is_above = passage.level < min(levels, default=passage.level + 1)
    return index == headings[0] == 0 and (is_above or bool(note_rules().meetings.search(passage.text)))


def _leads(source: Source, index: int) -> bool:
    following = source.passages[index + 1] if index + 1 < len(source.passages) else None
    return following is not None and following.kind == "item" and following.level > source.passages[index].level


def _is_label(source: Source, index: int) -> bool:
    """Whether a paragraph is no more than a heading of what follows: "Money", "What she wants:"."""
    passage = source.passages[index]
    following = source.passages[index + 1] if index + 1 < len(source.passages) else None
    if index == 0 or passage.kind != "paragraph" or following is None or following.kind == "heading":
        return False
    text = passage.text.rstrip()
    words = len(text.split())
    if text.endswith(":"):
        return words <= _WORDS_ABOVE_A_LIST
    if text.endswith(_STOPS) and following.kind != "item":
        return False
    if following.kind == "item":
        return words <= _WORDS_ABOVE_A_LIST and not text.endswith((".", "!", '"'))
    is_bare = not any(letter.isdigit() for letter in text) and not note_rules().verbs.search(straight(text))
    return is_bare and words <= _WORDS_OF_A_LABEL


def _is_typed(source: Source, index: int) -> bool:
    """Whether a paragraph of one line was typed in haste: without a capital or a stop."""
    passage = source.passages[index]
    if passage.kind != "paragraph" or passage.first != passage.last:
        return False
    return passage.text[:1].islower() or not passage.text.rstrip().endswith(_STOPS)
