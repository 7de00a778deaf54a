"""Speaker labels: ``Ana:``, ``**Ana Ruiz:**``, ``ANA (CEO) [00:12]:`` at the start of a line, and who they make a speaker."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

TIME = r"\\?[\[(]\s?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:\s?(?:-->|-|–)\s?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?)?\s?\\?[\])]"
_NAME = r"[^\W_][\w.'’&/-]{0,30}(?:[ ][\w.'’&/-]{1,30}){0,4}"
_ROLE = r"[ ]?\([^():\n]{1,40}\)"
_LABEL = re.compile(
    rf"^[ \t]{{0,3}}(?:(?:{TIME}|\d{{1,2}}:\d{{2}}(?::\d{{2}})?)[ \t]+)?"
    rf"(?P<bold>\*\*|__)?(?P<name>{_NAME})(?P<role>{_ROLE})?(?:[ ]?{TIME})?[ ]?"
    rf"(?P<colon>:\*\*|:__|\*\*:|__:|\*\*[ ]?{TIME}:|:)(?=[ \t]|$)"
)
# Words that start a line of a note with a colon and are nobody's name.
_NO_NAMES = frozenset(
    """a q about action actions agenda also although and another answer approach asked attendees audience author background because benefit
    benefits best bonus bottom budget but bug bugs call caution caveat caveats change changes channel checklist comment comments con cons
    conclusion context cost costs customer customers date deadline decided decision decisions default demo design detail details discussion
    disclaimer docs done draft edit eg engineering example examples fact facts faq fact feature features feedback file fix fixed follow from funding
    fun fyi goal goals growth headline hint hiring hook how http https idea ideas impact important info input insight intro introduction issue
    issues it key keywords later launch learned learning learnings lesson lessons licence license link links location market marketing
    metrics mission mistake motivation name new next no note notes nb now number numbers ok open option options or outcome output
    overview owner p.s part participants parts plan plans point points post present price pricing priority pro problem problems product
    project pros ps purpose question questions quote reason reasons recap reference references release remember reminder requirements
    result results revenue risk risks roadmap sales second section see security so solution solutions source sources stack status step steps story
    subject summary support tag tags takeaway takeaways task tasks team test then theme third tip title tl;dr tldr to todo todos tools
    topic topics type update updates url use user users value vision warning what when where which who why yes
    acción acciones acuerdo acuerdos agenda asistentes asunto autor cliente clientes conclusión contexto cuándo cuando dato datos decisión
    decisiones dónde donde duda dudas ejemplo ejemplos enlace equipo fecha fuente fuentes idea importante lanzamiento lección lecciones lugar meta metas
    mercado nota notas objetivo objetivos ojo para pendiente pendientes porque precio precios pregunta preguntas próximo próximos problema problemas producto
    propuesta punto puntos qué que quién quien razón recordatorio respuesta respuestas resultado resultados resumen riesgo riesgos siguiente solución
    tarea tareas tema temas título ventas cómo como desde first second third fourth finally otr break""".split()
)
_PARTICLES = frozenset("de del la las los da das do dos di du van von der den ter y e bin ibn al".split())


@dataclass(frozen=True, kw_only=True)
class Label:
    """Who speaks at the start of a line, and where on the line the words begin."""

    name: str
    bold: bool
    end: int


def label_at(line: str) -> Label | None:
    """The label that starts this line, if there is one. Whether it is a speaker's only the whole file can tell."""
    match = _LABEL.match(line[:250])
    if not match or match["name"][0].islower() or bool(match["bold"]) != (match["colon"] != ":"):
        return None
    return Label(name=" ".join(match["name"].split()), bold=bool(match["bold"]), end=match.end())


def speakers_among(lines: Sequence[str]) -> frozenset[str]:
    """The names that speak in these lines; empty when they are no transcript.

    Somebody must speak twice and somebody else at all; or one person under a full or bold name three times;
    or two or more once each, when nothing but their turns is there.
    """
    found = {
        index: label for index, line in enumerate(lines) if (label := label_at(line)) and _may_be_a_name(label.name)
    }
    turns = Counter(label.name for label in found.values())
    starts = [
        index for index, line in enumerate(lines) if line.strip() and (index == 0 or not lines[index - 1].strip())
    ]
    prose = [index for index in starts if not lines[index].lstrip().startswith(("#", "---", "+++"))]
    if len(found) < 2 or not prose or not _carries(found, prose):
        return frozenset()
    if len(turns) == 1:
        (name, count), label = turns.most_common(1)[0], next(iter(found.values()))
        return frozenset(turns) if count > 2 and (label.bold or " " in name) else frozenset()
    if max(turns.values()) > 1 or all(index in found for index in prose):
        return frozenset(turns)
    return frozenset()


def _carries(found: dict[int, Label], prose: Sequence[int]) -> bool:
    """Whether turns are what the text is made of: they start early, and at least a fifth of the paragraphs are turns."""
    first = next(iter(found))
    later = [index for index in prose if index >= first]
    return len(later) * 2 >= len(prose) and len(found) * 5 >= len(later)


def _may_be_a_name(name: str) -> bool:
    words = name.split()
    capitalised = all(word in _PARTICLES or not word[0].islower() for word in words)
    return capitalised and words[0].casefold() not in _NO_NAMES
