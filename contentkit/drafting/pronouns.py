"""Whether a sentence's pronouns have somebody to stand for within the sentence itself."""

from __future__ import annotations

import re

from contentkit.drafting.rules import Rules, straight

# A pronoun so early in a sentence can only stand for something said before, unless a noun came first.
_EARLY_WORDS = 9
_WORD = re.compile(r"[^\W_][\w'-]*")


def _ends_a_clause(word: str, rest: str, rules: Rules) -> bool:
    """Whether "that" or "this" is a pronoun here, because nothing follows that it could point to."""
    return bool(rules.pointer.fullmatch(word)) and (not rest or rest[0] in ",.;:!?")


def unresolved(sentence: str, rules: Rules) -> bool:
    """Whether an early pronoun ("I decided to follow their advice") has no noun before it in this sentence.

    There is no grammar here: a noun is taken to be a content word that does not follow a subject ("I", "we")
    or an infinitive's "to", which makes it a verb. Errs towards True.
    """
    before = ""
    noun = False
    for match in list(_WORD.finditer(straight(sentence)))[:_EARLY_WORDS]:
        word = match.group().lower()
        if not noun and (rules.pronoun.fullmatch(word) or _ends_a_clause(word, sentence[match.end() :], rules)):
            return True
        if word not in rules.stop_words and not rules.subject.fullmatch(before):
            noun = True
        if not rules.adverb.fullmatch(word):
            before = word
    return False
