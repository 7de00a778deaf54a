"""Word documents, as Word, Google Docs, LibreOffice and Teams write them: headings, lists, tables, notes, links.

What is not said in a document never comes out: deletions that are tracked, comments, hidden text, headers and footers. The
document's properties do not count either: the title is the template's, the author whoever owns the program, and the date
that of the first copy.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Collection
from typing import Any
from xml.sax.saxutils import quoteattr

from contentkit.errors import ContentError
from contentkit.sources.documents.archive import Archive, opened
from contentkit.sources.documents.markup import markdown_of
from contentkit.sources.documents.unread_marks import refuse_unread_marks
from contentkit.sources.documents.word_styles import Styles
from contentkit.sources.documents.word_xml import Slimmer
from contentkit.sources.documents.xml_parts import Relation, read_xml, relations_in, words_in
from contentkit.sources.hidden import counted
from contentkit.sources.manuscript import Manuscript
from contentkit.values import dataclass

_LINKS = ("http://", "https://", "mailto:")
_LEVELS = "".join(
    f"p:{kind}-list({level}) => {'ul|ol > li > ' * (level - 1)}{tag} > li:fresh\n"
    for level in range(6, 10)
    for kind, tag in (("unordered", "ul"), ("ordered", "ol"))
)
_STYLES = f"""
p[style-name='Title'] => h1:fresh
p[style-name='heading 7'] => h6:fresh
p[style-name='heading 8'] => h6:fresh
p[style-name='heading 9'] => h6:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='caption'] => figcaption:fresh
p[style-name='Caption'] => figcaption:fresh
p[style-name='HTML Preformatted'] => pre:separator('\\n')
p[style-name='Preformatted Text'] => pre:separator('\\n')
p[style-name='Source Code'] => pre:separator('\\n')
p[style-name^='toc '] => !
p[style-name='TOC Heading'] => !
p[style-name='table of figures'] => !
r[style-name='HTML Code'] => code
r[style-name='Source Text'] => code
r[style-name='Verbatim Char'] => code
{_LEVELS}"""
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_RELATION = '<Relationship Id={id} Type="{type}" Target={target}/>'
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def manuscript_of(data: bytes, name: str) -> Manuscript:
    """A Word document as Markdown. Raises ContentError for what is broken, hostile or says nothing."""
    slim, removed = _slimmed(opened(data, name))
    markdown = markdown_of(_html(slim, name))
    refuse_unread_marks((markdown.struck,), name)
    if not any(markdown.lines):
        raise ContentError(f"{name}: says nothing", hint="are its words in a picture? Type them out")
    return Manuscript(lines=markdown.lines, converted=True, removed=(*markdown.removed, *counted(removed)))


@dataclass(frozen=True, kw_only=True)
class _Part:
    """A part of the document and where it leads."""

    path: str
    relations: tuple[Relation, ...]


def _slimmed(archive: Archive) -> tuple[bytes, Counter[str]]:
    """The document with nothing in it but what is said, as an archive of its own, and what was left out."""
    main = _main(archive)
    removed: Counter[str] = Counter()
    parts: dict[str, bytes] = {}
    unseen = _unseen(archive, main)
    notes: set[tuple[str, str]] = set()
    unread: list[str] = []
    for kind in ("styles", "numbering"):
        _copy(archive, _related(archive, main, kind), kind, Slimmer(archive.name), parts)
    for kind in ("footnotes", "endnotes"):
        part = _related(archive, main, kind)
        slimmer = Slimmer(archive.name, links=_links(part), unseen=unseen)
        _copy(archive, part, kind, slimmer, parts)
        notes |= slimmer.found
        removed += slimmer.removed
        unread += slimmer.unread
    slimmer = Slimmer(archive.name, links=_links(main), notes=notes, unseen=unseen)
    _copy(archive, main, "document", slimmer, parts)
    comments = words_in(archive.part(_related(archive, main, "comments").path), archive.name)
    refuse_unread_marks((comments, *unread, *slimmer.unread), archive.name)
    return _packed(parts), removed + slimmer.removed


def _main(archive: Archive) -> _Part:
    """The part that holds the words. Raises ContentError when there is none."""
    relations = relations_in(archive.part("_rels/.rels"), archive.name)
    targets = (posixpath.normpath(each.target.lstrip("/")) for each in relations if each.kind == "officeDocument")
    path = next((target for target in targets if target in archive.entries), "word/document.xml")
    if path not in archive.entries or path.startswith(("xl/", "ppt/")):
        raise ContentError(
            f"{archive.name}: is no Word document", hint="save its words as .docx, Markdown or plain text"
        )
    return _part(archive, path)


def _related(archive: Archive, main: _Part, kind: str) -> _Part:
    """The part of this kind that the main one names; one that is not there is empty."""
    folder = posixpath.dirname(main.path)
    named = (each.target for each in main.relations if each.kind == kind)
    paths = [posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/") for target in named]
    return _part(archive, next((path for path in paths if path in archive.entries), f"word/{kind}.xml"))


def _part(archive: Archive, path: str) -> _Part:
    folder, file = posixpath.split(path)
    relations = relations_in(archive.part(posixpath.join(folder, "_rels", f"{file}.rels")), archive.name)
    return _Part(path=path, relations=tuple(relations))


def _links(part: _Part) -> Collection[str]:
    """The ids of what leads to the web."""
    return {each.id for each in part.relations if each.target.lower().startswith(_LINKS)}


def _unseen(archive: Archive, main: _Part) -> dict[str, bool]:
    styles = Styles()
    content = archive.part(_related(archive, main, "styles").path)
    if content is not None:
        read_xml(content, styles, archive.name)
    return styles.unseen()


def _copy(archive: Archive, part: _Part, kind: str, slimmer: Slimmer, parts: dict[str, bytes]) -> None:
    content = archive.part(part.path)
    if content is None:
        return
    read_xml(content, slimmer, archive.name)
    parts[f"word/{kind}.xml"] = slimmer.written()
    leading = [_RELATION.format(id='"picture"', type=f"{_TYPE}image", target='"picture"')]
    for each in part.relations:
        if each.id in slimmer.links:
            leading.append(
                _RELATION.format(id=quoteattr(each.id), type=f"{_TYPE}hyperlink", target=quoteattr(each.target))
            )
    parts[f"word/_rels/{kind}.xml.rels"] = _RELATIONS.format("".join(leading)).encode()


def _packed(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return packed.getvalue()


def _html(document: bytes, name: str) -> str:
    import mammoth

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(document),
            style_map=_STYLES,
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(_without_data),
        )
    except MemoryError:
        raise
    except Exception:
        # Mammoth trusts its documents: whatever it raises says that this one is not as the format has it.
        raise ContentError(
            f"{name}: is broken, or no Word document",
            hint="open it in the program that wrote it, and save it as .docx once more",
        ) from None
    return str(result.value)


def _without_data(_image: Any) -> dict[str, str]:
    return {"src": ""}
