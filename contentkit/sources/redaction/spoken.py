"""Off the record as people say it: "off the record from here" … "back on the record", "that was off the record".

Where people speak, the phrase itself is the mark:

* what announces it ("off the record from here", "we're off the record now", "this is off the record", "can we go off the
  record?") cuts from the beginning of its sentence to the end of the sentence that says "back on the record", or to the end of
  the file. What was said before, in the same turn or not, was said on the record;
* what looks back ("that was off the record", "don't quote me on that") cuts the whole turn, and what was said before it where
  the turn has little to look back on;
* any other mention ("between us, off the record, we are at 2 million") cuts from the beginning of its sentence to the end of
  the turn; and on to "back on the record" where somebody says that later and nothing else is open;
* "nothing here is off the record" and "on or off the record?" are no marks, but doubts.

"Back on the record" where nothing was ever opened cuts nothing, and is a doubt: the words that opened it may have been
heard or typed wrongly.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Literal

from contentkit.sources.manuscript import Span
from contentkit.sources.redaction.phrases import SAID
from contentkit.sources.redaction.projection import Projection
from contentkit.sources.redaction.spans import merged

_Kind = Literal["opens", "looks back", "mention", "no mark"]

_QUOTE_ME = (
    r"(?:do not|don't|dont|never|please don't) (?:ever )?(?:quote|cite) me(?: on (?:that|this|it|any of (?:that|this)))?"
    r"|(?:do not|don't|dont) (?:publish|print|write|use|repeat|share|tweet|post|quote) (?:that|this|any of (?:that"
    r"|this))(?=\s+(?:please|okay|ok|one|part|bit)\b|\s*(?:[^\w\s]|\n|$))"
    r"|(?:that|this|it) (?:stays|is just|is only|is|remains) between (?:us|you and me)(?!\W+(?:and|or)\b)|keep (?:that|this"
    r"|it) between (?:us|ourselves|you and me)"
    r"|not for (?:publication|attribution)|no me (?:cites|cite|citen)(?! a las?\b)"
    r"|no lo (?:publiques|publique|cites|cite|pongas|escribas)"
    r"|quede entre nosotros|no salga de aqui"
)
_EVENT = re.compile(
    rf"(?<!\w)(?:(?P<back>(?:back|again)[\s,]{{1,4}}on[\s]{{1,4}}(?:the[\s]{{1,4}})?record(?![\s]{{1,3}}(?:label"
    rf"|player|deal|store))"
    r"|on[\s]{1,4}the[\s]{1,4}record[\s,]{1,4}(?:again|now|from[\s]{1,3}here)"
    r"|(?:de[\s]{1,3}(?:vuelta|nuevo|regreso)|otra[\s]{1,3}vez|volvemos|volviendo|regresamos)[\s]{1,3}(?:al?|en"
    r"|on[\s]the)?[\s]{0,3}(?:lo[\s]|el[\s]|la[\s])?"
    r"(?:registro|grabacion|record|oficial))"
    rf"|(?P<said>{SAID})s?|(?P<quote>{_QUOTE_ME.replace(' ', '[ ]{1,3}')}))(?!\w)"
)
_AROUND = 90
_SENTENCE_END = re.compile(r"[.!?][.!?\"')\]*_]{0,6}(?=\s|$|</)")
_SPACE = re.compile(r"[\s*_~`>|\\]+")
_WORD = re.compile(r"[^\W\d_]+")

_NOT_GOING = (
    r"(?:going|go|gone|went|be|being|want to go|want to be|need to go|need to be|have to go|have to be"
    r"|speaking|talking|really|actually|even|necessarily)"
)
_NO_MARK_BEFORE = re.compile(
    rf"(?:\bnot|n't|\b(?:isnt|arent|wasnt|dont|wont)|\bnever|\bno longer)(?: {_NOT_GOING}){{0,3}} $"
    r"|\b(?:nothing|none)(?: (?!but\b|and\b|so\b)\w+){0,4} (?:is|are|was|were|be) $"
    r"|\bon(?: the record)?,? (?:or|and|versus|vs\.?) $"
    r"|\b(?:no|nada)(?: de (?:esto|eso|lo que (?:he dicho|digo|dije)))? (?:es|era|fue|sea|estamos) $"
)
_NO_MARK_AFTER = re.compile(r"^,? (?:or|and|versus) on(?: the record)?\b|^ (?:at any (?:time|point)|whenever)\b")
_LOOKS_BACK_BEFORE = re.compile(
    r"\b(?:that|those|these things|everything|all of (?:that|this|it)|what i (?:just )?said|which|(?:that|this"
    r"|last) (?:part|bit|one)|it)(?:'s| is| was| were| has been| should be"
    r"| should stay| must stay| has to be| has to stay| needs to be| needs to stay| stays?| better be"
    r"| would be)(?: all| obviously| of course| strictly| just| completely"
    r"| totally| also| kind of)? $"
    r"|\bthats $|\b(?:keep|leave|kept|take|make|consider|treat|put)(?: all of)? (?:that|this|it|those"
    r"|everything)(?: part| bit| one)?(?: as| all)? $"
    r"|\b(?:was|i were|we were|they were|you were)(?: all| obviously| just)? $"
    r"|\b(?:eso|aquello|lo anterior|lo que (?:te )?(?:dije|he dicho|acabo de decir))(?: \w+)? (?:fue|era|es|queda"
    r"|quede|sea) $|\bque (?:eso|esto) quede $"
)
_LOOKS_BACK_AFTER = re.compile(r"^,? (?:what i (?:just )?said|that (?:part|bit|one)|all of that|lo que (?:te )?dije)\b")
_OPENS_BEFORE = re.compile(
    r"\bfrom (?:here|now|this point|that point)(?: on(?:wards?)?)?,?(?: it's| it is| this is| everything is"
    r"| everything's| we're| we are| all is| all)? $"
    r"|\b(?:go|going|goes|went|get|getting|move|moving|switch|switching|step|stepping|talk|speak|be|being|we're"
    r"|we are|were|you're|i'm|i am|are we|is this|is that|this is|this is all"
    r"|this will be|this'll be|this would be|it's|it is|its|what follows is|the rest is|everything is|this part is"
    r"|this next part is|the next part is|the next bit is|stay|staying)"
    r"(?: now| strictly| completely| totally| just| all| really| here| a bit| a little)? $"
    r"|\b(?:esto|lo que sigue|todo)(?: \w+)? es(?: todo)? $|\ba partir de (?:aqui|ahora|este momento),? (?:es "
    r"|esto es |todo es |todo )?$"
    r"|\b(?:vamos|vayamos|pasamos|pasemos|hablamos|hablemos|estamos|seguimos|sigamos)(?: a| de (?:forma|manera|modo))? $"
)
_OPENS_AFTER = re.compile(
    r"^,? (?:from (?:here|now|this point)|starting (?:here|now)|now\b|for (?:a|the next|this) |until\b|till\b|here on"
    r"|a partir de|desde (?:aqui|ahora|este))"
)
# "When we are back on the record" and "are we back on the record?" bring nobody back.
_NOT_BACK_BEFORE = re.compile(
    r"\b(?:not|never|until|till|before|unless|once|when|if|after|whenever|can|could|should|shall|may|cuando|si|hasta|antes"
    r"|then|will|going to|say|says|said|saying|what|later)"
    r"(?:,? [\w']+){0,4},? $|(?:n't|\bno)(?: [\w']+){0,2} $|\b(?:are|is) (?:we|this|it) $|\b(?:we|i|you)'ll(?: [\w']+){0,3} $"
)
_NOT_BACK_AFTER = re.compile(
    r"^,? (?:in (?:a|an|one|two|five|ten|\d+)\b|later\b|soon\b|to end\b)|^,? (?:right|okay|ok|yes|no) ?\?"
)
_ASKS_LEAVE = re.compile(
    r"\b(?:can|could|may|shall|should|would|do you want|is it (?:ok|okay|fine|all right)|okay if|are we|aren't we|podemos|puedo"
    r"|only|happy to|rather)\b[^.!?]{0,70} $"
)
_FEWEST_TO_LOOK_BACK_ON = 12
_MOST_LINES_BACK = 20
_LONGEST_END = 120
# Some forty words.
_BREATH = 240


def spoken_spans(text: Projection, turns: Sequence[int], closed: Sequence[Span]) -> list[Span]:
    """What is off the record by what people say. ``turns`` and spans are the plain text's, ``closed`` is cut out anyway."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text.plain)]
    spans: list[Span] = []
    opened: int | None = None
    mentioned: int | None = None
    for event in _EVENT.finditer(text.plain):
        at = event.start()
        if _covers(closed, at):
            mentioned = None if event["back"] else at
        elif event["back"]:
            if _is_not_back(text.plain, event):
                continue
            since = opened if opened is not None else mentioned
            if since is None:
                continue
            spans.append((since, _end_of_sentence(text.plain, ends, turns, event.end())))
            opened = mentioned = None
        elif opened is None:
            kinds = _kinds_of(text.plain, event)
            begins = _sentence_start(text.plain, ends, turns, at)
            mentioned = _looked_back_to(text.plain, turns, at) if "looks back" in kinds else begins
            if "opens" in kinds:
                opened = mentioned
            elif "no mark" not in kinds:
                spans.append((mentioned, _turn_end(turns, at)))
    if opened is not None:
        spans.append((opened, len(text.plain)))
    return merged(spans)


def _kinds_of(plain: str, event: re.Match[str]) -> set[_Kind]:
    """What a mention does, by the words around it; both where "it's off the record" may look either way."""
    if event["quote"]:
        return {"looks back"}
    before = _SPACE.sub(" ", plain[max(0, event.start() - _AROUND) : event.start()])
    after = _SPACE.sub(" ", plain[event.end() : event.end() + _AROUND])
    if _NO_MARK_BEFORE.search(before) or _NO_MARK_AFTER.match(after):
        return {"no mark"}
    kinds: set[_Kind] = set()
    if _LOOKS_BACK_BEFORE.search(before) or _LOOKS_BACK_AFTER.match(after):
        kinds.add("looks back")
    if _OPENS_BEFORE.search(before) or _OPENS_AFTER.match(after) or _asks_leave(before, after):
        kinds.add("opens")
    return kinds


def _asks_leave(before: str, after: str) -> bool:
    """Whether somebody asks to say something, or says that they would: it is said when the other has agreed."""
    lead = _ASKS_LEAVE.search(before)
    is_alone = after.startswith("?") and not _WORD.search(before.rpartition(":")[2])
    return is_alone or bool(lead and not after.startswith((",", ":")))


def _is_not_back(plain: str, event: re.Match[str]) -> bool:
    before = _SPACE.sub(" ", plain[max(0, event.start() - _AROUND) : event.start()])
    after = _SPACE.sub(" ", plain[event.end() : event.end() + _AROUND])
    if _NOT_BACK_BEFORE.search(before) or _NOT_BACK_AFTER.match(after):
        return True
    following = _SENTENCE_END.search(plain, event.end(), event.end() + _LONGEST_END)
    if following is None or not following[0].startswith("?"):
        return False
    return not _WORD.search(plain, event.end(), following.start())


def _sentence_start(plain: str, ends: Sequence[int], turns: Sequence[int], at: int) -> int:
    """Where the sentence begins that has this character, within its turn.

    Machines that write down a call may end no sentence at all: there it is what was said in one breath.
    """
    begins = _turn_start(turns, at)
    earlier = bisect_right(ends, at)
    if earlier and ends[earlier - 1] > begins:
        return ends[earlier - 1]
    if at - begins <= _BREATH or bisect_left(ends, _turn_end(turns, at)) > earlier:
        return begins
    return plain.index(" ", at - _BREATH, at) if " " in plain[at - _BREATH : at] else begins


def _end_of_sentence(plain: str, ends: Sequence[int], turns: Sequence[int], at: int) -> int:
    """Where the sentence ends; here, where nobody wrote a full stop near by."""
    following = bisect_right(ends, at)
    end = ends[following] if following < len(ends) else len(plain) + _LONGEST_END
    return end if end - at <= _LONGEST_END and end <= _turn_end(turns, at) else at


def _turn_start(turns: Sequence[int], at: int) -> int:
    return turns[bisect_right(turns, at) - 1]


def _turn_end(turns: Sequence[int], at: int) -> int:
    return turns[min(bisect_right(turns, at), len(turns) - 1)]


def _looked_back_to(plain: str, turns: Sequence[int], at: int) -> int:
    """The beginning of the turn; of an earlier one while too little was said to look back on."""
    turn = bisect_right(turns, at) - 1
    first = max(0, turn - _MOST_LINES_BACK)
    while turn > first and at - turns[turn] < _AROUND * 4 and _words(plain[turns[turn] : at]) < _FEWEST_TO_LOOK_BACK_ON:
        turn -= 1
    return turns[turn]


def _words(plain: str) -> int:
    return sum(1 for _ in _WORD.finditer(plain))


def _covers(spans: Sequence[Span], at: int) -> bool:
    earlier = bisect_right(spans, (at, len(spans) and spans[-1][1] + 1))
    return bool(earlier) and spans[earlier - 1][1] > at
