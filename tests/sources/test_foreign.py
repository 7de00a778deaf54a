import io
import zipfile

import pytest

from contentkit.errors import ContentError
from contentkit.sources import parse_source


def zipped(name: str, content: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "what", "hint"),
    [
        (b"%PDF-1.7\n", "looks like a PDF", "copy its words"),
        (b"{\\rtf1\\ansi Hello.}", "looks like a rich-text", ".docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "looks like an old Word document, or one with a password", ".docx"),
        (zipped("mimetype", "application/vnd.oasis.opendocument.text"), "looks like an OpenDocument file", ".docx"),
        (zipped("Index/Document.iwa", "x"), "looks like a Pages document", ".docx"),
        (zipped("xl/workbook.xml", "x"), "looks like an Excel workbook", "plain text"),
        (zipped("notes.txt", "x"), "looks like a zip archive", "unpack"),
        (b"ID3\x04", "looks like an MP3 sound", "transcribe"),
        (b"a\x00b", "is binary", "plain text"),
    ],
)
def test_what_is_no_text_is_called_by_its_name_with_a_way_out(data: bytes, what: str, hint: str) -> None:
    with pytest.raises(ContentError) as caught:
        parse_source(data, "notes/call")

    assert caught.value.message.startswith(f"notes/call: {what}")
    assert hint in caught.value.hint
