"""The posts of a note: the lines of one matter together, under what they stand under."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from contentkit.drafting.reading.reported import capitalised
from contentkit.drafting.reading.sections import Sentence
from contentkit.drafting.rules import Rules, straight
from contentkit.drafting.rules.notes import note_rules
from contentkit.drafting.spans.candidates import Fits, Span, flawed, has_markup, joined
from contentkit.drafting.spans.jottings import is_no_hook
from contentkit.drafting.talks.lines import Line
from contentkit.drafting.talks.subject import is_named
from contentkit.drafting.talks.worth import LEAST, UNSAYABLE, worth
from contentkit.patterns import regex

# So long a line is a post by itself; a list is full at the second length, or with so many items.
_RESULT = 1.5
_FEWEST_LINES, _WORDS_OF_A_LINE = 3, 6
_LONG, _FULL, _FULL_PROSE, _MOST_ITEMS, _SHORT_LIST = 160, 290, 460, 4, 6
_PLACE = regex(r"^\d{1,2}[.)] (?=\S)")
_TIMED = regex(r"\s*\(?\b\d{1,3} ?min(?:ute)?s?\b\.?\)?\s*$")
_WORDS_OF_A_HEAD, _WORDS_WITHOUT_A_HEAD, _SHORT = 14, 9, 140
_QUOTES = regex(r'"[^"]{18,}"|“[^“”]{18,}”|«[^«»]{18,}»')
# Nothing but what somebody said.
_SAID = regex(r'["“«].*["”»][.!?]?$')
_NAME = regex(r"[A-ZÀ-Þ][\w'’-]+")
_PERSON, _PATH = regex(r"@[\w.-]+:?$"), regex(r"\S+/\S+$")


def posts_of_lines(
    lines: Sequence[Line], rules: Rules, fits: Fits, subject: Sentence | None
) -> list[tuple[Span, float]]:
    """The posts in the order of the note, each with what it is worth: that of its best line, and a little for the others."""
    opens = lines[0].said[0].number if lines else -1
    lines = [_below_others(line, subject) for line in lines] if subject else lines
    ruled = {line.section for line in lines if note_rules().ruled.search(line.text)}
    lines = [line if line.section in ruled else _sound(line, rules) for line in lines]
    found: list[tuple[Span, float]] = []
    told = list(_with_their_subjects(list(_telling(lines, rules, opens)), lines, rules))
    for _, group in groupby(told, key=lambda one: one[0].section):
        run = list(group)
        for part in _parts(run, rules, fits):
            under = subject if not found else None
            if span := _span([line for line, _ in part], rules, fits, under):
                values = sorted((value for _, value in part), reverse=True)
                found.append((span, values[0] + 0.25 * sum(values[1:])))
    return found


def _below_others(line: Line, subject: Sentence) -> Line:
    """The line below heads that say no name of the subject again: the thread is about it, and its lines tell of it."""
    named = set(_NAME.findall(subject.text))
    heads = (replace(one, text="") if set(one.text.rstrip(":").split()) <= named else one for one in line.heads)
    return replace(line, heads=tuple(heads))


def _sound(line: Line, rules: Rules) -> Line:
    """A paragraph without the few sentences that cannot be published, nor those that lean on them: the others may be."""
    if line.listed or _QUOTES.search(line.text):
        return line
    kept, is_lost = [], False
    for one in line.said:
        plain = straight(one.text)
        is_flawed = flawed(one.text, rules) or bool(note_rules().jotting.search(plain))
        is_lost = is_flawed or (is_lost and bool(rules.dangling.match(plain)))
        kept += [] if is_lost else [one]
    return replace(line, said=tuple(kept)) if len(kept) * 2 > len(line.said) else line


def _enough(valued: Sequence[tuple[Line, float]]) -> list[tuple[Line, float]]:
    """The lines; where hardly any of them says something, the longer ones that may be said count as the next best."""
    good = sum(value >= LEAST for _, value in valued)
    least = LEAST / 2 if good else 0.0
    if good >= _FEWEST_LINES:
        return list(valued)
    return [
        (line, max(value, LEAST) if value >= least and len(line.text.split()) >= _WORDS_OF_A_LINE else value)
        for line, value in valued
    ]


def _settled(valued: Sequence[tuple[Line, float]]) -> Iterator[tuple[Line, float]]:
    """The lines, and where a section gives what its talk came to, no more than results beside that."""
    ruled = {line.section for line, _ in valued if note_rules().ruled.search(line.text)}
    for line, value in valued:
        is_talk = line.section in ruled and not note_rules().ruled.search(line.text) and value < _RESULT
        yield line, min(value, 0.0) if is_talk or line.asked else value


def _with_their_subjects(
    told: Sequence[tuple[Line, float]], lines: Sequence[Line], rules: Rules
) -> Iterator[tuple[Line, float]]:
    """The paragraphs, before the first of each section the one that the section begins with: it says of what they speak.

    Where that one says nothing, the first told needs the heading.
    """
    known = {line.said[0].number for line, _ in told}
    begun = set[int]()
    for line, value in told:
        if line.listed or not line.heads or line.section in begun:
            yield line if line.listed else replace(line, opens=True), value
            continue
        begun.add(line.section)
        first = next(one for one in lines if one.section == line.section)
        if first.said[0].number not in known and not first.listed and first.opens and worth(first, rules) > 0:
            yield first, LEAST / 2
            line = replace(line, opens=True)
        yield line, value


def _head_number(line: Line) -> int:
    return line.head.number if line.head else -1


def _telling(lines: Sequence[Line], rules: Rules, opens: int) -> Iterator[tuple[Line, float]]:
    """The lines that say something; one that leans on the line before it only with that, and none that others explain."""
    valued = [(line, worth(line, rules, opens=line.said[0].number == opens)) for line in lines]
    valued = _enough(list(_settled(valued)))
    good = {line.said[0].number for line, value in valued if value >= LEAST}
    good |= _completing(valued)
    heads = {line.head.number for line, value in valued if value >= LEAST and line.head}
    before: Line | None = None
    for line, value in valued:
        leans = _leans(line, rules)
        settles = leans and value >= LEAST and note_rules().settles.match(straight(line.text))
        if settles and before and before.section == line.section and before.said[0].number not in good:
            # What was settled is nothing without the proposal.
            good.add(before.said[0].number)
            if worth(before, rules) > UNSAYABLE:
                yield before, LEAST / 2
        follows = leans and value >= 0 and before is not None and before.said[0].number in good
        if (line.said[0].number in good or follows) and line.said[0].number not in heads:
            good.add(line.said[0].number)
            if (
                not leans
                or (line.said[0].number == opens and not settles)
                or (before and before.said[0].number in good)
            ):
                yield line, value
            else:
                good.discard(line.said[0].number)
        before = line


def _completing(valued: Sequence[tuple[Line, float]]) -> frozenset[int]:
    """The numbers of the items that say little in a short list of which the most say something."""
    found = set[int]()
    for _, group in groupby(valued, key=lambda one: (one[0].group, _head_number(one[0]))):
        items = [
            (line, value)
            for line, value in group
            if line.listed and line.heads and not _says_nothing(line.heads[-1].text)
        ]
        told = sum(value >= LEAST for _, value in items)
        if len(items) <= _SHORT_LIST and told * 2 >= len(items):
            found.update(
                line.said[0].number
                for line, value in items
                if value >= 0 and len(line.text.split()) > 1 and not is_no_hook(line.text)
            )
    return frozenset(found)


def _leans(line: Line, rules: Rules) -> bool:
    """Whether it goes on from the line before it: "after that: …"; not from whom the note is about: "they turned down …"."""
    plain = straight(line.text).lstrip("\"“'‘«")
    if note_rules().follows.match(plain) or note_rules().settles.match(plain):
        return True
    return (
        bool(rules.dangling.match(plain))
        and not note_rules().whom.match(plain)
        and not note_rules().article.match(plain)
    )


def _parts(run: Sequence[tuple[Line, float]], rules: Rules, fits: Fits) -> Iterator[list[tuple[Line, float]]]:
    part: list[tuple[Line, float]] = []
    for line, value in run:
        lines = [one for one, _ in part]
        if part and not (_belongs(line, lines, rules) and fits(_text([*lines, line], rules))):
            yield part
            part = []
            if _leans(line, rules) and not note_rules().settles.match(straight(line.text)):
                continue
        part.append((line, value))
    if part:
        yield part


def _belongs(line: Line, lines: Sequence[Line], rules: Rules) -> bool:
    return _is_beside(line, lines) and (_leans(line, rules) or _goes_with(line, lines, rules))


def _is_beside(line: Line, lines: Sequence[Line]) -> bool:
    """Whether it stands under the same head."""
    return _head_number(line) == _head_number(lines[-1])


def _goes_with(line: Line, lines: Sequence[Line], rules: Rules) -> bool:
    if any(one.quoted or _SAID.match(one.text) for one in (line, lines[-1])):
        return False
    if _QUOTES.search(line.text) or _QUOTES.search(lines[-1].text):
        return line.listed and lines[-1].listed and max(len(line.text), len(lines[-1].text)) < _SHORT
    if not line.listed or not lines[-1].listed:
        is_told_on = bool(line.heads) and not line.listed and not lines[-1].listed
        return is_told_on and len(_text([*lines, line], rules)) <= _FULL_PROSE
    if len(line.text) > _LONG or any(len(one.text) > _LONG for one in lines):
        return False
    return len(lines) < _MOST_ITEMS and len(_text([*lines, line], rules)) <= _FULL


def _span(lines: Sequence[Line], rules: Rules, fits: Fits, subject: Sentence | None) -> Span | None:
    head = _shown(lines, rules)
    text = _text(lines, rules)
    said = tuple(one for line in lines for one in line.said)
    sentences = (head, *said) if head else said
    named = None
    if subject and not is_named(subject, text):
        opening = f"{subject.text}{'' if head else ':'}\n\n{text}"
        if fits(opening):
            text, named = opening, (subject.first, subject.last)
    if not fits(text):
        return None
    return Span(
        text=text,
        sentences=sentences,
        section=lines[0].section,
        kind="window",
        whole=True,
        headed=bool(head),
        named=named,
    )


def _text(lines: Sequence[Line], rules: Rules) -> str:
    head = _shown(lines, rules)
    if lines[0].listed and len(lines) > 1:
        body = "\n".join("• " + line.text for line in lines)
    elif head:
        body = "\n\n".join(joined(line.said) for line in lines)
    else:
        body = capitalised("\n\n".join(joined(line.said) for line in lines))
    if not head:
        return body
    opening = capitalised(_TIMED.sub("", _PLACE.sub("", head.text)))
    return f"{opening if opening.endswith((':', '?', '!', '.')) else opening + ':'}\n\n{body}"


def _shown(lines: Sequence[Line], rules: Rules) -> Sentence | None:
    """The head that the lines need to be understood: above several, or one that is no sentence by itself."""
    head = next((one for one in reversed(lines[0].heads) if not _says_nothing(one.text)), None)
    if (
        head is None
        or has_markup(head.text)
        or _PERSON.match(head.text)
        or _PATH.match(head.text)
        or head.number != lines[0].heads[-1].number
        or len(head.text.split()) > _WORDS_OF_A_HEAD
        or (not lines[0].listed and rules.cataphoric.search(straight(head.text)))
    ):
        return None
    if (not lines[0].listed and lines[0].opens) or lines[0].quoted or (len(lines) == 1 and _SAID.match(lines[0].text)):
        return None
    if (
        len(lines) == 1
        and not note_rules().ruled.search(lines[0].text)
        and (_is_whole(lines[0], rules) or _says_of_what(lines[0], rules))
    ):
        return None
    return head


def _says_nothing(text: str) -> bool:
    plain = _PLACE.sub("", straight(text)).rstrip(":")
    rules = note_rules()
    is_day = all(rules.of_a_day.search(word) for word in plain.split())
    return bool(is_day or rules.general.search(plain) or rules.decisions.search(plain))


def _says_of_what(line: Line, rules: Rules) -> bool:
    """Whether a line typed in haste needs no head: it has a subject, and is long enough to say something of it."""
    plain = straight(line.text)
    leans = rules.dangling.match(plain) or note_rules().subjectless.search(plain)
    return line.listed and len(plain.split()) >= _WORDS_WITHOUT_A_HEAD and not leans


def _is_whole(line: Line, rules: Rules) -> bool:
    """Whether it is a sentence with a subject of its own."""
    plain = straight(line.text)
    if not line.listed:
        return False
    is_sentence = plain[:1].isupper() and plain.endswith((".", '"', "!", "»", "”"))
    return is_sentence and not note_rules().subjectless.search(plain) and not rules.dangling.match(plain)
