"""Speaker labels: ``Ana:``, ``**Ana Ruiz:**``, ``ANA (CEO) [00:12]:`` at the start of a line, and who they make a speaker."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import pairwise

from contentkit.patterns import regex
from contentkit.sources.transcripts.interruptions import interrupts
from contentkit.values import dataclass

_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
# Behind it, in Markdown, where in a film it is.
TIME = rf"\\?[\[(]\s?{_CLOCK}(?:\s?(?:-->|-|–|→)\s?{_CLOCK})?\s?\\?[\])](?:\(https?:[^()\s]{{1,300}}\))?"
_PARTICLES = frozenset({
    "de", "del", "la", "las", "los", "da", "das", "do", "dos", "di", "du", "van", "von", "der", "den", "ter", "y",
    "e", "bin", "ibn", "al",
})  # fmt: skip
_PARTICLE = rf"(?:{'|'.join(sorted(_PARTICLES))})"
_WORD = r"[\w.'’&/-]{1,30}"
# Of five words beside the particles; what is bold may say who somebody is: **The person in the second row:**
_NAME = rf"[^\W_][\w.'’&/-]{{0,30}}(?:[ ](?:{_PARTICLE}[ ])*+{_WORD}){{0,4}}"
_BOLD_NAME = rf"[^\W_][\w.'’&/-]{{0,30}}(?:[ ]{_WORD}){{0,9}}"
# "(CEO)", "[laughs]", ", M.D.", ", PhD".
_ROLE = (
    r"[ ]?\([^():\n]{1,40}\)|[ ]\[[^\W\d_][^\[\]:\n]{1,40}\]"
    r"|,[ ](?:(?:[A-Z]\.){2,4}|Ph\.?D\.?|M\.?D\.?|MBA|Esq\.?|[JS]r\.?|C[EFOT]O)"
)
# As those write who tell speakers apart: [4.5s - 9.2s].
_SECONDS = r"\[\d{1,6}(?:\.\d{1,3})?s(?: - \d{1,6}(?:\.\d{1,3})?s)?\]"
_LABEL = regex(
    rf"^[ \t]{{0,3}}(?:(?:{TIME}|`?\d{{1,2}}:\d{{2}}(?::\d{{2}})?`?)[ \t]+)?"
    rf"(?P<bold>\*\*|__|\*|_)?(?:{TIME}[ ])?(?P<box>\[)?(?P<name>(?(bold){_BOLD_NAME}|{_NAME}))(?<!_)(?(box)\])(?P<role>{_ROLE})?"
    rf"(?P<timed>[ ]?(?:{TIME}|{_SECONDS}))?[ ]?"
    rf"(?P<colon>(?:\\?>){{2}}(?P=bold)|:(?P=bold)|(?P=bold)(?:[ ]?{TIME})?:|:)(?=[ \t,.;?!]|$)"
)
_LONGEST = 400
# 1. Setup: an item of a list.
_NUMBERED = regex(r"\d{1,3}\.[ ]")
# [Guide]: guide.md is where a link of Markdown leads.
_TARGET = regex(
    r"[ \t]*<?(?:[a-z]{2,10}:|[/#]|\.{1,2}/|[\w./-]{0,100}[\w-]\.[a-z]{2,5}(?![\w.]))[^\s]*(?:[ \t]+[\"'(].*)?[ \t]*"
)
_INITIALS = regex(r"[A-ZÀ-Þ]{2,3}(?:/[A-ZÀ-Þ]{2,3})*")
_MINUTED = regex(
    r"^#{1,6}\s+(?:agenda|present|attendees|attending|participants|asistentes|orden del día)\s*:?\s*$", re.I
)
# Words that start a line of a note with a colon and are nobody's name.
_NO_NAMES = frozenset(
    "a about acciones acción action actions acuerdo acuerdos agenda also although and another answer approach "  # noqa: SIM905
    "asistentes asked asunto attendees audience author autor background because benefit benefits best bonus bottom "
    "budget bug bugs but call caption caution caveat caveats change changes channel checklist cliente clientes "
    "comment comments como con conclusion conclusión cons context contexto cost costs cuando customer customers "
    "cuándo cómo date dato datos deadline decided decision decisiones decisions decisión default demo desde design "
    "detail details disclaimer discord discussion docs donde done draft duda dudas duración duration dónde edit eg "
    "ejemplo ejemplos email engineering enlace episode equipo example examples fact facts faq feature features fecha "
    "feedback figura figure file finally first fix fixed follow fourth from fuente fuentes fun funding fyi github "
    "goal goals growth headline hint foto hiring hook how http https idea ideas image imagen impact important "
    "importante info input insight intro introduction issue issues it key keywords lanzamiento later launch learned "
    "learning learnings lecciones lección lesson lessons licence license link linkedin links location lugar market "
    "marketing mastodon meeting mercado meta metas metrics mission mistake motivation name nb new next no nota notas "
    "note notes now number numbers objetivo objetivos ojo ok open opinion opinions option options or otr outcome output "
    "overview owner p.s para part participants parts pendiente pendientes phone photo picture plan plans platform point points "
    "porque post precio precios pregunta preguntas present price pricing priority pro problem problema problemas "
    "problems product producto project propuesta pros próximo próximos ps published punto puntos purpose q que "
    "question questions quien quién quote qué razón reason reasons recap recordatorio recorded recording reference "
    "references release remember reminder requirements respuesta respuestas result resultado resultados results "
    "resumen revenue riesgo riesgos risk risks roadmap sales second section security see siguiente slack so solución "
    "solution solutions source sources stack status step steps story subject summary support tag tags takeaway "
    "takeaways tarea tareas task tasks team tema temas test theme then third tip title tl;dr tldr to todo todos tools "
    "topic topics transcript twitter type título update updates url use user users value ventas venue vision warning "
    "website what when where which who why yes".split()
)
# The last word of a field of minutes, behind letters that stand for something: TSC Question, RFC Summary.
_FIELDS = frozenset(
    {"closed", "conclusion", "item", "items", "opinions", "proposal", "question", "resolution", "summary", "update"}
)
# Nothing but where something is to be read.
_ADDRESS = regex(r"[ \t*_]*<?https?://\S+[ \t]*")
# The share of paragraphs that begin with a label where a program set one before each.
_NEARLY_ALL = 0.8
_HEADING = regex(r" {0,3}#{1,6}[ \t]")
# What people say to each other, and lists of changes, of fields and of errors do not.
_TALK = regex(r"\?(?!\w)|(?<![\w.'’-])(?:i|i['’]m|i['’]ve|we|you|yo|tú|me|nos)(?![\w.-])", re.IGNORECASE)
_ASKS = regex(r"\?(?!\w)")
_MYSELF = regex(r"(?<![\w.'’/-])(?:i|i['’](?:d|ll|m|ve)|me|my|yo|mi)(?![\w./-])", re.IGNORECASE)
# One turn in so many of minutes asks, or is of whoever speaks.
_SELDOM = 5


@dataclass(frozen=True, kw_only=True)
class Label:
    """Who speaks at the start of a line, and where on the line the words begin.

    ``whole``: the words are as bold as the name, as interviewers' questions are. ``timed``: a time stands behind the name.
    """

    name: str
    bold: bool
    end: int
    whole: bool = False
    timed: bool = False


def label_at(line: str) -> Label | None:
    """The label that starts this line, if there is one. Whether it is a speaker's only the whole file can tell."""
    match = _LABEL.match(line[:_LONGEST]) if ":" in line or ">**" in line else None
    if not match or _NUMBERED.match(match["name"]) or (match["box"] and _TARGET.fullmatch(line[match.end() :])):
        return None
    whole = bool(match["bold"]) and match["colon"] == ":"
    if whole and not _ends_with(line[match.end() :].strip(), match["bold"]):
        return None
    if bool(match["bold"]) != (match["colon"] != ":") and not whole:
        return None
    name, bold, timed = " ".join(match["name"].split()), bool(match["bold"]), bool(match["timed"])
    return Label(name=name, bold=bold, end=match.end(), whole=whole, timed=timed)


def _ends_with(words: str, mark: str) -> bool:
    """Whether a mark that opened before these words closes behind all of them."""
    return len(words) > len(mark) and words.find(mark) == len(words) - len(mark)


def speakers_among(lines: Sequence[str], *, each: bool = False) -> frozenset[str]:
    """The names that speak in these lines; empty when they are no transcript. ``each``: a program begins every turn with one.

    Somebody must speak twice and somebody else at all; or one person under a full or bold name three times;
    or two or more once each, when nothing but their turns is there. Who speaks says more than addresses. Labels of which
    none stands twice below one heading name the parts of a text, unless somebody asks something there. A talk may have all
    its names in small letters.
    """
    found = {
        index: label
        for index, line in enumerate(lines)
        if (label := label_at(line)) and may_be_a_name(label.name) and not interrupts(line)
    }
    said = {label.name for index, label in found.items() if not _ADDRESS.fullmatch(lines[index], label.end)}
    found = {index: label for index, label in found.items() if label.name in said}
    turns = Counter(label.name for label in found.values())
    # A turn with its time is a paragraph wherever it stands, as programs write them.
    timed = {index for index in found if not lines[index].lstrip(" *_\t")[:1].isalpha()}
    starts = [
        index
        for index, line in enumerate(lines)
        if line.strip() and (index == 0 or not lines[index - 1].strip() or index in timed)
    ]
    prose = [index for index in starts if not lines[index].lstrip().startswith(("#", "---", "+++"))]
    if not found:
        return _talk_in_small_letters(lines)
    if len(found) < 2 or not prose or not _carries(found, prose) or _names_parts(found, lines):
        return frozenset()
    if len(turns) == 1:
        (name, count), label = turns.most_common(1)[0], next(iter(found.values()))
        speak = count > 2 and (label.bold or " " in name)
    else:
        # Where letters have no capitals, whatever stands before a colon may be a name.
        once = any(name[0].isupper() for name in turns) and all(index in found for index in prose)
        speak = max(turns.values()) > 1 or once
    return frozenset((*turns, *_in_small_letters(lines, found, each=each))) if speak else frozenset()


def speak_by_initials(lines: Sequence[str], speakers: Set[str]) -> bool:
    """Whether these are minutes in which most of who speaks is no more than initials: "MD:", "JB/JS:".

    They have an agenda, or hardly anybody asks or speaks of themselves in them.
    """
    initials = sum(bool(_INITIALS.fullmatch(name)) for name in speakers)
    if initials * 2 <= len(speakers):
        return False
    turns = [line[label.end :] for line in lines if (label := label_at(line)) and label.name in speakers]
    talk = sum(bool(_ASKS.search(words) or _MYSELF.search(words)) for words in turns)
    return talk * _SELDOM < len(turns) or any(_MINUTED.match(line) for line in lines)


def _in_small_letters(lines: Sequence[str], found: Mapping[int, Label], *, each: bool) -> Iterator[str]:
    """Who calls themselves ``lea bsp``: what they say must not become the words of whoever spoke before.

    In a transcript every line of which is a turn, or nearly, or under a bold label where the others are bold.
    """
    bold = sum(label.bold for label in found.values()) * 2 > len(found)
    small = [label for label in filter(None, map(label_at, lines)) if _is_small(label.name)]
    said = sum(bool(line.strip()) and not _HEADING.match(line) for line in lines)
    nearly_all = each or len(found) + len(small) >= _NEARLY_ALL * said
    return (label.name for label in small if (label.bold if bold else nearly_all))


def _talk_in_small_letters(lines: Sequence[str]) -> frozenset[str]:
    """Who speaks where nobody's name has a capital letter: ``lea: so why ink?``; empty in doubt.

    Two or more in turn, each twice at least, nearly nobody else, and two of them as people talk to each other.
    """
    labels = {index: label for index, line in enumerate(lines) if (label := label_at(line)) and _is_small(label.name)}
    turns = Counter(label.name for label in labels.values())
    speak = {name for name, count in turns.items() if count > 1}
    begun = [
        index
        for index, line in enumerate(lines)
        if line.strip() and not _HEADING.match(line) and (index in labels or index == 0 or not lines[index - 1].strip())
    ]
    in_turn = [labels[index].name for index in begun if index in labels and labels[index].name in speak]
    talk = {label.name for index, label in labels.items() if is_talk(lines[index][label.end :])}
    alternate = sum(one != other for one, other in pairwise(in_turn)) * 2 >= len(in_turn)
    carried = len(in_turn) >= _NEARLY_ALL * len(begun)
    return frozenset(turns) if len(talk & speak) > 1 and alternate and carried else frozenset()


def is_talk(words: str) -> bool:
    """Whether somebody asks in these words, or speaks of themselves or to others."""
    return bool(_TALK.search(words))


def _is_small(name: str) -> bool:
    return name[0].islower() and name.split(maxsplit=1)[0] not in _NO_NAMES


def _names_parts(found: dict[int, Label], lines: Sequence[str]) -> bool:
    """Whether the same labels come back below several headings, each once, as ``Symptom:`` and ``Remedy:`` do."""
    headings = [index for index, line in enumerate(lines) if _HEADING.match(line)]
    sections = Counter(bisect_right(headings, index) for index in found)
    places = Counter((bisect_right(headings, index), label.name) for index, label in found.items())
    if len(sections) < 2 or max(places.values()) > 1 or len({label.name for label in found.values()}) == len(found):
        return False
    return not any(_ASKS.search(line) for index, line in enumerate(lines) if bisect_right(headings, index) in sections)


def _carries(found: dict[int, Label], prose: Sequence[int]) -> bool:
    """Whether turns are what the text is made of: they start early, and at least a fifth of the paragraphs are turns."""
    first = next(iter(found))
    later = [index for index in prose if index >= first]
    return len(later) * 2 >= len(prose) and len(found) * 5 >= len(later)


def may_be_a_name(name: str) -> bool:
    """Whether the words before a colon may be somebody's name: capitalised, and no usual lead-in of a note."""
    words = name.split()
    capitalised = all(word in _PARTICLES or not word[0].islower() for word in words)
    return capitalised and not is_lead_in(name)


def is_lead_in(name: str) -> bool:
    """Whether the words begin a line of a note as no name does: ``Decision``, ``Next steps``, ``TSC Question``."""
    words = name.split()
    return words[0].casefold() in _NO_NAMES or (words[0].isupper() and words[-1].casefold() in _FIELDS)
