"""Whether a post leans on something before it: a rule of its own, written without looking at the drafter's.

The drafter knows words that it does not begin with. This rule asks something else of the first sentence: is a pronoun or a
pointing word met before anything that it could mean was named? Only the closed classes of the two languages are
listed (pronouns, connectives, articles). It looks at form alone, so that an "it" that means nothing (it rains) is known by
a few patterns only; what it flags is printed, to be read.
"""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[^.!?…\n]*(?:\.(?=\w)[^.!?…\n]*)*")
_TOKEN = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*|[,:;—–(]")
# "Ana Ruiz: “Why?”" names who asks; what is asked is not the post's own beginning.
_ASKED = re.compile(r"^[^\n:]{2,40}: [“\"][^\n]*\n\n")
# "Ana Ruiz: We sold it." names who speaks, not what is spoken of.
_SPEAKS = re.compile(r"^[A-ZÀ-Þ][^\n:,;.!?]{1,40}: (?=[A-ZÀ-Þ¿¡])")

_CONNECTIVES = {
    "en": """and but or nor yet so however therefore thus hence moreover furthermore besides nevertheless nonetheless meanwhile
    similarly likewise consequently accordingly additionally conversely otherwise instead also again plus anyway anyways""",
    "es": """y e pero o sino así entonces además también asimismo luego pues mientras igualmente consecuentemente tampoco
    aunque incluso finalmente""",
}
_PHRASES = {
    "en": """in addition|as a result|for (?:example|instance)|that (?:said|being said|way)|on the other hand|in contrast|in other
    words|after all|of course|even so|even then|as such|at the same time|because of (?:this|that|it)|
    the (?:latter|former|same|other|
    rest|second|third|next)(?: one| of| thing)?|one of (?:them|these|those)|as (?:I|we) (?:said|mentioned|saw)|the above|
    such (?:an?|as)?|another|others|neither|both(?! [^.]* and )|either way|same here|which (?:is|was|means|meant|makes|made)""",
    "es": """sin embargo|por (?:lo tanto|tanto|eso|ello|esto|ejemplo|otro lado|otra parte)|no obstante|en cambio|de hecho|es
    decir|o sea|a (?:pesar de|raíz de) (?:ello|eso|esto)|lo (?:anterior|mismo|cual)|tanto es así|en este sentido|al mismo
    tiempo|dich[oa]s?|tal(?:es)?|amb[oa]s|otr[oa]s?|uno de ell""",
}
_REPLIES = {
    "en": "yes yeah yep yup no nope right exactly sure absolutely well okay ok oh mm um uh hmm correct totally definitely true",
    "es": "sí no claro exacto exactamente bueno vale correcto efectivamente",
}
_PRONOUNS = {
    "en": "he she him her hers his they them their theirs",
    "es": "él ella ellos ellas aquél aquello ello",
}
_POINTERS = {
    "en": "this that these those",
    "es": "este esta estos estas ese esa esos esas esto eso aquel aquella aquellos aquellas",
}
# What pointing at needs no word before: when it is said, and what is being read.
_NOW = {
    "en": """week month year morning afternoon evening summer winter autumn fall spring season quarter time weekend day days
    january february march april may june july august september october november december monday tuesday wednesday thursday
    friday saturday sunday decade century past last point""",
    "es": "semana mes año mañana tarde noche verano invierno otoño primavera trimestre fin día días momento década último última",
}
# After these a noun is named.
_NAMING = {
    "en": "a an the our my your every some many most each no any all several few both one two three four five six seven eight",
    "es": "un una unos unas el la los las nuestro nuestra nuestros nuestras mi mis tu su cada algunos algunas muchos muchas",
}
_NO_NAMES = {
    "en": """i we you us me it's i'm we're you're i've we've i'll we'll i'd we'd there here what when where why who how if while
    since after before because although though as at by for from in into of on with without not never is are was were be been
    do does did have has had will would can could should may might must let let's to just only even then now once until unless
    during through about over under more so up out than""",
    "es": """yo nosotros nos me te se tú usted hay qué cuando cuándo donde dónde por para con sin de del en a al si mientras
    desde hasta como cómo es son era fue ser ha han había hemos puede pueden no nunca ya ahora solo sólo más que quién""",
}
_AFTER_A_POINTER = """is was isn't wasn't will would can could has had means meant makes made gives gave helps works in on with
via to at by for of , ; : ( —"""
_PREPOSITIONS = {
    "en": "about after at before between by during for from in into of on over since than through under until when while with "
    "without if as",
    "es": "a al ante bajo con contra de del desde durante en entre hacia hasta para por según sin sobre tras cuando si como",
}
# "It is hard to say", "it turns out that", "it took a week to": not "it is going to rain here".
_EMPTY_IT = re.compile(
    r"\bit(?!['’]s going|\s+is going)(?:['’](?:s|ll|d)|\s+(?:is|was|has been|had been|has become|will|would|can|could|may|might|"
    r"must|should|became|becomes|seems|seemed|turns|turned|took|takes|helps|helped|comes|came|feels|felt))\s+"
    r"(?:[\w,]+\s+){0,7}?(?:to\s+[a-z]|(?:that|when|if|how|why|who|for|out)\b)",
    re.I,
)


def dangling(post: str, language: str) -> str:
    """What a post leans on, in its own words; empty when it stands by itself. Unknown languages are read as English."""
    code = "es" if language.startswith("es") else "en"
    opening = _SPEAKS.sub("", _ASKED.sub("", post)).lstrip("\"“”«'‘(¿¡•-* \n")
    sentence = _SENTENCE.match(opening)
    first = " ".join((sentence.group() if sentence else "").split())
    tokens = [token.lower().replace("’", "'") for token in _TOKEN.findall(first)]
    if not tokens:
        return ""
    return _opener(first, tokens, code) or _unnamed(first, tokens, code)


def _opener(first: str, tokens: list[str], code: str) -> str:
    if tokens[0] in _CONNECTIVES[code].split():
        return tokens[0]
    if tokens[0] in _REPLIES[code].split() and (len(tokens) == 1 or tokens[1] in ",:;—–"):
        return tokens[0]
    phrases = " ".join(_PHRASES[code].split()).replace("| ", "|")
    found = re.match(rf"(?:{phrases})\b", first, re.I)
    return found.group() if found and found.group() else ""


def _unnamed(first: str, tokens: list[str], code: str) -> str:
    """The first word that stands for something, when nothing was named before it."""
    shown = _TOKEN.findall(first)
    for place, token in enumerate(tokens):
        bare = token.partition("'")[0]
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        if bare in _PRONOUNS[code].split():
            return token
        if bare in _POINTERS[code].split() and _points(token, place, following, code):
            return f"{token} {following}".strip()
        if code == "en" and bare in ("it", "its") and not (bare == "it" and _EMPTY_IT.search(first)):
            return token
        # A first word before a comma is no noun: "Afterwards, it grew."
        if not (place == 0 and following == ",") and _names(shown[: place + 1], code):
            return ""
    return ""


def _points(token: str, place: int, following: str, code: str) -> bool:
    bare = token.partition("'")[0]
    if following in _NOW[code].split() or (bare == "those" and following in ("who", "that", "of", "in", "with")):
        return False
    # Further in, "that" joins clauses, unless a verb or nothing at all comes after it.
    joins = bare == "that" and token == "that" and place and following not in _AFTER_A_POINTER.split()
    return not joins or not following


def _names(shown: list[str], code: str) -> bool:
    """Whether a noun stands at the end of these words, or will stand after them: an article, a number, a name, the first
    word of a sentence, a word after a preposition, the second of two words that are of no closed class."""
    tokens = [word.lower().replace("’", "'") for word in shown]
    token = tokens[-1]
    if token in _NAMING[code].split() or token[0].isdigit():
        return True
    if not _is_open(token, code):
        return False
    before = tokens[-2] if len(tokens) > 1 else ""
    return shown[-1][0].isupper() or not before or before in _PREPOSITIONS[code].split() or _is_open(before, code)


def _is_open(word: str, code: str) -> bool:
    """Whether this is a noun, a verb, an adjective or an adverb."""
    return bool(word) and word[0].isalpha() and word not in _NO_NAMES[code].split()
