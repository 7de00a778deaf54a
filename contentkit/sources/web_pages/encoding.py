"""From the bytes of a page or feed to text, by what they say of themselves. Nothing is guessed from the letters."""

from __future__ import annotations

import codecs
import re

from contentkit.errors import ContentError
from contentkit.patterns import regex
from contentkit.text import one_line

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_XML = regex(rb"\s{0,20}<\?xml[^>]{0,200}?encoding\s{0,5}=\s{0,5}[\"']([\w.:-]{1,40})")
_META = regex(rb"<meta\b[^>]{0,300}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w.:-]{1,40})", re.IGNORECASE)
_ENTITLED = 4096  # bytes from the top in which a page may say its encoding
# What the web is written in; Python knows more that is no text.
_KNOWN = regex(r"utf-8|cp125\d|iso8859-\d+|koi8-[rut]|gb2312|gbk|gb18030|big5|shift_jis|cp932|euc_jp|euc_kr|mac-roman")
# One unreadable byte in so many is a slip; more of them are another encoding.
_READABLE = 1000


def text_of(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The text, and what of it could not be read, in words. A byte order mark counts first, then what the text declares.

    Raises ContentError for an encoding that nobody knows, and for bytes that are not in the one that was said.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding, name)
    declared = _declared(data[:_ENTITLED])
    return _decoded(data, _codec(declared, name) if declared else "utf-8", name)


def with_charset(data: bytes, charset: str, name: str) -> bytes:
    """The bytes of an answer whose header named a charset, so that they say it themselves: UTF-8 with a byte order mark.

    The header counts more than what the text declares, and less than a byte order mark. Raises ContentError as ``text_of``.
    """
    if not charset or any(data.startswith(mark) for mark, _ in _BOMS):
        return data
    codec = _codec(charset, name)
    if codec == "utf-8":
        return codecs.BOM_UTF8 + data
    return codecs.BOM_UTF8 + _decoded(data, codec, name)[0].encode()


def _declared(top: bytes) -> str:
    found = _XML.match(top) or _META.search(top)
    label = found[1].decode("ascii") if found else ""
    # These letters could be read at all: the text is not in two-byte units, whatever it says.
    return "utf-8" if label.lower().startswith(("utf-16", "utf16")) else label


def _codec(label: str, name: str) -> str:
    try:
        codec = codecs.lookup(label).name
    except (LookupError, ValueError):
        codec = ""
    if codec in ("ascii", "iso8859-1"):
        return "cp1252"  # what everybody who says Latin-1 on the web means by it
    if not _KNOWN.fullmatch(codec) and codec not in ("utf-16", "utf-16-le", "utf-16-be"):
        raise ContentError(
            f"{name}: is in an unknown encoding, '{one_line(label, 40)}'",
            hint="save the page as UTF-8, and read the file",
        )
    return codec


def _decoded(data: bytes, codec: str, name: str) -> tuple[str, tuple[str, ...]]:
    try:
        return data.decode(codec), ()
    except UnicodeDecodeError:
        text = data.decode(codec, "replace")
    broken = text.count("\ufffd")
    if broken * _READABLE > len(text) + _READABLE:
        raise ContentError(f"{name}: is not in {codec}, as it says", hint="save the page as UTF-8, and read the file")
    return text, (f"{broken} unreadable byte{'s' if broken > 1 else ''}, shown as \ufffd",)
