"""Files that are no text and none of our documents: what they look like, and how their words get out of them."""

from __future__ import annotations

_AS_WORD = "open it where it was written, and save or export it as .docx, Markdown or plain text"
_AS_TEXT = "export it as plain text or Markdown in UTF-8"
_OF_SOUND = "let something transcribe it first; a transcript can be read"
_OF_PICTURE = "type out what it says; contentkit reads text"
_LOOKS: dict[bytes, tuple[str, str]] = {
    b"%PDF": ("a PDF", "copy its words into a text file, or export the original as .docx or Markdown"),
    b"\xd0\xcf\x11\xe0": ("an old Word document, or one with a password", _AS_WORD),
    b"{\\rtf": ("a rich-text (RTF) document", _AS_WORD),
    b"\x89PNG": ("a PNG picture", _OF_PICTURE),
    b"\xff\xd8\xff": ("a JPEG picture", _OF_PICTURE),
    b"GIF8": ("a GIF picture", _OF_PICTURE),
    b"RIFF": ("a sound, video or WebP file", _OF_SOUND),
    b"ID3": ("an MP3 sound", _OF_SOUND),
    b"OggS": ("an Ogg sound", _OF_SOUND),
    b"\x1f\x8b": ("a gzip archive", "unpack it first"),
    b"SQLite format 3": ("an SQLite database", _AS_TEXT),
}
_ZIP = b"PK\x03\x04"
# What stands near the beginning or the end of an archive of this kind.
_PACKED: dict[bytes, tuple[str, str]] = {
    b"application/vnd.oasis.opendocument": ("an OpenDocument file (LibreOffice)", _AS_WORD),
    b"application/epub+zip": ("an e-book (EPUB)", _AS_TEXT),
    b"Index/Document.iwa": ("a Pages document", _AS_WORD),
    b"ppt/": ("a PowerPoint presentation", _AS_TEXT),
    b"xl/": ("an Excel workbook", _AS_TEXT),
}
_NEAR = 100_000


def look_of(data: bytes) -> tuple[str, str]:
    """What these bytes look like ("a PDF"), and what to do; the first is empty when nothing is known of them."""
    if data.startswith(_ZIP):
        ends = data[:_NEAR] + data[-_NEAR:]
        return next((look for word, look in _PACKED.items() if word in ends), ("a zip archive", "unpack it first"))
    return next((look for magic, look in _LOOKS.items() if data.startswith(magic)), ("", _AS_TEXT))
