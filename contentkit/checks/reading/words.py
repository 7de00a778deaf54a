"""Words as two texts can share them: one case, no accents, one kind of apostrophe. Linear time."""

from __future__ import annotations

import unicodedata

from contentkit.patterns import regex

# Letters and digits, held together by an apostrophe: ``weren't``. Hyphens and dots separate.
WORD = regex(r"[^\W_]+(?:['’][^\W_]+)*")
# What a name may look like as a whole: ``TimeGPT-2``, ``Node.js``, ``O'Neill``, ``v2.3.1``.
COMPOUND = regex(r"[^\W_]+(?:[-‑.'’+][^\W_]+)*")
# What holds its parts together.
COMPOUND_PARTS = regex(r"[-‑.'’+]")
_BETWEEN = regex(r"[^\w]+")

_ENGLISH = "the and of to a in is it that was for we you on with this i be are have not but as they at or our so"
_SPANISH = "el la los las de que y en un una es por con para no se lo su al del como pero más nos fue este esta"
_STOP_WORDS = {"en": frozenset(_ENGLISH.split()), "es": frozenset(_SPANISH.split())}
STOP_WORDS = _STOP_WORDS["en"] | _STOP_WORDS["es"]


def folded(text: str) -> str:
    """The text in one case, without accents, with straight apostrophes."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.replace("’", "'"))
        text = "".join(character for character in decomposed if not unicodedata.combining(character))
    return text.casefold()


def words_of(text: str) -> list[str]:
    """The words of a text, folded, without a possessive's ending."""
    return [word.removesuffix("'s") for word in WORD.findall(folded(text))]


def joined(compound: str) -> str:
    """A compound as one word: ``TimeGPT-2`` and ``TimeGPT 2`` are one name."""
    word = folded(compound).removesuffix("'s")
    return word if word.isalnum() else _BETWEEN.sub("", word)


def stem(word: str) -> str:
    """A folded word without its plural, so that ``PRs`` is found where ``PR`` stands."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and len(word) > 2 and not word.endswith("ss") else word


def content_words(text: str) -> list[str]:
    """The stems of the words that carry meaning."""
    return [stem(word) for word in words_of(text) if word not in STOP_WORDS and (len(word) > 2 or word.isdigit())]


def language_of(declared: str, text: str) -> str:
    """``en``, ``es`` or empty for any other language: what is declared, else what the commonest words say."""
    if declared:
        primary = declared.lower().replace("_", "-").split("-")[0]
        return primary if primary in _STOP_WORDS else ""
    words = WORD.findall(text.lower())
    counts = {language: sum(word in stops for word in words) for language, stops in _STOP_WORDS.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if words and counts[best] >= 0.1 * len(words) else ""
