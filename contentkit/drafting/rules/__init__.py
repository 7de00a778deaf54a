"""What the extractive drafter knows of a language: word lists and patterns, read from ``<language>.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from contentkit.drafting.rules.phrases import Phrases
from contentkit.patterns import regex
from contentkit.values import dataclass

LANGUAGES = ("en", "es")
# Any other language, as BCP 47 calls one that was not determined.
UNKNOWN = "und"
# The commonest words of languages without rules, which English and Spanish do not have: only to tell that it is neither.
_OTHERS = frozenset(
    word
    for words in (
        "und der die das ist nicht den von sie mit ein eine einen auf für dem wir auch wird sind bei nach haben wurde wie war zu",
        "et les des est dans une pour qui pas sur avec plus nous vous ils sont été cette mais ou où aux ces leur",
        "não uma você são foi pelo pela isso muito seu sua ao aos nós também já às da dos das em os mais ou ele",
        "il che non per della gli sono anche nel dei delle più questo alla ha è di",
        "het een van niet dat zijn voor met ook naar maar wij deze heeft worden",
        "nie jest się na że jak ale oraz dla od przez som och att det inte är för på av",
    )
    for word in words.split()
)
# Letters after this one are not Latin; so many characters tell the script.
_LAST_LATIN, _SAMPLE = 0x24F, 2000
_NOTHING = "(?!)"
# The entries that are taken as they are: lists of patterns, and single ones.
_PHRASES = (
    "additive leaning outlook trailing pointing deictic glued cataphoric boilerplate teaser asking news unsolved refusing"
    " announcing bland finite hype"
)
_PATTERNS = (
    "first_person past tells pointed relative present pronoun object_pronoun time pointer after_pointer personal determiner"
    " subject adverb"
)


@dataclass(frozen=True, kw_only=True)
class Speech:
    """What may be cleaned from spoken sentences, and what speaks to the host instead of a reader."""

    hesitations: re.Pattern[str]
    opener: re.Pattern[str]  # at the start
    asides: re.Pattern[str]
    interruptions: re.Pattern[str]  # an aside with both of its commas, before a word that goes on with the clause
    why: Phrases
    because: re.Pattern[str]  # at the start
    joining: re.Pattern[str]  # at the start
    hedges: re.Pattern[str]
    softeners: re.Pattern[str]
    addressed: Phrases
    fillers: re.Pattern[str]  # a whole sentence without its end mark
    unfinished: re.Pattern[str]  # one word
    anew: re.Pattern[str]  # at the start
    objection: re.Pattern[str]  # at the start
    torn: re.Pattern[str]  # at the start
    subordinate: re.Pattern[str]  # at the start
    origin: re.Pattern[str]  # at the start
    throat: re.Pattern[str]  # at the start
    turn: Phrases
    praise: Phrases
    maxim: Phrases
    asks: re.Pattern[str]  # at the start
    asks_back: re.Pattern[str]  # with regard to case
    who_before: re.Pattern[str]  # with regard to case, at the end of what stands before a name
    who_behind: re.Pattern[str]  # with regard to case, at the start of what stands behind it
    pointer_first: re.Pattern[str]
    points_at: re.Pattern[str]
    open_word: re.Pattern[str]
    counts_out: re.Pattern[str]
    reports: re.Pattern[str]  # at the start, to where the words begin that somebody said
    second_person: re.Pattern[str]
    goes_on_telling: re.Pattern[str]  # at the start
    verb: re.Pattern[str]
    hanging: re.Pattern[str]
    piece: re.Pattern[str]  # at the start
    subjectless: re.Pattern[str]  # at the start
    turns_round: re.Pattern[str]  # at the start
    outcome: re.Pattern[str]  # at the start
    stakes: re.Pattern[str]
    preaches: re.Pattern[str]
    asks_little: re.Pattern[str]
    denies: re.Pattern[str]
    matter: re.Pattern[str]
    oneself: re.Pattern[str]
    defines: re.Pattern[str]
    absolute: re.Pattern[str]
    introduces: re.Pattern[str]  # at the start, with regard to case; a name in one of its groups


@dataclass(frozen=True, kw_only=True, eq=False)
class Rules:
    """One language. Patterns expect straight apostrophes (see ``straight``); those anchored at the start say so."""

    language: str
    stop_words: frozenset[str]
    connective: re.Pattern[str]  # at the start
    dangling: re.Pattern[str]  # at the start
    additive: Phrases  # in a first sentence without its connectives
    leaning: Phrases  # in a first sentence without its connectives
    expletive: re.Pattern[str]  # at the start
    caveat: re.Pattern[str]  # at the start
    trailing: Phrases  # at the end of a first sentence
    pointing: Phrases  # in a first sentence of speech
    presents: re.Pattern[str]  # at the start
    deictic: Phrases
    glued: Phrases
    cataphoric: Phrases
    boilerplate: Phrases
    teaser: Phrases
    asking: Phrases
    news: Phrases
    unsolved: Phrases
    refusing: Phrases  # in a heading or a lead-in
    announcing: Phrases
    bland: Phrases
    finite: Phrases
    turning: re.Pattern[str]  # at the start
    present: re.Pattern[str]
    relative: re.Pattern[str]  # begins a clause of which another one is ruled
    hype: Phrases
    skipped_heading: Phrases
    concluding_heading: Phrases
    punch: re.Pattern[str]
    contrast: Phrases
    judgement: Phrases
    outlook: Phrases
    subordinate: re.Pattern[str]  # at the start
    number: re.Pattern[str]
    first_person: re.Pattern[str]
    past: re.Pattern[str]
    demonstrative: re.Pattern[str]
    tells: re.Pattern[str]  # who, in the group of that name
    pointed: re.Pattern[str]  # its noun in the group of that name
    pronoun: re.Pattern[str]  # one word
    object_pronoun: re.Pattern[str]
    time: re.Pattern[str]  # one word
    pointer: re.Pattern[str]  # one word
    after_pointer: re.Pattern[str]  # one word
    personal: re.Pattern[str]  # one word
    determiner: re.Pattern[str]  # one word
    subject: re.Pattern[str]  # one word; what follows it is a verb
    adverb: re.Pattern[str]  # one word; may stand between a subject and its verb
    counted: Mapping[str, int]
    labels: Mapping[str, str]
    speech: Speech


def straight(text: str) -> str:
    """The text with straight apostrophes, letter for letter as long as before."""
    return text.replace("’", "'").replace("‘", "'")


def is_known(language: str) -> bool:
    """Whether there are rules for a language tag (``es``, ``es-MX``); without a language, English is meant."""
    return _primary(language) in LANGUAGES


@cache
def rules_for(language: str) -> Rules:
    """The rules for a language tag; those that know no word where there are none for it."""
    name = _primary(language) if is_known(language) else UNKNOWN
    file = name if name in LANGUAGES else LANGUAGES[0]
    data = _table(file)
    if name == UNKNOWN:
        data = {**_silenced(data), "counted": {}, "labels": dict.fromkeys(data["labels"], "")}
    return Rules(
        language=name,
        stop_words=_stop_words().get(name, frozenset()),
        connective=_at_start(data["connectives"], r"(?:[\s,]+|$)"),
        dangling=_at_start(data["dangling"]),
        presents=_at_start(data["presents"]),
        expletive=_at_start(data["expletive"]),
        caveat=_at_start(data["caveat"]),
        subordinate=_at_start(data["subordinate"]),
        turning=_at_start(data["turning"]),
        **_each(Phrases, data, _PHRASES),
        skipped_heading=Phrases(r"\b" + words for words in data["skipped_headings"]),
        concluding_heading=Phrases(r"\b" + words for words in data["concluding_headings"]),
        punch=_words(data["punch"]),
        contrast=Phrases(data["contrasts"]),
        judgement=Phrases(data["judgements"]),
        number=regex(r"(?<![\w.])[$€£]?\d[\d.,]*(?:[%xkMB]|\b)|\b(?:" + "|".join(data["numbers"]) + r")\b", re.I),
        demonstrative=regex(data["demonstratives"], re.I),
        **_each(_pattern, data, _PATTERNS),
        counted=data["counted"],
        labels=data["labels"],
        speech=_speech(data["speech"]),
    )


@cache
def _table(name: str) -> Mapping[str, Any]:
    """What one of the files here says: that of a language, or ``stop_words``."""
    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def _stop_words() -> Mapping[str, frozenset[str]]:
    """Those of each language."""
    return {language: frozenset(words.split()) for language, words in _table("stop_words").items()}


def language_of(text: str) -> str:
    """The language whose stop words the text uses most, English when none is; ``und`` where those of others are more."""
    words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", straight(text.lower()))
    votes = {language: sum(word in stop_words for word in words) for language, stop_words in _stop_words().items()}
    best = max(LANGUAGES, key=lambda language: votes[language])
    others = sum(word in _OTHERS for word in words)
    return UNKNOWN if (others and others >= votes[best]) or _is_in_another_script(text) else best


def _is_in_another_script(text: str) -> bool:
    """Whether most letters are of a script that neither English nor Spanish is written in."""
    letters = [character for character in text[:_SAMPLE] if character.isalpha()]
    return sum(ord(letter) > _LAST_LATIN for letter in letters) * 2 > len(letters)


def _primary(language: str) -> str:
    return language.lower().replace("_", "-").split("-")[0] or LANGUAGES[0]


def _silenced(data: Mapping[str, Any]) -> dict[str, Any]:
    """The same keys with patterns that match nothing."""
    return {
        key: _silenced(value) if isinstance(value, dict) else [_NOTHING] if isinstance(value, list) else _NOTHING
        for key, value in data.items()
    }


def _speech(data: Mapping[str, Any]) -> Speech:
    return Speech(
        hesitations=regex(
            rf"(?:,\s*)?(?<!\w)(?:{'|'.join(data['hesitations'])})(?:,|\.{{3}}|…)?(?=[\s,.!?…-]|$)", re.I
        ),
        opener=regex(
            rf"(?:{_either(data['openers'])})(?:\s*[,.…]+\s*|\s+)|(?:{_either(data['openers_before_a_comma'])})\s*[,.…]+\s*",
            re.I,
        ),
        asides=regex(r",\s*(?:" + "|".join(data["asides"]) + r")(?=,)", re.I),
        interruptions=regex(rf",\s*(?:{'|'.join(data['asides'])}),(?=\s+(?:{'|'.join(data['going_on'])})\b)", re.I),
        why=Phrases([data["why"]]),
        because=regex(data["because"], re.I),
        joining=_words([data["joining"]]),
        hedges=_words(data["hedges"]),
        softeners=_words(data["softeners"]),
        addressed=Phrases(data["addressed"]),
        fillers=_at_start(data["fillers"]),
        unfinished=regex(data["unfinished"], re.I),
        anew=regex(data["anew"], re.I),
        objection=regex(data["objection"], re.I),
        torn=_words(data["torn"]),
        subordinate=_words(data["subordinate"]),
        origin=_words(data["origin"]),
        throat=_at_start(data["throat"]),
        turn=Phrases(data["turn"]),
        praise=Phrases([data["praise"]]),
        maxim=Phrases(data["maxim"]),
        asks=regex(data["asks"], re.I),
        asks_back=regex(data["asks_back"]),
        introduces=regex(data["introduces"]),
        who_before=regex(data["who_before"]),
        who_behind=regex(data["who_behind"]),
        pointer_first=regex(data["pointer_first"], re.I),
        points_at=regex(data["points_at"], re.I),
        open_word=regex(data["open_word"], re.I),
        counts_out=regex(data["counts_out"], re.I),
        reports=regex(data["reports"], re.I),
        second_person=regex(data["second_person"], re.I),
        goes_on_telling=_words([data["goes_on_telling"]]),
        **_each(_pattern, data, "verb hanging piece subjectless turns_round outcome stakes preaches"),
        **_each(_pattern, data, "denies absolute asks_little matter oneself defines"),
    )


def _each(made: Callable[[Any], object], data: Mapping[str, Any], names: str) -> dict[str, Any]:
    """What is made of the entries with these names, by their names."""
    return {name: made(data[name]) for name in names.split()}


def _pattern(pattern: str) -> re.Pattern[str]:
    return regex(pattern, re.I)


def _at_start(patterns: Iterable[str], end: str = "") -> re.Pattern[str]:
    return regex(f"(?:{_either(patterns)}){end}", re.I)


def _words(patterns: Iterable[str]) -> re.Pattern[str]:
    return regex(rf"(?<!\w)(?:{_either(patterns)})(?!\w)", re.I)


def _either(patterns: Iterable[str]) -> str:
    """One of the patterns, the longest first: "so that" must be tried before "so"."""
    return "|".join(sorted(patterns, key=len, reverse=True))
