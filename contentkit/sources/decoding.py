"""From the bytes of a file to its lines, or one sentence that says why not."""

from __future__ import annotations

import codecs

from contentkit.errors import ContentError
from contentkit.files import LARGEST_SOURCE, decoded, refuse_large
from contentkit.patterns import regex
from contentkit.sources.foreign import look_of
from contentkit.sources.manuscript import Manuscript

# A document may be larger than its text (LARGEST_SOURCE). What is allowed here is read within two seconds, whatever
# it says: 512 KiB are some 85,000 words, and the slowest text is the one of very many very short lines.
LARGEST = 512 * 1024
MOST_LINES = 25_000
_MOST_CELLS = 100_000
_SHARE_OF_CONTROLS = 0.05
_WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
# A picture that an export put into the text itself. Its address stays, without what it holds.
_EMBEDDED = regex(r"(?<=;base64,)[A-Za-z0-9+/=%_-]{64,}")


def manuscript_of(data: bytes, name: str) -> Manuscript:
    """The lines of a text file, without BOM, line ends and the content of pictures.

    Raises ContentError when it is too large, empty, not text, or neither UTF-8 nor marked as UTF-16. The encoding is never
    guessed: a wrong guess would put wrong letters into somebody's mouth.
    """
    refuse_large(len(data), LARGEST_SOURCE, name)
    text, pictures = _EMBEDDED.subn("", _text_of(data, name))
    if not text.strip():
        raise ContentError(f"{name}: is empty", hint="put the words of the founder into it")
    lines = tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    removed = (f"{pictures} embedded picture{'s' if pictures > 1 else ''}",) if pictures else ()
    return Manuscript(lines=lines, removed=removed)


def refuse_long(manuscript: Manuscript, name: str) -> None:
    """Raises ContentError for more text than can be read in time."""
    refuse_large(sum(len(line) + 1 for line in manuscript.lines), LARGEST, name)
    written = sum(1 for line in manuscript.lines if line.strip())
    if sum(line.count("|") for line in manuscript.lines) > _MOST_CELLS:
        raise ContentError(f"{name}: a table of more than {_MOST_CELLS:,} cells", hint="leave the table out")
    if max(written, len(manuscript.lines) // 4) > MOST_LINES:
        raise ContentError(
            f"{name}: more than {MOST_LINES:,} lines", hint="split it, or take the part you need; nothing was read"
        )


def _text_of(data: bytes, name: str) -> str:
    """UTF-8, or UTF-16 where its mark says so: Windows and some exports of meetings write it."""
    encoding = _WIDE.get(data[:2], "")
    if not encoding:
        _refuse_binary(data, name)
        return decoded(data.removeprefix(codecs.BOM_UTF8), name)
    try:
        text = data[2:].decode(encoding)
    except UnicodeDecodeError as error:
        line = data[2 : error.start + 2].decode(encoding, "ignore").count("\n") + 1
        raise ContentError(f"{name}:{line}: not UTF-16 text", hint="save the file as UTF-8") from None
    # No letter of text is NUL; UTF-32 begins with the mark of UTF-16.
    if "\x00" in text:
        raise ContentError(f"{name}: is binary, not text", hint="export it as plain text or Markdown in UTF-8")
    return text


def _refuse_binary(data: bytes, name: str) -> None:
    looks_like, hint = look_of(data)
    controls = len(data.translate(None, bytes(byte for byte in range(256) if byte >= 32 or byte in b"\t\n\r\f\x1b")))
    if looks_like or b"\x00" in data or controls > len(data) * _SHARE_OF_CONTROLS:
        what = f"looks like {looks_like}" if looks_like else "is binary"
        raise ContentError(f"{name}: {what}, not text", hint=hint)
