"""Off the record as people say it: "off the record from here" … "back on the record", "that was off the record".

Where people speak, the phrase itself is the mark:

* what announces it ("off the record from here", "we're off the record now", "this is off the record", "can we go off the
  record?") cuts from the beginning of its sentence to the end of the sentence that says "back on the record", or to the end of
  the file. What was said before, in the same turn or not, was said on the record;
* what looks back ("that was off the record", "don't quote me on that") cuts the whole turn, and what was said before it where
  the turn has little to look back on;
* any other mention ("between us, off the record, we are at 2 million") cuts from the beginning of its sentence to the end of
  the turn; and on to "back on the record" where somebody says that later and nothing else is open;
* who is asked for leave, and refuses, looks back, too (see ``answers``);
* "nothing here is off the record" and "on or off the record?" are no marks, but doubts.

Where it cannot be known how far somebody meant to reach ("what I told you about the sale is off the record"), what is known is
cut, and the line is a doubt.

"Back on the record" where nothing was ever opened cuts nothing, and is a doubt: the words that opened it may have been
heard or typed wrongly.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import field

from contentkit.sources.manuscript import Span
from contentkit.sources.redaction.answers import Answer, answers_in
from contentkit.sources.redaction.mentions import (
    EVENT,
    LONE,
    LONGEST_END,
    SENTENCE_END,
    Kind,
    kinds_at_the_end,
    kinds_of,
    says_nobody_is_back,
)
from contentkit.sources.redaction.projection import Projection
from contentkit.sources.redaction.spans import merged
from contentkit.sources.redaction.utterances import Talk, words
from contentkit.values import dataclass

# Fewer words than these beside a mark are hardly what was meant.
_FEWEST_BESIDE = 4
_FEWEST_BEHIND = 2
# Nobody says it as often as this. What follows is cut.
_MOST_MENTIONS = 2000
# Some forty words.
_BREATH = 240


@dataclass
class _Spoken:
    """What was found so far: the spans, where it is unclear how far they reach, and where a span or a mention began."""

    spans: list[Span] = field(default_factory=list)
    unclear: list[int] = field(default_factory=list)
    opened: int | None = None
    mentioned: int | None = None
    mentions: int = 0


def spoken_spans(text: Projection, turns: Sequence[int], closed: Sequence[Span]) -> tuple[list[Span], list[int]]:
    """What is off the record by what people say, and where it is unclear how far that reaches.

    ``turns``, spans and places are the plain text's, ``closed`` is cut out anyway.
    """
    talk = Talk(text.plain, turns)
    ends = [match.end() for match in SENTENCE_END.finditer(text.plain)]
    answers = list(answers_in(talk))
    heard = merged(span for answer in answers for span in (*answer.cut, answer.dropped) if span)
    found = _Spoken(
        spans=[span for answer in answers for span in answer.cut],
        unclear=[answer.unclear for answer in answers if answer.unclear is not None],
    )
    for at, event in _events(text.plain, answers):
        if event is None:
            found.opened = at if found.opened is None else found.opened
        elif _covers(closed, at):
            found.mentioned = None if event["back"] else at
        elif event["back"]:
            _close(found, talk, ends, event)
        elif found.opened is None and not _covers(heard, at):
            _mention(found, talk, ends, event)
    if found.opened is not None:
        found.spans.append((found.opened, len(text.plain)))
    return merged(found.spans), found.unclear


def _events(plain: str, answers: Sequence[Answer]) -> Iterator[tuple[int, re.Match[str] | None]]:
    """The mentions, and where an answer opens, in order."""
    opens = sorted(answer.opens for answer in answers if answer.opens is not None)
    for event in EVENT.finditer(plain):
        while opens and opens[0] <= event.start():
            yield opens.pop(0), None
        yield event.start(), event
    yield from ((at, None) for at in opens)


def _close(found: _Spoken, talk: Talk, ends: Sequence[int], event: re.Match[str]) -> None:
    since = found.opened if found.opened is not None else found.mentioned
    if since is None or says_nobody_is_back(talk.plain, event):
        return
    found.spans.append((since, _end_of_sentence(talk, ends, event.end())))
    found.opened = found.mentioned = None


def _mention(found: _Spoken, talk: Talk, ends: Sequence[int], event: re.Match[str]) -> None:
    at = event.start()
    found.mentions += 1
    kinds: set[Kind] = kinds_of(talk.plain, event) if found.mentions < _MOST_MENTIONS else {"opens"}
    if not event["quote"] and LONE.fullmatch(talk.utterances[talk.place(at)].said):
        kinds = {"opens"}
    elif not kinds and not event["quote"] and talk.words_between(event.end(), talk.turn_end(at)) < _FEWEST_BEHIND:
        kinds = kinds_at_the_end(talk.plain, event)
    found.mentioned = _sentence_start(talk, ends, at)
    if "looks back" in kinds:
        found.mentioned, is_enough = talk.looked_back_to(at)
        found.unclear += [] if is_enough else [at]
    if "opens" in kinds:
        found.opened = found.mentioned
        found.unclear += [at] if "unclear" in kinds else []
    elif "no mark" not in kinds:
        span = (found.mentioned, talk.turn_end(at))
        found.spans.append(span)
        beside = talk.words_between(*span) - words(event[0])
        found.unclear += [at] if "unclear" in kinds or (not kinds and beside < _FEWEST_BESIDE) else []


def _sentence_start(talk: Talk, ends: Sequence[int], at: int) -> int:
    """Where the sentence begins that has this character, within its turn.

    Machines that write down a call may end no sentence at all: there it is what was said in one breath.
    """
    begins = talk.turn_start(at)
    earlier = bisect_right(ends, at)
    if earlier and ends[earlier - 1] > begins:
        return ends[earlier - 1]
    if at - begins <= _BREATH or bisect_left(ends, talk.turn_end(at)) > earlier:
        return begins
    return talk.plain.index(" ", at - _BREATH, at) if " " in talk.plain[at - _BREATH : at] else begins


def _end_of_sentence(talk: Talk, ends: Sequence[int], at: int) -> int:
    """Where the sentence ends; here, where nobody wrote a full stop near by."""
    following = bisect_right(ends, at)
    end = ends[following] if following < len(ends) else len(talk.plain) + LONGEST_END
    return end if end - at <= LONGEST_END and end <= talk.turn_end(at) else at


def _covers(spans: Sequence[Span], at: int) -> bool:
    earlier = bisect_right(spans, (at, len(spans) and spans[-1][1] + 1))
    return bool(earlier) and spans[earlier - 1][1] > at
