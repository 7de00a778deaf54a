"""Spoken sentences made readable by leaving out, never by putting in: precision over polish."""

from __future__ import annotations

import re

from contentkit.drafting.reading.typeset import without_emphasis
from contentkit.drafting.rules import Rules, straight
from contentkit.patterns import regex

# What a transcript tells of a sound, in brackets of either kind, and times; Spanish ones too.
_SOUND = (
    r"(?:\w+ )?(?:laugh\w*|chuckl\w*|giggl\w*|sigh\w*|cough\w*|music|applause|cheer\w*|pause|silence|noise|snaps?)"
    r"|clears? throat|sic|risas?|risa general|aplausos|música|pausa|silencio|ruido|tos"
    r"|\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?"
)
_SOUNDS = regex(rf"(?:\\?\[\s?(?:{_SOUND})\s?\\?\]|\((?:{_SOUND})\)|♪[^♪\n]{{0,200}}♪|♪)\s*", re.I)
# Words that nobody understood, as services write it; an underscore stands for a word that a service would not write.
_UNHEARD = regex(
    r"[\[(<]\s?(?:unintelligible|inaudible|indistinct|cross\s?talk|unclear|garbled|ininteligible|incomprensible|phonetic"
    r"|fonético|\?{1,9}|_{1,9})",
    re.I,
)
_DOUBLED = regex(r"\b([^\W\d_]+(?:['’][^\W\d_]+)?)((?:(,)? |\s*-{1,2}\s+|\s*—\s*)\1\b)+", re.I)
# Words that people repeat on purpose: very, very.
_MEANT = frozenset(
    ("very", "really", "super", "many", "far", "long", "more", "had", "that", "no", "never", "muy", "bien")
)
# Words that may end one clause and begin the next: "when I began to use it, it was slow".
_AT_BOTH_ENDS = frozenset(
    ("it", "you", "that", "this", "here", "there", "so", "eso", "esto", "ello", "aquí", "allí", "así")
)

# Three dots behind a sentence or a question: whoever spoke went on.
_PAUSE = regex(r"(?<=[\w)\"”’%])(?:([.])\.\.|([?!])\.{2,3})(?=[\"”’]?$)")
_RESTART = regex(r"\s*--\s+|\s+[—–]\s+|(?<=\w)—(?=\w)")
# An apostrophe too many: "don't' like", "don''t".
_MARK = regex(r"(?<=[^\W\d_]n['’]t)['’](?=[\s,.;:!?]|$)|(?<=[^\W\d_]['’])['’](?=[^\W\d_])")
_OPENS_MARK = regex(r"(?<![\w'’])['‘](?=\w)")
_WORD = regex(r"[^\W_][\w'-]*")
_TWO = 2
_LONGEST_START = 12
_FEWEST_ANEW = 6


def cleaned(sentence: str, rules: Rules) -> str:
    """The sentence without hesitations, doubled words and the fillers it opens with. No word is added or replaced."""
    heard = without_emphasis(_SOUNDS.sub("", sentence)).strip()
    text = rules.speech.hesitations.sub("", heard if _OPENS_MARK.search(heard) else _MARK.sub("", heard))
    text = _DOUBLED.sub(lambda match: _once(match, rules), text)
    text = rules.speech.interruptions.sub("", text)
    text = rules.speech.asides.sub("", text)
    text = _without_restart(text.strip(), rules)
    text = _tidy(_without_openers(text.strip(), rules))
    text = _without_pause(text, rules)
    return text[:1].upper() + text[1:] if heard[:1].isupper() else text


def is_filler(sentence: str, rules: Rules) -> bool:
    """Whether a whole sentence says nothing to a reader: "So that's been very valuable." """
    return bool(rules.speech.fillers.fullmatch(straight(sentence).rstrip(".!…")))


def is_unfinished(sentence: str, rules: Rules) -> bool:
    """Whether a sentence trails off where nobody would end one: "It was even more so about..." """
    words = straight(sentence).rstrip(".… ").split()
    return sentence.endswith(("...", "…")) and bool(words) and bool(rules.speech.unfinished.fullmatch(words[-1]))


def is_unheard(sentence: str) -> bool:
    """Whether some of a sentence's words were not understood: it may not be quoted as if it were whole."""
    return bool(_UNHEARD.search(sentence))


def _once(match: re.Match[str], rules: Rules) -> str:
    """The word once; "from English to Spanish, Spanish to German" is a list, and says both, and "OPEN Open" is two words."""
    word = straight(match.group(1)).lower()
    is_listed = match.group(3) is not None and word not in rules.stop_words
    first, last = match.group(1), match.group().split()[-1]
    is_a_name = first.isupper() and len(first) > 1 and last != first
    goes_on = match.group(3) is not None and match.start() > 0 and word in _AT_BOTH_ENDS
    return match.group() if word in _MEANT or is_listed or is_a_name or goes_on else first


def _without_restart(text: str, rules: Rules) -> str:
    """What follows a dash where a sentence was broken off and begun anew: "We measured -- we opened a service".

    Whoever named something before the dash may mean it behind ("The import was -- it took a day"): nothing goes then.
    """
    parts = _restarted(text, rules)
    return parts[1] if parts and not _names_more(*parts, rules) else text


def is_broken_off(sentence: str, rules: Rules) -> bool:
    """Whether a sentence was broken off and begun anew, and what it began with cannot be left out."""
    return _restarted(sentence, rules) is not None


def _restarted(text: str, rules: Rules) -> tuple[str, str] | None:
    """What stands before and behind a dash where a sentence was broken off and begun anew; else None.

    It was broken off where its last word ends no sentence, or where there is hardly a word beside the same subject, and
    begun anew where a subject follows.
    """
    parts = _RESTART.split(text)
    if len(parts) != _TWO:
        return None
    before, after = (part.strip() for part in parts)
    words = straight(before).lower().split()
    is_broken_off = bool(words) and len(words) <= _LONGEST_START and words[-1] in rules.stop_words
    is_broken_off = is_broken_off or (0 < len(words) <= _TWO and words[0] == after.lower().split(" ")[0])
    is_anew = len(after.split()) >= _FEWEST_ANEW and rules.speech.anew.match(straight(after))
    return (before, after) if is_broken_off and is_anew else None


def _names_more(before: str, after: str, rules: Rules) -> bool:
    """Whether a noun stands before that does not stand behind; what follows a subject ("we measured") is a verb."""
    said = set(_WORD.findall(straight(after).lower()))
    last = ""
    for word in _WORD.findall(straight(before).lower()):
        is_verb = rules.subject.fullmatch(last) or rules.adverb.fullmatch(word)
        if word not in rules.stop_words and word not in said and not is_verb:
            return True
        last = last if rules.adverb.fullmatch(word) else word
    return False


def _without_pause(text: str, rules: Rules) -> str:
    """A sentence that ends, and not with a word that ends none, needs one of its three dots."""
    if is_unfinished(text, rules):
        return text
    return _PAUSE.sub(lambda match: match[1] or match[2], text)


def _without_openers(text: str, rules: Rules) -> str:
    """Leading fillers go as long as a sentence is left."""
    rest = text
    while match := rules.speech.opener.match(straight(rest)):
        shorter = rest[match.end() :].lstrip(" ,.…-–—")
        if not shorter:
            break
        rest = shorter
    return rest


def _tidy(text: str) -> str:
    """Without the commas and spaces that stood around what was left out."""
    # ".NET" begins with its stop.
    text = re.sub(r"\s+([,.;:!?])(?![.\w])", r"\1", text)
    text = re.sub(r",\s*([.!?,])", r"\1", text)
    return " ".join(text.split()).lstrip(" ,.…")
