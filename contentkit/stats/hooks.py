"""How a thread begins: few kinds, told apart by rules, so that the same words are always of the same kind.

Only the first sentence counts. The first kind in the order of ``HOOKS`` whose mark it bears is its kind:

* ``question``: it asks.
* ``quotation``: it begins with a quotation mark.
* ``announcement``: it says that something is new, out or coming (announce, release, "is here").
* ``number``: it has a number that counts or measures; a year, a version or a name with digits does not.
* ``contrast``: it sets one thing against another (but, instead of, not ... but).
* ``story``: it goes back to a time (when, last week, years ago).
* ``invitation``: it begins by asking the reader to do something (try, join, read).
* ``statement``: any other.

Marks and digits are known in every language, words in English and Spanish. Where nobody knows the language, both are tried.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import takewhile
from typing import Literal, get_args

from contentkit.patterns import regex
from contentkit.text import sentences, urls_in

Hook = Literal["question", "quotation", "announcement", "number", "contrast", "story", "invitation", "statement"]
HOOKS: tuple[Hook, ...] = get_args(Hook)

# What stands before the words: pictures, bullets, the number of a part. Marks that mean something stay.
_BEFORE = regex(r"\A(?:[^\w¿\"“”«„‘'‚‹]|_)*(?:[0-9]{1,2}/[0-9]{0,2}(?![\w/])[\s:.)]*)?(?:[^\w¿\"“”«„‘'‚‹]|_)*")
_QUESTION_MARKS = frozenset("?？؟")
_QUOTES = regex(r"\A[\"“”«„‘'‚‹](?=\w)")
# Not within a word, a name (GPT-4), a version (2.1.0, v3) or a date.
_NUMBER = regex(r"(?<![\w.,/:#@-])[~≈<>+±$€£]?(?P<digits>[0-9][0-9.,]*)(?P<after>[^\W\d_]*)(?![\w/:-])")
_YEARS = range(1900, 2100)

# Patterns with bars between them; \A is where the words begin.
_WORDS: dict[str, dict[Hook, str]] = {
    "en": {
        "announcement": r"""
            announc(?:e|es|ed|ing|ement) | introduc(?:e|es|ed|ing) | releas(?:e|es|ed|ing) | launch(?:es|ed|ing)?
            | ship(?:s|ped|ping) | unveil(?:s|ed|ing)? | (?:is|are) (?:here|out|live|open) | (?:out|available|live) (?:now|today)
            | now (?:available|open|live|supports?) | coming (?:soon|to) | just (?:out|landed) | say hello to | \Ameet
            | \Anew(?=:| in\b)""",
        "contrast": r"""
            but | instead(?: of)? | yet | however | although | though | rather than | unlike | contrary to | used to | except
            | versus | vs | (?:is|are|was|were) not about | (?:isn|aren|wasn|weren)['’]t about | no longer""",
        "story": r"""
            \Awhen | \Aonce | \Ayesterday | \Alast (?:night|week|month|year|spring|summer|autumn|fall|winter) | \Aback in
            | \Ain (?:19|20)[0-9]{2} | (?:hours|days|weeks|months|years|decades|week|month|year) ago
            | \Athe (?:day|first time|moment)""",
        "invitation": r"""
            \A(?:try|join|read|watch|see|come|look|help|tell|share|ask|learn|sign up|register|take|check|let['’]s|listen
            |imagine|remember|stop|start|don['’]t|do not|please)""",
    },
    "es": {
        "announcement": r"""
            anunci(?:o|a|amos|an|é|ó|ando) | present(?:o|a|amos|an|é|ó|ando) | lanz(?:o|a|amos|an|é|ó|ando) | lanzamiento
            | public(?:amos|an|ó|ando) | publiqué | estren(?:o|a|amos|an|é|ó|ando) | ya (?:está|están|se puede|disponibles?)
            | disponibles? (?:ya|desde|ahora|hoy) | acab(?:a|o|amos|an) de | llega(?:n|mos)? | próximamente
            | \Anuev[oa]s?(?=:) | novedad(?:es)?""",
        "contrast": r"""
            pero | sino | en vez de | en lugar de | sin embargo | aunque | a diferencia de | al contrario | no se trata
            | en cambio | mientras que | frente a | excepto | ya no""",
        "story": r"""
            \Acuando | \Aayer | \Aanoche | \A(?:el|la) (?:semana|mes|año|verano|invierno|otoño|primavera) pasad[oa]
            | \Aen (?:19|20)[0-9]{2} | \Ahace | \Aérase | \Auna vez | \Ala primera vez | \Ael día (?:que|en que)""",
        "invitation": r"""
            \A(?:prueba|prueben|probad|únete|únanse|uníos|lee|lean|leed|mira|miren|mirad|ven|vengan|venid|ayuda|ayúdanos
            |cuéntanos|comparte|compartan|pregunta|aprende|aprendan|regístrate|apúntate|descubre|descubran|escucha
            |imagina|recuerda|no te pierdas|echa un vistazo)""",
    },
}
_BY_WORDS: tuple[Hook, ...] = ("contrast", "story", "invitation")


def hook_of(text: str, language: str) -> Hook:
    """How a thread begins whose first post has this text, in this language (a code as ``en`` or ``es-MX``; empty: unknown)."""
    opening = _opening(text)
    if _asks(opening):
        return "question"
    if _QUOTES.match(opening):
        return "quotation"
    if _says("announcement", opening, language):
        return "announcement"
    if _counts(opening):
        return "number"
    return next((hook for hook in _BY_WORDS if _says(hook, opening, language)), "statement")


def _opening(text: str) -> str:
    """The first sentence of the first line that has words, without links and without what stands before the words."""
    for line in _without_links(text).splitlines():
        words = _BEFORE.sub("", line, count=1)
        spans = sentences(words)
        if spans:
            return words[slice(*spans[0])].strip()
    return ""


def _without_links(text: str) -> str:
    for start, end in reversed(urls_in(text)):
        text = text[:start] + text[end:]
    return text


def _asks(opening: str) -> bool:
    """Whether it opens or ends with a question mark, whatever marks and pictures stand behind that."""
    after_words = takewhile(lambda character: not character.isalnum(), reversed(opening))
    return opening.startswith("¿") or not _QUESTION_MARKS.isdisjoint(after_words)


def _says(hook: Hook, opening: str, language: str) -> bool:
    code = language.partition("-")[0].lower()
    return any(_pattern(one, hook).search(opening) for one in _WORDS if code in ("", one))


@cache
def _pattern(language: str, hook: Hook) -> re.Pattern[str]:
    words = "|".join(one.strip() for one in _WORDS[language][hook].split("|"))
    return regex(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def _counts(opening: str) -> bool:
    """Whether it has a number that is no year."""
    for found in _NUMBER.finditer(opening):
        digits = found["digits"].rstrip(".,")
        is_year = digits.isdecimal() and len(digits) == 4 and int(digits) in _YEARS and not found["after"]
        is_version = digits.count(".") > 1
        if not is_year and not is_version:
            return True
    return False
