"""Whether a sentence's pronouns have somebody to stand for within the sentence itself."""

from __future__ import annotations

from contentkit.drafting.rules import Rules, straight
from contentkit.patterns import regex

# A pronoun so early in a sentence can only stand for something said before, unless a noun came first.
_EARLY_WORDS = 9
_WORD = regex(r"[^\W_][\w'-]*")


def unresolved(sentence: str, rules: Rules) -> bool:
    """Whether an early pronoun ("I decided to follow their advice") has no noun before it in this sentence.

    There is no grammar here: a noun is taken to be a content word that does not follow a subject ("I", "we")
    or an infinitive's "to", which makes it a verb; "he" and "she" need a name or a noun with an article.
    Errs towards True.
    """
    sentence = straight(sentence)
    if expletive := rules.expletive.match(sentence):
        sentence = sentence[expletive.end() :]
    words = _WORD.findall(sentence)[: _EARLY_WORDS + 1]
    clauses = _ends_of_clauses(sentence)
    before, noun, person = "", False, False
    for place, word in enumerate(words[:_EARLY_WORDS]):
        lower = word.lower()
        if rules.personal.fullmatch(lower) and not person:
            return True
        if not noun and (rules.pronoun.fullmatch(lower) or _points(words, place, place in clauses, rules)):
            return True
        is_noun = (
            lower not in rules.stop_words and not rules.subject.fullmatch(before) and not rules.adverb.fullmatch(lower)
        )
        noun = noun or is_noun
        person = person or (is_noun and (bool(rules.determiner.fullmatch(before)) or word[0].isupper()))
        if not rules.adverb.fullmatch(lower):
            before = lower
    return False


def lost_object(sentence: str, rules: Rules) -> bool:
    """Whether an object ("We deleted them.", "Ana wrote it.") has no noun before it in this sentence.

    The subject of a clause cannot be what its object stands for (that would be "itself"), so that beside "Ana"
    another noun is needed, and one is enough beside "we". A time ("In April we put it online") is none.
    """
    text = straight(sentence)
    found = rules.object_pronoun.search(text)
    if not found:
        return False
    groups, inside, before, spoken = 0, False, "", False
    for word in _WORD.findall(text[: found.start()]):
        lower = word.lower()
        spoken = spoken or (bool(rules.subject.fullmatch(lower)) and bool(rules.first_person.fullmatch(lower)))
        is_noun = lower not in rules.stop_words and not rules.time.fullmatch(lower)
        is_noun = is_noun and not rules.subject.fullmatch(before)
        groups += is_noun and not inside
        inside = is_noun
        if not rules.adverb.fullmatch(lower):
            before = lower
    return groups < (1 if spoken or rules.language != "en" else 2)


def _points(words: list[str], place: int, ends_a_clause: bool, rules: Rules) -> bool:
    """Whether "that" or "this" stands for something itself, because no noun follows that it could point to."""
    if not rules.pointer.fullmatch(words[place].lower()):
        return False
    following = words[place + 1].lower() if place + 1 < len(words) else ""
    return ends_a_clause or bool(rules.after_pointer.fullmatch(following))


def _ends_of_clauses(sentence: str) -> set[int]:
    """The places, counted in words, of the words that a comma or a stop follows."""
    matches = list(_WORD.finditer(sentence))
    return {
        place
        for place, match in enumerate(matches)
        if sentence[match.end() : match.end() + 1] in tuple(",.;:!?") or match.end() == len(sentence)
    }
