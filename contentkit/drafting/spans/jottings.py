"""What a line of notes says: that something was done, what was only talked about, who was there, or nothing."""

from __future__ import annotations

from contentkit.drafting.reading.sections import Block, Sentence
from contentkit.drafting.rules import Rules, straight
from contentkit.drafting.rules.notes import note_rules
from contentkit.patterns import regex

_LABEL = regex(r"[^:.!?#\d]{1,40}:\s")
# "Ana: still waiting", "Ana Ruiz: ...": said by somebody, who may be anybody.
_SAID = regex(r"[A-ZÀ-Þ][a-zà-ÿ]+(?: [A-ZÀ-Þ][a-zà-ÿ]+)?:\s")
_SAID_WITHIN = regex(r"(?:^|\s)[A-ZÀ-Þ][a-zà-ÿ]+:\s(?![\"“«])")
# Of fewer words, what somebody said is no more than an answer.
_WORDS_OF_AN_ANSWER = 3
# "PEP 686, PEP 687" says nothing of them.
_FEWEST_SMALL_WORDS = 2


def is_empty(text: str) -> bool:
    """Whether a line of minutes only holds a place, or only answers another one."""
    return bool(note_rules().empty.search(straight(text)))


def is_said_of_the_note(text: str) -> bool:
    """Whether it tells who was there, who wrote it down and when the next meeting is."""
    return bool(note_rules().of_the_note.search(straight(text)))


def is_said_by_somebody(text: str) -> bool:
    """Whether a name and a colon stand before it."""
    return bool(_SAID.match(text))


def is_said_within(text: str) -> bool:
    """Whether somebody begins to speak in it, by name and without quotation marks."""
    return bool(_SAID_WITHIN.search(text))


def is_reply(text: str) -> bool:
    """Whether somebody said next to nothing: "Ana: yes"."""
    said = _SAID.match(text)
    return said is not None and len(text[said.end() :].split()) < _WORDS_OF_AN_ANSWER


def is_jotted(text: str) -> bool:
    """Whether a line of minutes says what was talked about and not what came of it, gives who said what, or breaks off."""
    plain = straight(text)
    label = _LABEL.match(plain)
    within = _SAID_WITHIN.search(plain, label.end() - 1 if label else 0)
    return _is_talk(plain) or bool(within) or breaks_off(plain)


def is_talk(block: Block) -> bool:
    """Whether a list stands under what was talked about, and nothing in it says what came of that."""
    outcomes = note_rules().outcomes
    return (
        block.lead is not None
        and _is_talk(straight(block.lead.text))
        and not any(outcomes.search(one.text) for one in block.sentences)
    )


def _is_talk(plain: str) -> bool:
    rules = note_rules()
    return bool(rules.talked.search(plain)) and not rules.outcomes.search(plain)


def breaks_off(plain: str) -> bool:
    """Whether a line without a stop ends with an article or an "and", or with a preposition but for "that … to"."""
    last = note_rules().last_word.search(plain)
    return last is not None and (bool(last["joins"]) or not note_rules().relative.search(plain))


def is_no_hook(text: str) -> bool:
    """Whether a line stops nobody: jotted, what somebody only thinks or hopes, an order, half of what stood before it."""
    rules = note_rules()
    return is_jotted(text) or bool(rules.opinion.match(text) or rules.half.search(straight(text)))


def says_something(text: str, rules: Rules) -> bool:
    """Whether a line stands alone: a contrast or a judgement is in it, or a number with a verb."""
    plain, notes = straight(text), note_rules()
    if (
        rules.dangling.match(plain)
        or notes.half.search(plain)
        or _SAID.match(plain)
        or notes.labelled.search(plain)
        or is_jotted(plain)
    ):
        return False
    if sum(word[:1].islower() for word in plain.split()) < _FEWEST_SMALL_WORDS:
        return False
    if rules.contrast.search(plain) or rules.judgement.search(plain):
        return True
    return bool(rules.number.search(plain) and (notes.verbs.search(plain) or notes.done.search(plain)))


def tells(item: Sentence, rules: Rules) -> bool:
    """Whether it says a number, a judgement or what was done."""
    text = straight(item.text)
    return bool(rules.number.search(text) or rules.judgement.search(text) or note_rules().done.search(text))
