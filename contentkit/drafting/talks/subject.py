"""What a note is about, as its first words say it: "Ana Ruiz (Example)" of "call w/ Ana Ruiz (Example), tue 17 nov"."""

from __future__ import annotations

from dataclasses import replace

from contentkit.drafting.reading.reported import capitalised
from contentkit.drafting.reading.sections import Sentence, whole_of
from contentkit.drafting.rules import straight
from contentkit.drafting.rules.notes import note_rules
from contentkit.drafting.spans.candidates import has_markup
from contentkit.drafting.spans.confidences import is_not_to_be_told
from contentkit.models import Passage, Source
from contentkit.patterns import regex

_LONGEST = 90
_ROWS_OF_THE_TOP = 12
_NAME = regex(r"[A-ZÀ-Þ][\w.'’&-]+")
# "(Example, Berlin)" belongs to whom it stands behind.
_PART = regex(r"(?:[^,;–—()]|\([^()]*\)|-(?! ))+")


def is_above_all(source: Source, line: Sentence) -> bool:
    """Whether a paragraph is the first row of a note, and no more than a title: "mon 4/5 kiln call"."""
    is_title = source.passages[0].kind == "paragraph" and not source.passages[0].text.rstrip().endswith((".", "!", "?"))
    return line.paragraph == 0 and is_title and bool(note_rules().meetings.search(line.text))


def subject_of(source: Source) -> Sentence | None:
    """What of the first line of a note says with whom somebody talked, or which project met; None where nothing does."""
    if account := _account(source):
        return account
    first = next((at for at, one in enumerate(source.passages) if one.kind in ("heading", "paragraph")), None)
    if first is None or (source.passages[first].kind == "paragraph" and first > 0):
        return None
    line = whole_of(source, first)
    plain = straight(line.text)
    if is_not_to_be_told(plain) or has_markup(plain) or _is_sentence(source.passages[first]):
        return None
    rules = note_rules()
    talked = rules.with_whom.search(plain)
    if talked:
        text = _whom(line.text[talked.end() :])
        text = text if " " in text or _names(text) else ""
    elif source.passages[first].kind == "heading":
        is_dated = rules.meetings.search(plain) or _is_of_a_day(plain.split(" ")[0])
        text = _undated(line.text) if is_dated else line.text
        text = text if _names(text) and " " in text else ""
    else:
        text = ""
    return replace(line, text=capitalised(text)) if text and len(text) <= _LONGEST else None


def _is_sentence(passage: Passage) -> bool:
    return passage.kind == "paragraph" and passage.text.rstrip().endswith((".", "!", "?"))


def _account(source: Source) -> Sentence | None:
    """Whom a row such as "Account: Example" at the top of a note names."""
    for number, row in enumerate(source.lines[:_ROWS_OF_THE_TOP], 1):
        if (found := note_rules().account.match(straight(row))) and found["who"].strip():
            index = next((at for at, one in enumerate(source.passages) if one.touches(number, number)), None)
            if index is not None and not is_not_to_be_told(row) and not has_markup(row):
                return replace(whole_of(source, index), text=found["who"].strip(" *_"), first=number, last=number)
    return None


def _whom(text: str) -> str:
    """The words up to the date, the hour or what else is told of the talk."""
    rules = note_rules()
    kept = ""
    for match in _PART.finditer(text):
        words, told = match[0].split(" "), 0
        depth = 0
        for word in words:
            if depth == 0 and told and rules.of_a_day.search(straight(word)):
                break
            depth += word.count("(") - word.count(")")
            told += len(word) + 1
        part = match[0][:told]
        if kept and (not _names(part) or not part.strip()):
            break
        kept = text[: match.start() + told]
        if told < len(match[0]):
            break
    return kept.strip(" ,;:–—-")


def _undated(text: str) -> str:
    """A title without the day before or behind it."""
    words = text.split()
    while words and _is_of_a_day(words[0]):
        words.pop(0)
    while words and (_is_of_a_day(words[-1]) or words[-1] in ("de", "del", "of")):
        words.pop()
    text = " ".join(words).strip(" ,;:–—-")
    parts = [part for part in text.split(" – ") if _names(part)]
    return " – ".join(parts)


def _is_of_a_day(word: str) -> bool:
    return bool(note_rules().of_a_day.search(straight(word))) or not any(map(str.isalnum, word))


def is_named(subject: Sentence, text: str) -> bool:
    """Whether all names of the subject stand in a text: it needs not be said above it."""
    named = _named(subject.text)
    return bool(named) and all(name in text for name in named)


def _names(text: str) -> bool:
    return bool(_named(text))


def _named(text: str) -> list[str]:
    """The names in it that are no words for a meeting, and no days."""
    rules = note_rules()
    return [
        name
        for name in _NAME.findall(text)
        if not (rules.meetings.search(name) or rules.of_a_day.search(straight(name)) or rules.usual.search(name))
    ]
