"""Notes of every format with words in them that must never come out; each word occurs nowhere else in the world."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

SAID = (
    "We lost 112 jobs in one night in February, because a retry could delete the job it should save.",
    "Then we moved the queue into the database that we already ran, and nobody thanked us for it.",
    "The median went from 40 ms to 25 ms, because the old queue spent its time on locks.",
    "A queue is a table with a good index until you can prove that it is not.",
    "We could prove it only after three years and 2 billion jobs on one machine.",
    "Our customers noticed nothing but the silence of their pagers on Sunday mornings.",
)
_BEGINNINGS = ("zar", "quol", "vex", "myr", "thul", "brix", "jov", "kelp")
_ENDS = ("andu", "ibor", "oxen", "ustra", "epik", "agool", "ymeri", "otwaz")


def word(number: int) -> str:
    """A word of letters that no text holds by chance."""
    beginning, end = number % 8, number // 8 % 8
    return f"{_BEGINNINGS[beginning]}{_ENDS[end]}{'fghklm'[number // 64 % 6]}"


@dataclass
class Canaries:
    """Words that were given away, each once."""

    first: int
    given: list[str] = field(default_factory=list)

    def next(self) -> str:
        self.given.append(word(self.first + len(self.given)))
        return self.given[-1]

    def span(self) -> str:
        """Something that nobody may repeat, with a new word in it."""
        return f"the board of {self.next().capitalize()} wants to sell"


Builder = Callable[[Canaries, str], bytes]


def note(canaries: Canaries, name: str) -> bytes:
    span = canaries.span
    return f"""# How the queue was moved

{SAID[0]} [off the record] {span()}, and
that goes over two lines [/off the record] {SAID[1]}

OTR: {span()}
and it goes on here.

- {SAID[2]}
- [off the record: {span()}]
- {SAID[3]} The people of {name} were there.

[extraoficial]

> {span()}

[/extraoficial]

{SAID[4]} {SAID[5]}
""".encode()


def plain(canaries: Canaries, name: str) -> bytes:
    span = canaries.span
    return f"""NOTES OF MONDAY

{SAID[0]}

Off the record: {span()}

{SAID[1]} {name} liked it. [OTR] {span()} [/OTR]

{SAID[2]}

[off the record]
{span()}
""".encode("utf-16")


def post(canaries: Canaries, name: str) -> bytes:
    span = canaries.span
    return f"""---
title: "Moving a queue"
description: "{SAID[3]} [off the record: {span()}]"
date: 2026-03-04
tags: [queues, "{name}"]
---
{SAID[0]} {SAID[1]}

## What it brought

{SAID[2]} **[off the record]** {span()} **[/off the record]**

| what | how |
| --- | --- |
| jobs | [otr] {span()} [/otr] |

{SAID[4]}
""".encode()


def interview(canaries: Canaries, name: str) -> bytes:
    span = canaries.span
    return f"""# A talk with Ana

**Ben Ray:** What happened with the old queue in February?

**Ana Torres:** {SAID[0]} \\[04:10\\] {SAID[2]}

**Ben Ray:** [off the record] Is it true that {span()}? [/off the record]

**Ana Torres:** OTR: {span()}

**Ben Ray:** And what did {name} say to you about that on Monday?

**Ana Torres:** {SAID[1]} {SAID[3]} [off the record: {span()}] {SAID[4]}
""".encode()


def names_above(canaries: Canaries, name: str) -> bytes:
    span = canaries.span
    return f"""**Ben Ray**

What happened with the old queue in February?

**Ana Torres**

{SAID[0]} {SAID[2]}

Off the record from here. {span()}

**Ben Ray**

Is it true that {span()}?

**Ana Torres**

Back on the record. {SAID[1]}

[otr] {span()} [/otr]

**Ben Ray**

And what did {name} say to you about that on Monday?

**Ana Torres**

{SAID[3]} {SAID[4]}
""".encode()


def webvtt(canaries: Canaries, name: str) -> bytes:
    span = canaries.span
    return f"""WEBVTT

1
00:00:01.000 --> 00:00:05.000
<v Ben Ray>What happened with the old queue, and what did {name} say?

2
00:00:05.000 --> 00:00:09.000
<v Ana Torres>{SAID[0]}

3
00:00:09.000 --> 00:00:12.000
<v Ana Torres>[off the

4
00:00:12.000 --> 00:00:15.000
<v Ana Torres>record] {span()}

5
00:00:15.000 --> 00:00:18.000
<v Ana Torres>and {span()} [/off the record]

6
00:00:18.000 --> 00:00:22.000
<v Ana Torres>{SAID[1]} {SAID[2]}

7
00:00:22.000 --> 00:00:26.000
<v Ana Torres>{SAID[3]} [otr] {span()}
""".encode()


def subrip(canaries: Canaries, name: str) -> bytes:
    span = canaries.span
    return f"""1
00:00:01,000 --> 00:00:05,000
Ana Torres: {SAID[0]}

2
00:00:05,000 --> 00:00:09,000
Ana Torres: {SAID[1]} {name} was there.

3
00:00:09,000 --> 00:00:12,000
Ana Torres: [otr] {span()}

4
00:00:12,000 --> 00:00:15,000
Ana Torres: {span()} [/otr]

5
00:00:15,000 --> 00:00:18,000
Ana Torres: {SAID[2]} {SAID[3]}
""".encode()


def chat(canaries: Canaries, name: str) -> bytes:
    span = canaries.span
    return f"""[10:32] Ben Ray: What happened with the old queue?
[10:33] Ana Torres: {SAID[0]}
[10:34] Ana Torres: [off the record] {span()} [/off the record]
[10:35] Ana Torres: {SAID[1]}
[10:36] Ben Ray: and {name}?
[10:37] Ana Torres: {SAID[2]} {SAID[3]}
[10:38] Ana Torres: OTR: {span()}
""".encode()


def otter(canaries: Canaries, name: str) -> bytes:
    span = canaries.span
    return f"""Ben Ray  0:03
What happened with the old queue, and with {name}?

Ana Torres  0:12
{SAID[0]} {SAID[1]}

Ben Ray  0:47
[off the record] Somebody said that {span()}.

Ana Torres  0:55
They did, and {span()} too. [/off the record]

Ana Torres  1:10
{SAID[2]} {SAID[3]}

Ben Ray  1:32
Would you do it again?

Ana Torres  1:40
{SAID[4]} {SAID[5]}
""".encode()


def page(canaries: Canaries, name: str) -> bytes:
    span = canaries.span
    return f"""<!doctype html><html lang="en"><head><title>How {name} moved its queue</title>
<meta name="author" content="Ana Torres"></head><body><nav><a href="/">Home</a></nav><main><article>
<h1>How {name} moved its queue</h1>
<p>{SAID[0]} {SAID[1]}</p>
<p>{SAID[2]} [off the record] {span()} [/off the record] {SAID[3]}</p>
<p><b>[off</b> the record: {span()}]</p>
<p>{SAID[4]} With <a href="https://{name.lower().replace(" ", "")}.example/x">{name}</a> it took a day.</p>
<p>{SAID[5]}</p>
<p>OTR: {span()}</p>
</article></main></body></html>
""".encode()


def release(canaries: Canaries, name: str) -> bytes:
    span = canaries.span
    marked = f"[off the record]\n{span()}\n[/off the record]"
    body = f"## What is new\n\n{SAID[0]}\n\n{marked}\n\n- {SAID[2]}\n- {SAID[3]} {name}\n\nOTR: {span()}\n"
    return json.dumps(
        {
            "html_url": "https://github.com/example/queue/releases/tag/v2.0",
            "tag_name": "v2.0",
            "name": "Queue 2.0",
            "draft": False,
            "prerelease": False,
            "published_at": "2026-03-04T10:00:00Z",
            "author": {"login": "ana"},
            "body": body,
        }
    ).encode()


def notebook(canaries: Canaries, name: str) -> bytes:
    span = canaries.span
    cells = [
        ("markdown", f"# How the queue was moved\n\n{SAID[0]} {SAID[1]}\n"),
        ("markdown", f"{SAID[2]} [off the record] {span()}\n"),
        ("code", f"print('{span()}')\n"),
        ("markdown", f"and {span()} [/off the record]\n\n{SAID[3]} {SAID[4]} {name} was there.\n"),
    ]
    data = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "cells": [
            {"cell_type": kind, "metadata": {}, "source": text.splitlines(keepends=True), "id": f"c{place}"}
            | ({"outputs": [], "execution_count": None} if kind == "code" else {})
            for place, (kind, text) in enumerate(cells)
        ],
    }
    return json.dumps(data).encode()


def document(canaries: Canaries, name: str) -> bytes:
    span = canaries.span
    torn = "</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'>"
    paragraphs = [
        SAID[0],
        f"{SAID[1]} [off the {torn}record] {span()}",
        f"and {span()} [/off {torn}the record] {SAID[2]}",
        f"{SAID[3]} {name} was there.",
        f"OTR: {span()}",
        SAID[4],
    ]
    body = "".join(f"<w:p><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>" for text in paragraphs)
    word_space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{word_space}"><w:body>{body}</w:body></w:document>',
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in files.items():
            archive.writestr(path, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}')
    return packed.getvalue()


FORMATS: dict[str, Builder] = {
    "monday.md": note,
    "monday.txt": plain,
    "moving-a-queue.md": post,
    "talk.md": interview,
    "above.md": names_above,
    "call.vtt": webvtt,
    "call.srt": subrip,
    "chat.txt": chat,
    "otter.txt": otter,
    "page.html": page,
    "release.json": release,
    "queue.ipynb": notebook,
    "queue.docx": document,
}


# Before and behind the words that are off the record; what reaches further than its paragraph stands last in a note.
MARKS = (
    ("[off the record] ", " [/off the record]"),
    ("**[OFF THE RECORD]** ", " **[/OFF THE RECORD]**"),
    ("\\[otr\\] ", " \\[/otr\\]"),
    ("[off-the-record: ", "]"),
    ("[o\u200bff the rec\u00adord] ", " [/off the record]"),
    ("[оff thе rесоrd] ", " [/off the record]"),
    ("［ｏｆｆ ｔｈｅ ｒｅｃｏｒｄ］ ", " ［/ｏｆｆ ｔｈｅ ｒｅｃｏｒｄ］"),
    ("[off the\u00a0record] ", " [/off the record]"),
    ("[extraoficial] ", " [/extraoficial]"),
    ("[**off** the _record_] ", " [/**off** the _record_]"),
    ("OTR: ", ""),
    ("**Off the record:** ", ""),
    ("Extraoficial: ", ""),
    ("[otr] ", ""),
)


def every_mark() -> dict[str, Builder]:
    """A note, a text, an interview, captions and a chat for each way of marking."""
    kinds = (_marked_note, _marked_text, _marked_talk, _marked_captions, _marked_chat)
    ends = ("note-{}.md", "text-{}.txt", "talk-{}.md", "call-{}.vtt", "chat-{}.txt")
    return {
        end.format(number): partial(kind, *mark)
        for number, mark in enumerate(MARKS)
        for kind, end in zip(kinds, ends, strict=True)
    }


def _marked_note(opening: str, closing: str, canaries: Canaries, name: str) -> bytes:
    said = f"# What was moved\n\n{SAID[0]} {SAID[1]}\n\n- {SAID[2]}\n- {SAID[3]} {name}"
    return f"{said}\n\n{opening}{canaries.span()}{closing}\n".encode()


def _marked_text(opening: str, closing: str, canaries: Canaries, name: str) -> bytes:
    return f"{SAID[0]}\n\n{SAID[1]} {name}\n\n{SAID[2]}\n\n{opening}{canaries.span()}{closing}\n".encode()


def _marked_talk(opening: str, closing: str, canaries: Canaries, name: str) -> bytes:
    turns = (
        "**Ben Ray:** What happened with the old queue in February?",
        f"**Ana Torres:** {SAID[0]} {SAID[2]}",
        f"**Ben Ray:** And what did {name} say to you about that on Monday?",
        f"**Ana Torres:** {SAID[1]} {SAID[3]}",
        f"**Ana Torres:** {opening}{canaries.span()}{closing}",
    )
    return "\n\n".join(turns).encode()


def _marked_captions(opening: str, closing: str, canaries: Canaries, name: str) -> bytes:
    said = (f"What did {name} say?", SAID[0], SAID[1], SAID[2], f"{opening}{canaries.span()}{closing}")
    cues = [
        f"00:00:{place:02}.000 --> 00:00:{place + 1:02}.000\n<v {'Ana Torres' if place else 'Ben Ray'}>{words}"
        for place, words in enumerate(said)
    ]
    return "\n\n".join(("WEBVTT", *cues)).encode()


def _marked_chat(opening: str, closing: str, canaries: Canaries, name: str) -> bytes:
    said = (f"What did {name} say?", SAID[0], SAID[1], SAID[2], f"{opening}{canaries.span()}{closing}")
    return "\n".join(
        f"[10:{place + 30}] {'Ana Torres' if place else 'Ben Ray'}: {words}" for place, words in enumerate(said)
    ).encode()


def forms_of(secret: str) -> Iterator[bytes]:
    """A word in every form in which it could come out, in small letters but for base64."""
    small = secret.lower()
    for spelling in (small, small[::-1]):
        yield spelling.encode()
        yield spelling.encode("utf-16-le")
        yield spelling.encode("utf-16-be")
        yield spelling.encode().hex().encode()
    yield "".join(f"%{one:02x}" for one in small.encode()).encode()
    yield "".join(f"\\u{ord(one):04x}" for one in small).encode()


def base64_forms_of(secret: str) -> Iterator[bytes]:
    """What a word becomes in base64, wherever in the encoded text it stands, in both alphabets."""
    for spelling in {secret, secret.lower(), secret.upper(), secret.capitalize()}:
        for shift in range(3):
            encoded = base64.b64encode(b"\0" * shift + spelling.encode())
            # What the neighbours' bits are part of is left out.
            core = encoded[(0, 2, 3)[shift] : len(encoded) - 4 if encoded.endswith(b"=") else None]
            yield core
            yield core.replace(b"+", b"-").replace(b"/", b"_")
