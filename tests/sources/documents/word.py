"""Word documents for tests, written part by part as Word packs them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from xml.sax.saxutils import escape, quoteattr

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_ROOT_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>'
)
NONE: Mapping[str, str] = MappingProxyType({})


def run(text: str, properties: str = "") -> str:
    """A run of text with these run properties."""
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r w:rsidR="00A1">{inner}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def bold(text: str) -> str:
    return run(text, "<w:b/>")


BREAK = "<w:r><w:br/></w:r>"


def paragraph(*runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs; a plain text is a run."""
    inner = "".join(each if each.startswith("<") else run(each) for each in runs)
    named = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    return f'<w:p w:rsidR="00B2"><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>'


def item(text: str, level: int = 0, numbered: int = 1) -> str:
    """An item of list 1 (bullets) or 2 (numbers)."""
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbered}"/></w:numPr>')


def table(*rows: Sequence[str]) -> str:
    """A table of cells; each cell is a paragraph, or paragraphs as XML."""
    written = ""
    for row in rows:
        cells = (cell if cell.startswith("<") else paragraph(cell) for cell in row)
        written += f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"
    return f"<w:tbl><w:tblPr/>{written}</w:tbl>"


def link(text: str, relation: str) -> str:
    return f'<w:hyperlink r:id="{relation}">{run(text)}</w:hyperlink>'


def picture(alt: str) -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr={quoteattr(alt)}/><a:graphic><a:graphicData>'
        '<pic:pic><pic:nvPicPr/><pic:blipFill><a:blip r:embed="rId9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def footnote(number: int, text: str) -> str:
    return f'<w:footnote w:id="{number}">{paragraph("<w:r><w:footnoteRef/></w:r>", run(" " + text))}</w:footnote>'


def document(*body: str) -> str:
    return f"<w:document {NAMESPACES}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>"


_HEADINGS = "".join(
    f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/></w:style>'
    for level in range(1, 4)
)


def styles(*more: str) -> str:
    return (
        f"<w:styles {NAMESPACES}>{_HEADINGS}"
        '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/></w:style>'
        f"{''.join(more)}</w:styles>"
    )


def _level(level: int, kind: str) -> str:
    return f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{kind}"/></w:lvl>'


NUMBERING = (
    f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0">{"".join(_level(n, "bullet") for n in range(9))}'
    f'</w:abstractNum><w:abstractNum w:abstractNumId="1">{"".join(_level(n, "decimal") for n in range(9))}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    "</w:numbering>"
)


def relations(links: Mapping[str, str]) -> str:
    leading = "".join(
        f'<Relationship Id="{key}" Type="{_R}/hyperlink" Target={quoteattr(target)} TargetMode="External"/>'
        for key, target in links.items()
    )
    named = "".join(
        f'<Relationship Id="{kind}" Type="{_R}/{kind}" Target="{kind}.xml"/>'
        for kind in ("styles", "numbering", "footnotes", "comments")
    )
    picture_relation = f'<Relationship Id="rId9" Type="{_R}/image" Target="media/image1.png"/>'
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{named}{picture_relation}{leading}</Relationships>"
    )


def parts_of(
    *body: str, links: Mapping[str, str] = NONE, notes: Sequence[str] = (), more_styles: Sequence[str] = ()
) -> dict[str, str]:
    """The parts of a document with this body."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _ROOT_RELATIONS,
        "word/document.xml": document(*body),
        "word/_rels/document.xml.rels": relations(links),
        "word/styles.xml": styles(*more_styles),
        "word/numbering.xml": NUMBERING,
        "word/media/image1.png": "\x89PNG",
        "docProps/core.xml": "<x>Document1, last modified by somebody</x>",
    }
    if notes:
        parts["word/footnotes.xml"] = f"<w:footnotes {NAMESPACES}>{''.join(notes)}</w:footnotes>"
    return parts


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """The parts as an archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def docx(
    *body: str, links: Mapping[str, str] = NONE, notes: Sequence[str] = (), more_styles: Sequence[str] = ()
) -> bytes:
    """A Word document with this body."""
    return packed(parts_of(*body, links=links, notes=notes, more_styles=more_styles))
