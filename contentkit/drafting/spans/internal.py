"""What notes say to those who met: who does what by when, what is still open, what the writer of the notes said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise, zip_longest

from contentkit.drafting.reading.sections import Block, Section, Sentence
from contentkit.drafting.rules import straight
from contentkit.drafting.spans.notes import is_said_of_the_note
from contentkit.models import Source
from contentkit.patterns import regex

# Nothing is settled: nobody may hear of it yet.
_OPEN = regex(
    r"\b(?:not|nothing|nothing is|isn't|not yet|yet to be|to be) (?:yet )?(?:decided|signed|settled|agreed|confirmed"
    r"|announced|final)\b"
    r"|\b(?:should|must|do|may|can)(?: not|n't) (?:claim|quote|publish|share|mention|tweet|post|say so|announce|name)\b"
    r"|\bno (?:publicar|citar|decirlo|contarlo)\b|\bno se puede (?:publicar|citar|decir)\b"
    r"|\bembargo\w*\b|\bundecided\b|\bin principle\b|\b(?:may|might) (?:leave|quit|drop out)\b"
    r"|\b(?:postponed|deferred|tabled|parked)\W*$|\bse aplaza\b|\bqueda pendiente\b|\b(?:por|sin) (?:decidir|firmar"
    r"|confirmar)\b"
    r"|\bno (?:está|hay) (?:nada )?(?:decidido|firmado|confirmado)\b|\ben principio\b",
    re.I,
)
# Said in confidence, or under an embargo.
_IN_CONFIDENCE = regex(
    r"\bnot for (?:publication|quoting|sharing)\b|\bnot to be (?:quoted|published|shared|named)\b|\bnot public yet\b"
    r"|(?:^\W*|[.;,(–—-]\s*)(?:please )?(?:do not|don't) (?:publish|quote|share|mention|tweet|post)\b"
    r"|\bembargo(?:ed)?\b[^.]{0,40}\b(?:until|till|hasta)\b|\b(?:under|bajo) (?:an )?embargo\b"
    r"|\boff[ -]the[ -]record\b|\bconfidential(?:ly)?\s*[:!]"
    r"|\b(?:is|are|was|were|strictly|still|keep (?:it|this|that)) confidential\b|\bin confidence\b"
    r"|(?:^\W*|[.!?;]\s+|\b(?:just|strictly|stays?|keep (?:it|this|that)) )between (?:us|ourselves)\b"
    r"(?=\s*[,:.;!)]|\W*$| until\b)|\b(?:between us|entre nosotros):"
    r"|\bkeep (?:it|this|that) (?:quiet|secret|to (?:ourselves|yourselves|yourself)|between us)\b|\bunder (?:wraps|NDA)\b"
    r"|\b(?:asked|told|begged)(?: (?:me|us|everybody|everyone))? not to (?:write|tell|talk|publish|mention|quote|say|share|post"
    r"|name|repeat)\b"
    r"|\bconfidencial(?:mente)?\s*[:!]|\bconfidencial hasta\b|\b(?:es|son|era|sigue siendo) confidencial(?:es)?\b"
    r"|(?:^\W*|\bque(?:de|da)? )entre nosotros\b(?=\s*[,:.;!)]|\W*$)|\ben confianza\s*[,:]"
    r"|\bpid(?:e|en|ió|ieron) que no (?:l[oa]s? |se )?(?:cont|cuent|publi|dig|cit|escrib|menc|nombr|difund|compart)\w*"
    r"|\bno (?:contar|publicar|difundir|citar|decir)(?:l[oa]s?)?\b(?=\s*[,:.;!)]|\W*$| (?:todavía|aún|hasta)\b)",
    re.I,
)
# The writer of the notes speaks of the talk itself, or of what came to mind.
_OF_THE_WRITER = regex(
    r"\bI (?:said|told (?:them|him|her|(?-i:[A-Z])\w*)|promised|offered|quoted|asked (?:them|him|her|for|about|if|whether)"
    r"|owe)\b"
    r"|\basked (?:if|whether) (?:I|we) (?:can|may|could)\b|\b(?:pregunté|pregunta) si podemos\b"
    r"|\b(?:I|we) did(?:n't| not)(?: even)? (?:have to )?(?:say|ask|mention)\b|^\W*(?:my|our) (?:guess|impression|take"
    r"|notes?)\b"
    r"|\b(?:I|we) should (?:ask|check|send|write|follow|look)\b|^\W*(?:idea|thread idea|hook|angle|note to self)s?\s*[:?]"
    r"|\b(?:les|le) (?:dije|dijimos|prometí|ofrecí|pregunté)\b|^\W*(?:ojo|idea)\s*:|\bmi impresión\b",
    re.I,
)
# Work that goes on is no news; neither is what somebody should do about it.
_UNDER_WAY = regex(
    r"^\W*(?:[^\W\d_]+: )?(?:still (?:pending|working|progressing|waiting|open|needs?|no|not|to)\b|(?:been )?working on\b"
    r"|waiting (?:for|on)\b"
    r"|needs? (?:to\b|a\b|the\b|more\b|some\b|review|help)|(?:in|wip|work in) progress\b|pending\b|wip\b|hoping to\b"
    r"|(?:not )?much progress\b"
    r"|(?:s?he |they |les? )?(?:would (?:like|love)|gustaría|quisiera)\b|(?:come to|join|don't forget|remember|reminder"
    r"|recordad?|recordatorio)\b|no progress\b|blocked\b|(?:can|could|should"
    r"|shall|would) (?:we|you|somebody|someone)\b|let's\b|maybe\b|perhaps\b"
    r"|under (?:review|investigation)\b"
    r"|(?:we|they) (?:should|need to|have to|could|might)\b|please\b|todavía\b|sigue (?:pendiente|abierto|sin)\b"
    r"|a la espera\b|esperando\b"
    r"|hay que\b|habría que\b|falta(?:n)?\b|quizá|tal vez\b|pendiente\b)"
    r"|\bwe need to\b|\b(?:haven't|have not) (?:taken|started|looked|done|had)\b|\bit(?:'s| is) on me\b|\bI'll (?:take|do"
    r"|look|write|follow|ask|send)\b"
    r"|\btenemos que\b|\bplease (?:take|look|review|have|add|comment|send|let|join)\b|\bptal\b|\bunder investigation\b"
    r"|\bneeds? (?:a )?reviews?\W*$",
    re.I,
)
# "What he told me of the boxes." stands above what he told.
_LABEL = regex(
    r"^\W*(?:what|things|facts|numbers|notes) (?:that )?(?:s?he|they|we|I) (?:told|gave|said|shared|heard)\b[^.:]{0,60}[.:]$"
    r"|^\W*(?:[^\W\d_]+ ){1,2}que (?:me|nos) (?:dio|dieron|dijo|dijeron|contó|contaron|pasó|pasaron)\b[^.:]{0,60}[.:]$",
    re.I,
)
# When people meet, and who writes it down.
_OF_MEETINGS = regex(
    r"\b(?:takes?|took) the (?:minutes|notes)\b|\b(?:the|our) (?:weekly|monthly|next|biweekly) (?:call|meeting|sync)\b"
    r"|\bmeet every\b|^(?:the|this) (?:meeting|call|session) (?:had|was|is|focused|covered|began|started|ended|opened)\b"
    r"|^\W*on the call\b|^\W*(?:call|meeting|chat|coffee|talk|zoom|notes|llamada|reunión|charla|café|notas) (?:w/|with|from"
    r"|con|de)(?:\s|\b)[^.!?]*$"
    r"|\b(?:reuniones|reunión): |\b(?:el|la) (?:acta|minuta) la (?:hace|toma)\b|\bnext call\b",
    re.I,
)
# Somebody only wants it.
_WISH = (
    r"(?:thinks?|believes?|suspects?|wants?|would (?:like|love)|does(?:n't| not) want|hopes?|fears?|proposed?|proposes"
    r"|suggest(?:s|ed)|asked|asks|wonders?|volunteer(?:s|ed)"
    r"|cree|opina|piensa|sospecha|quiere|querría|propone|propuso|teme|pide|pidió|sugiere|sugirió|pregunta|preguntó)"
)
# Somebody will do it.
_DUTY = (
    r"(?:will|to|is (?:going to|talking|working|looking|back)|has to|needs to|(?:also )?(?:writes?|sends?|calls?|opens?"
    r"|visits?|looks?|checks?"
    r"|reviews?|chairs?|does|helps?|prepares?|follows?|talks?|books?|takes?|brings?|answers?|asks?|fixes|orders?|gets?)"
    r"|va a|tiene que|(?:lo|la|los|las|se) (?:hace|mira|prepara|encarga|revisa)|escribe|llama|manda|envía|prepara|revisa"
    r"|mira|busca|habla|redacta"
    r"|compra|organiza|avisa|convoca)"
)
_SOMEBODY = r"^(?P<who>[A-ZÀ-Þ][\w'’-]+)(?: (?:and|y|&) [A-ZÀ-Þ][\w'’-]+| [A-ZÀ-Þ][\w'’-]+)?,? "
_SOMEBODY_DOES, _SOMEBODY_WANTS = regex(rf"{_SOMEBODY}{_DUTY}\b"), regex(rf"{_SOMEBODY}{_WISH}\b")
# What came of it stands behind what somebody wanted.
_SETTLED = regex(
    r"\b(?:agreed|approved|accepted|decided|dropped|rejected|in favour|acuerdo|se (?:acuerda|aprueba|vota|acepta)"
    r"|aprobad[oa])\b",
    re.I,
)
# Where a note says who met.
_WHO_MET = regex(
    r"\b(?:present|attend\w*|participants|on the call|regrets|apologies|excused|absent|with|who was there|notes by"
    r"|minutes by|chair"
    r"|asist\w+|presentes?|participantes|con|acta|apuntes|notas de|excusa\w*)\b",
    re.I,
)
_TALK = regex(
    r"^\W*(?:present|attend(?:ing|ees|ed)|participants|asisten(?:tes)?|presentes?|participantes)\s*:"
    r"|\b(?:call|meeting|sync|minutes|stand-?up|steering group|reunión|llamada|acta|asamblea)\b"
    r"|^\W*(?:weekly|chat|notes|charla|apuntes|notas) (?:w/|with|by|con)(?:\s|\b)"
    r"|^\W*(?:notes|apuntes|notas) (?:from|of|on|de|del) (?:[\w'’-]+ ){0,4}(?:chat|visit|talk|interview|conversation"
    r"|charla|visita|entrevista|conversación)\b",
    re.I,
)
# Typed in haste, a sentence may begin with a small letter.
_STOP = regex(r"(?<=[^.\s][.!?])[\"”»)]*\s+")
# "new since october:", "money:", "the story he likes telling:" say of what kind the line is.
_KIND = regex(
    r"^(?:what(?:'s| is) )?(?:(?:the |a |his |her |their )?(?:best |nice |good |big |funny )?(?:story|quote|line|anecdote"
    r"|number"
    r"|fact|lesson|news)s?(?: (?:s?he|they|I)"
    r" [\w ]{1,25}| (?:of|by|from) [\w ]{1,25})?|new(?: since \w+)?|next(?! \w)|money|numbers?|status|background|context"
    r"|history|future|plans?"
    r"|nuevo|novedad(?:es)?|lo nuevo|dinero|cifras?|frase|cita|anécdota|historia|lección|futuro|planes|próxim[oa]"
    r"|siguiente)\s*: "
    r"(?!(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mié|jue|vie|sáb|dom)\w*\b|\d)",
    re.I,
)
# "MD: how did we do this?": only those who met know who says it.
_BY_INITIALS = regex(r"(?:^|\s)[A-ZÀ-Þ]{2,3}(?:/[A-ZÀ-Þ]{2,3})*: ")
# What the writer puts behind the words: "(we must use this one)", "– laughs".
_REMARK = regex(
    r"\s*\((?:[^()]*\b(?:use|quote|cite|this one|not for publication|usar|citar|esta frase|no publicar)\b[^()]*)\)\s*$"
    r"|\s+[–—-]+ (?:s?he )?(?:laughs?|laughing|(?:se )?(?:ríe|rio|rió)|risas)\W*$",
    re.I,
)
_CAPITAL = regex(r"[A-ZÀ-Þ][\w'’-]+")
_FIRST_PASSAGES, _LONGEST_TOP = 8, 300
# Lists that are more of a note than this are all of it.
_MOSTLY = 0.7
# What is left of a line must say something.
_FEWEST_WORDS = 4


def met(source: Source) -> frozenset[str]:
    """The capitalised words where a note says who met: names, and a few that are none."""
    told = [source.title, *(one.text for one in source.passages[:_FIRST_PASSAGES])]
    return frozenset(word for text in told if _WHO_MET.search(text) for word in _CAPITAL.findall(text))


def is_of_a_talk(source: Source) -> bool:
    """Whether a note was typed in a talk: it says who met, or is hardly anything but lists. Others are prose like any post."""
    if source.kind != "note":
        return False
    tops = [source.title, *(one.text for one in source.passages[:_FIRST_PASSAGES] if one.kind != "item")]
    if any(_TALK.search(text) for text in tops if len(text) <= _LONGEST_TOP):
        return True
    words = [
        (one.kind == "item", len(one.text.split())) for one in source.passages if one.kind in ("item", "paragraph")
    ]
    return sum(number for is_item, number in words if is_item) > _MOSTLY * sum(number for _, number in words)


def of_meetings(sections: Sequence[Section]) -> frozenset[int]:
    """The numbers of the sentences that say who met and when."""
    return frozenset(
        one.number
        for section in sections
        for one in section.sentences
        if _OF_MEETINGS.search(straight(one.text)) or is_said_of_the_note(one.text)
    )


def without_confidences(sections: Sequence[Section]) -> list[Section]:
    """The sections of a note without the paragraphs and items that say that they were told in confidence."""
    told = [replace(one, blocks=tuple(map(_without_confidences, one.blocks))) for one in sections]
    return [section for section in told if section.sentences]


def _without_confidences(block: Block) -> Block:
    if block.lead and _IN_CONFIDENCE.search(straight(block.lead.text)):
        return Block(kind="break")
    parts = [(one,) for one in block.sentences] if block.kind == "list" else [block.sentences]
    kept = [part for part in parts if not _IN_CONFIDENCE.search(straight(" ".join(one.text for one in part)))]
    if kept == parts:
        return block
    return replace(block, sentences=tuple(chain.from_iterable(kept))) if kept else Block(kind="break")


def without_internal(sections: Sequence[Section], people: frozenset[str]) -> list[Section]:
    """The sections of a note without what was said to those who met; each line is told as far as the first of that.

    ``people`` are those who met, by their names.
    """
    told = [replace(section, blocks=tuple(_blocks(section.blocks, people))) for section in sections]
    return [section for section in told if section.sentences]


def _blocks(blocks: Sequence[Block], people: frozenset[str]) -> Iterator[Block]:
    for block in blocks:
        if block.lead and _is_not_to_be_told(block.lead.text):
            yield Block(kind="break")
            continue
        if block.quoted or block.kind not in ("prose", "list"):
            yield _without_confidences(block)
            continue
        kept = tuple(_items(block, people) if block.kind == "list" else _prose(block, people))
        yield replace(block, sentences=kept) if kept else Block(kind="break")


def _items(block: Block, people: frozenset[str]) -> Iterator[Sentence]:
    for item in block.sentences:
        if text := _told(item.text, people):
            yield item if text == item.text else replace(item, text=text)


def _prose(block: Block, people: frozenset[str]) -> Iterator[Sentence]:
    whole = " ".join(one.text for one in block.sentences)
    if _is_internal(whole, people) if block.listed else _is_unsettled(straight(whole)):
        return
    sentences = block.sentences[1:] if _LABEL.match(straight(block.sentences[0].text)) else block.sentences
    for one, following in zip_longest(sentences, sentences[1:]):
        if _is_for_them(one.text, people) or _BY_INITIALS.search(one.text):
            return
        text = _REMARK.sub("", one.text)
        is_last = following is None or _is_for_them(following.text, people) or bool(_BY_INITIALS.search(following.text))
        yield replace(one, text=text, closes=True) if is_last else one


def _told(item: str, people: frozenset[str]) -> str:
    """What of an item may be told: its sentences up to the first that is for those who met; empty where that is nothing."""
    item = _REMARK.sub("", _KIND.sub("", item))
    if _is_internal(item, people):
        return ""
    starts = [0, *(stop.end() for stop in _STOP.finditer(item)), len(item)]
    end = next((start for start, end in pairwise(starts) if _is_for_them(item[start:end], people)), len(item))
    if end < len(item) and _is_internal(item[:end], people):
        return ""
    told = _REMARK.sub("", item[:end].rstrip())
    return told if len(told.split()) >= min(_FEWEST_WORDS, len(item.split())) else ""


def _is_internal(text: str, people: frozenset[str]) -> bool:
    """Whether a line is for those who met from its beginning, or leaves open whether it holds."""
    plain = straight(text)
    if _is_unsettled(plain) or _UNDER_WAY.search(plain):
        return True
    wanted = _SOMEBODY_WANTS.match(plain)
    return bool(wanted and wanted["who"] in people and not _SETTLED.search(plain))


def _is_unsettled(plain: str) -> bool:
    """Whether it leaves open whether it holds, or may be told, or says when people meet."""
    return _is_not_to_be_told(plain) or bool(_OF_MEETINGS.search(plain))


def _is_not_to_be_told(text: str) -> bool:
    """Whether it leaves open whether it holds, or was told in confidence: so was the list below it."""
    plain = straight(text)
    return bool(_OPEN.search(plain) or _IN_CONFIDENCE.search(plain))


def _is_for_them(sentence: str, people: frozenset[str]) -> bool:
    """Whether a sentence says who does what, or what the writer of the notes said or thought."""
    plain = straight(sentence)
    does = _SOMEBODY_DOES.match(plain)
    return bool(does and does["who"] in people) or bool(_OF_THE_WRITER.search(plain))
