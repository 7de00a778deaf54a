"""Questions of which the answer tells what is off the record: "Can I quote you on that?" – "No."

* "Was that off the record?", "is that on the record?" and "may I quote you?" look back at what was said before them;
* "is this on the record?" looks back and ahead;
* "can we go off the record?" looks ahead (see ``spoken``), but where it is answered by a clear no;
* "are we recording?" looks ahead where somebody stopped it; a mere no says little, at the beginning of a call for example.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contentkit.patterns import regex
from contentkit.sources.manuscript import Span
from contentkit.sources.redaction.utterances import Talk, Utterance, words
from contentkit.values import dataclass

_SIDE = r"(?P<side>on or off|off or on|on|off) (?:the )?record(?P<other> or (?:on|off))?"
_RECORDER = r"(?:the |that |your |my )?(?:recorder|recording|tape|camera|mic|microphone)"
_RECORDING = (
    r"(?:are|is|were|was) (?:we|you|this|it|that|your \w{1,20})(?: still| even| all)? (?:being )?(?:recording|recorded|taping"
    r"|taped|on tape)(?! (?!(?:this|us|now|me|yet|right|it|still|any|all|everything|here|already|the call|the talk)\b)\w)"
    rf"|is {_RECORDER}(?: still)? (?:on|running|going)"
    r"|(?:estamos|estas|esta|sigues?|seguimos) (?:todavia |aun )?grabando"
)
_HAS_STOPPED = (
    rf"(?:did|have) you (?:stop|pause|turn|switch)(?:ped|d|ed)? (?:off )?(?:{_RECORDER}|recording)|is {_RECORDER} off"
    r"|(?:paraste|apagaste|has parado|has apagado) la (?:grabacion|grabadora)"
)
_ASKED = regex(
    r"(?<!\w)(?:(?:was|is|were|are|wasn't|isn't|aren't) (?P<what>that|this|it|we|you|all (?:of )?(?:that|this))(?: all"
    r"| still| now"
    rf"| just| part| bit)? {_SIDE}|(?P<bare>(?:on or off|off or on) the record)"
    r"|(?P<leave>(?:(?P<mind>mind)(?: if)?|(?:ok(?:ay)?|fine|all right) (?:if|to|for me to)|allowed to"
    r"|(?:can|may|could|should|might) (?=i |we )) ?(?:i |we |me )?(?:(?:just|also|maybe|still|then) )?(?:quot(?:e|ed"
    r"|ing)|us(?:e|ed|ing)"
    r"|publish(?:ed)?|print(?:ed)?|shared?|tweet|cite|mention(?:ed)?|post|attribute|include|put|write about|talk about)"
    r" (?:you|that|this|it|any of (?:that|this))(?!\w)(?! (?!(?:in|on|for|with|as|at|please|then|now|too|or|and|if|one"
    r"|part|bit|quote)\b)\w)"
    r"|(?:can|may|could) (?:that|this|it) be (?:in|on|quoted|used|published|public|printed|mentioned)(?!\w)"
    r"|(?:(?:lo|la|te|eso|esto) )?puedo (?:citar|usar|publicar|decir|contar|poner)(?:te|lo|la)?)|(?P<public>is (?:that|this|it)"
    r" (?:public|announced|out|for publication|quotable)(?: yet| already)?(?=\W{0,2}\\?))"
    rf"|(?P<recorder>{_RECORDING})|(?P<stopped>{_HAS_STOPPED})"
    r"|(?P<going>(?:can|could|may|shall|should) (?:we|i|you) [^.!?]{0,60}?off (?:the )?record)|es (?P<es>eso"
    r"|esto) (?:extraoficial"
    r"|off the record))(?!\w)"
)
_SO = r"\W{0,4}(?:(?:um|uh|well|oh|please|sorry|hmm|ah|god|actually|i mean|ok|okay|look|honestly|pues|bueno|perdon)\W{1,4}){0,3}"
_FINE = r"(?:problem|worries|objection|issue|trouble|doubt|go ahead|of course|that's (?:fine|ok|okay)|feel free|sure)"
_NO = regex(
    rf"{_SO}(?:(?:no|nope|nah|not)\b(?!\W{{1,3}}{_FINE})|don't|do not|i'd rather|i would rather|rather not|better not"
    rf"|absolutely not"
    r"|please don't|never|mejor no)"
)
_OFF = regex(rf"{_SO}(?:[\w']+ ){{0,3}}off\b(?! or on)")
_YES = regex(
    rf"{_SO}(?:yes|yeah|yep|yup|sure|of course|it (?:was|is)|correct|right|absolutely|certainly|definitely|please do"
    rf"|go ahead|feel free"
    r"|si|claro|vale|mhm|fine|no (?:problem|worries))\b"
)
_STOPPED = regex(
    r"\b(?:(?:i|we|just)(?:'ve| have| had)?(?: just| already)? (?:stopped|paused|turned|switched|shut|killed)"
    rf"|(?:it|that|{_RECORDER})(?:'s| is| was| has)(?: now| all| already| been)? (?:off|stopped|paused)|stopped"
    r"|turned (?:it )?off"
    r"|not (?:any ?more|any longer|now|right now)|no longer|ya no|(?:lo|la) (?:pare|apague|corte|detuve|he parado|he apagado))\b"
)
_RUNS = regex(
    r"\b(?:now (?:it is|we are|yes)|(?:it is|it's|we are|we're)(?: recording)? now|rolling|(?:just )?started)\b"
)
_MINDS = regex(r"^\W*(?:yes|yeah|yep|a bit|kind of)\b|\bi (?:would|do|might)\b|\brather\b|\bdon't\b")
# Only who says nothing else keeps the talk on the record.
_STAYS = regex(
    r"\W*(?:(?:no|nope|nah|sorry|no thanks|no thank you|i'd rather not|rather not|better not|please don't"
    r"|let's (?:not|stay on (?:the )?record|keep (?:it|this|that) on (?:the )?record))\W*){1,3}"
)
_LONGEST_ANSWER = 3
_LONGEST_SAID = 80


@dataclass(frozen=True)
class Answer:
    """What one answer says: what was off the record; from where on all is; and the question that brought nothing about."""

    cut: tuple[Span, ...] = ()
    opens: int | None = None
    dropped: Span | None = None
    unclear: int | None = None


def answers_in(talk: Talk) -> Iterator[Answer]:
    """What the answers to such questions say."""
    for question in _ASKED.finditer(talk.plain.replace("\n", " ")):
        place = talk.place(question.start())
        asked = talk.utterances[place] if talk.utterances else None
        if asked is None or not asked.start <= question.start() < asked.end:
            continue
        reply = talk.utterances[place + 1].said if place + 1 < len(talk.utterances) else ""
        yield _answer(talk, place, question, reply)


def _answer(talk: Talk, place: int, question: re.Match[str], reply: str) -> Answer:
    asked = talk.utterances[place]
    ends_turn = talk.words_between(question.end(), asked.end) <= _LONGEST_ANSWER
    if question["going"]:
        return Answer(dropped=(asked.start, asked.end)) if ends_turn and _STAYS.fullmatch(reply) else Answer()
    refused = bool(_NO.match(reply) or _OFF.match(reply))
    if question["recorder"] or question["stopped"]:
        return _of_recorder(asked, question, reply, refused=refused)
    if question["public"]:
        return Answer(unclear=question.start()) if refused else Answer()
    if question["leave"]:
        refused = bool(_MINDS.search(reply)) if question["mind"] else refused
        return _looking_back(talk, place, reply) if refused else Answer()
    asks_for_off = bool(question["es"]) or (question["side"] == "off" and not question["other"])
    if asks_for_off:
        refused = not _NO.match(reply) or bool(_OFF.match(reply))
    if not refused:
        return Answer(dropped=(asked.start, asked.end)) if ends_turn else Answer()
    if question["bare"] or (question["what"] in ("this", "we", "you") and not question[0].startswith("was")):
        # All that follows; perhaps what was said before it as well.
        return Answer(opens=asked.start, unclear=question.start())
    return _looking_back(talk, place, reply)


def _of_recorder(asked: Utterance, question: re.Match[str], reply: str, *, refused: bool) -> Answer:
    """Who stopped the recorder goes on off the record. That it does not run may mean as much, or that nothing began yet."""
    said = reply[:_LONGEST_SAID]
    if _STOPPED.search(said) or (question["stopped"] and _YES.match(said)):
        return Answer(opens=asked.start, unclear=question.start())
    is_open = refused and question["recorder"] and not _RUNS.search(said)
    return Answer(unclear=question.start()) if is_open else Answer()


def _looking_back(talk: Talk, place: int, reply: str) -> Answer:
    """What was said before the question, the question, and an answer that may say more of it."""
    start, is_enough = talk.before(place)
    last = place + 1 if place + 1 < len(talk.utterances) and words(reply) > _LONGEST_ANSWER else place
    end = talk.utterances[last].end
    return Answer(cut=((start, end),), unclear=None if is_enough else talk.utterances[place].start)
