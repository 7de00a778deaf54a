"""Requests as they leave: the bytes of one, made before anything is connected to, so that what cannot be sent never half is."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from contentkit import __version__
from contentkit.patterns import regex
from contentkit.values import dataclass

# The value of the Authorization header for a method, a whole address and a form as it is sent, or an empty text.
Sign = Callable[[str, str, str], str]
# Fields of a form: names with one text each, or with several in their order.
Form = Mapping[str, str] | Sequence[tuple[str, str]]
# A file of a form: its name there, its bytes and their type.
Part = tuple[str, bytes, str]

FORM = "application/x-www-form-urlencoded"
_PLAIN = regex(r'name="[\w\[\]-]+"(?:; filename="[\w. -]+"\r\nContent-Type: [\w/.+-]+)?', re.A)


@dataclass(frozen=True)
class Body:
    """The bytes that follow the headers, and what kind they are."""

    content: bytes
    kind: str

    @property
    def form(self) -> str:
        """The fields as they are sent, where it is nothing but fields."""
        return self.content.decode("ascii") if self.kind == FORM else ""


NOTHING = Body(b"", "")


def form_body(fields: Form) -> Body:
    return Body(urlencode(fields).encode("ascii"), FORM)


def json_body(value: Any) -> Body:
    """Raises ValueError for numbers that JSON does not have."""
    return Body(json.dumps(value, allow_nan=False).encode(), "application/json")


def multipart_body(fields: Mapping[str, str], files: Mapping[str, Part]) -> Body:
    """A form with files in it. Raises ValueError for names with characters that would have to be escaped."""
    boundary = os.urandom(16).hex()
    parts = [(f'name="{name}"', words.encode()) for name, words in fields.items()]
    for name, (file, content, kind) in files.items():
        parts.append((f'name="{name}"; filename="{file}"\r\nContent-Type: {kind}', content))
    pieces = []
    for told, content in parts:
        if not _PLAIN.fullmatch(told):
            raise ValueError("a name that cannot stand in a form")
        pieces += [f"--{boundary}\r\nContent-Disposition: form-data; {told}\r\n\r\n".encode(), content, b"\r\n"]
    pieces.append(f"--{boundary}--\r\n".encode())
    return Body(b"".join(pieces), f"multipart/form-data; boundary={boundary}")


def request_bytes(method: str, target: str, host: str, headers: Mapping[str, str], body: Body) -> bytes:
    """The whole request, the last of its connection. Raises ValueError for what cannot stand in its head."""
    sent = {
        "Host": host,
        "User-Agent": f"contentkit/{__version__}",
        "Accept": "*/*",
        "Accept-Encoding": "gzip",
        "Connection": "close",
        **({"Content-Type": body.kind} if body.kind else {}),
        **({"Content-Length": str(len(body.content))} if body.kind or method not in ("GET", "HEAD") else {}),
        **headers,
    }
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items())]
    if " " in target or not all(line.isascii() and line.isprintable() for line in lines):
        raise ValueError("something that cannot stand in the head of a request")
    return "\r\n".join([*lines, "\r\n"]).encode("ascii") + body.content
