"""What programs put among the messages of a chat: where a picture was, who reacted, how many answered, who came and went."""

from __future__ import annotations

import re
from collections.abc import Set

from contentkit.patterns import regex
from contentkit.sources.transcripts.names import bare

_LONGEST = 400
_EMOJI = r":[a-z0-9_+'-]{1,40}:"
_REACTION = regex(rf"(?:{_EMOJI}[ ]?)+|[+-]1")
_EDITED = regex("[ \u200e]{0,3}(?:<this message was edited>|\\(edited\\))[ \t]*$", re.IGNORECASE)
_OF_THE_GROUP = (
    r"(?:(?:this|the) group's? (?:icon|name|description|settings)|the (?:subject|group|settings|description)"
    r"|their phone number|to \+)"
)
# What WhatsApp says of somebody who did not write it, behind the name.
_DEED = regex(
    r"(?:created (?:this )?group|(?:added|removed|invited) (?P<whom>.{1,80})|left|was (?:added|removed)|pinned a message"
    rf"|joined (?:using|via|from) .{{1,60}}|(?:changed|deleted) {_OF_THE_GROUP}.{{0,200}}|started an? (?:video |voice )?call"
    r"|turned (?:on|off) (?:disappearing messages|admin approval).{0,200}|is (?:now|no longer) an admin"
    r"|updated the message timer.{0,200}|changed to a new (?:phone )?number.{0,100}"
    r"|(?:creó|ha creado) (?:este |el )?grupo|(?:añadió|eliminó) a (?P<a_quien>.{1,80})|salió(?: del grupo)?|se unió .{1,80}"
    r"|cambió (?:el asunto|el ícono|el icono|la descripción|su número).{0,200}"
    r"|(?:activó|desactivó) los mensajes temporales.{0,200}"
    r"|hat (?P<wen>.{1,80}) (?:hinzugefügt|entfernt)|hat (?:diese|die) gruppe (?:erstellt|verlassen)|ist .{0,60}beigetreten"
    r"|hat (?:den betreff|das gruppenbild|die gruppenbeschreibung) .{0,200}"
    r")(?: [\"“].{1,100}[\"”])?\.?",
    re.IGNORECASE,
)
_LONGEST_SUBJECT = 60
_MOST_WORDS = 8
_ENCRYPTED = (
    r"(?:messages and calls are end-to-end encrypted|los mensajes y las llamadas están cifrados de extremo a extremo"
    r"|nachrichten und anrufe sind ende-zu-ende-verschlüsselt)\..{0,200}"
)
_ENCRYPTION = regex(_ENCRYPTED, re.IGNORECASE)
_NO_SPEECH = regex(
    "[\u200e\u200f]?(?:"
    # WhatsApp, Telegram
    r"<[^<>]{1,40}>|\[(?:photo|video|sticker|voice message|file|gif|poll|location|contact|album)(?: [^\[\]]{1,60})?\]"
    r"|\[(?:in reply to|forwarded from) [^\[\]]{1,80}\]|<?attached: .{1,200}>?|.{1,200} \((?:file attached|datei angehängt)\)"
    r"|null|(?:image|video|audio|sticker|gif|document|contact card|imagen|vídeo|documento) (?:omitted|omitid[oa])"
    r"|this message was deleted\.?|you deleted this message\.?|(?:missed )?(?:voice|video) call\.?"
    rf"|{_ENCRYPTED}|waiting for this message\..{{0,60}}"
    r"|you're (?:now|no longer) an admin\.?|your security code with .{1,80} changed\..{0,60}|this message was deleted by .{1,80}"
    # Zoom
    r"|(?:reacted to|replying to|removed an? .{1,40} reaction from) [\"“].{0,300}"
    # Discord
    r"|\{(?:attachments|embed|reactions|stickers)\}|[^\w\s]{1,12} \(\d{1,4}\)(?: [^\w\s]{1,12} \(\d{1,4}\)){0,20}|={10,}"
    r"|exported \d{1,9} message\(s\)"
    # Slack, Teams, Otter
    r"|\(?edited\)?|new|\d{1,4} repl(?:y|ies)|last reply .{1,40}|view thread|also sent to the channel"
    # A site's own marks around what was pasted.
    r"|\{%[^{}]{1,200}%\}|\{\{[<%][^{}]{1,200}[%>]\}\}"
    rf"|(?:{_EMOJI}[ ]?)+\d{{0,4}}|[+-]1[ ]\d{{1,4}}|.{{1,60}} (?:started|stopped) transcription|transcribed by https?://\S{{1,100}}"
    r")",
    re.IGNORECASE,
)


# [SPONSOR MESSAGE], as podcasts part what people say.
_PART = regex(r"\[[A-Z][A-Z0-9 :&’'.,-]{2,60}\]")


def is_no_speech(line: str) -> bool:
    """Whether a program says this, not a person."""
    said = line.strip()
    return len(said) <= _LONGEST and bool(_NO_SPEECH.fullmatch(said) or _PART.fullmatch(said))


def names_group(line: str) -> bool:
    """Whether WhatsApp says this in the name of the group: that its messages are encrypted."""
    return bool(_ENCRYPTION.fullmatch(line[:_LONGEST]))


def counts_reactions(line: str, above: str) -> bool:
    """Whether a line is the number of those who reacted as the line above it says: Slack copies one below the other."""
    return line.strip().isdecimal() and len(line.strip()) < 5 and bool(_REACTION.fullmatch(above.strip()))


def without_edited(line: str) -> str:
    """The line without the note at its end that it was edited."""
    edited = _EDITED.search(line[-80:])
    return line[: len(line) - len(edited.group())] if edited else line


def is_deed(line: str, doers: Set[str], people: Set[str]) -> bool:
    """Whether a program tells what one of the ``doers`` did to a group, or ``~ somebody``. Both sets are of bare names."""
    words = line[: _LONGEST_SUBJECT * 2].split(" ")
    for count in range(1, min(_MOST_WORDS, len(words))):
        subject = " ".join(words[:count])
        deed = _DEED.fullmatch(line[len(subject) + 1 : _LONGEST])
        if deed and (subject.startswith("~") or bare(subject) in doers or (subject == "You" and " " in deed[0])):
            whom = next((name for name in deed.groups() if name), "")
            # "Ana added up the numbers" is hers.
            return not whom or whom.startswith(("~", "+")) or whom in ("you", "te", "dich") or bare(whom) in people
    return False
