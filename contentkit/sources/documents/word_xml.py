"""A part of a Word document without what is not said in it: deletions, comments, hidden text, pictures, and all that only
says how it looks. What is left is what mammoth reads, in its own prefixes, a tenth as long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from types import MappingProxyType
from xml.sax.saxutils import escape, quoteattr

from contentkit.errors import ContentError
from contentkit.sources.documents.word_styles import OFF
from contentkit.values import dataclass

# What is written as it stands; of the rest some is read through, and the other is left out with all it holds.
_KEPT = frozenset(
    "w:document w:body w:p w:pPr w:pStyle w:numPr w:ilvl w:numId w:r w:rPr w:rStyle w:b w:i w:strike w:dstrike w:vertAlign "  # noqa: SIM905
    "w:t w:tab w:br w:cr w:noBreakHyphen w:sym w:fldChar w:instrText w:hyperlink w:tbl w:tr w:trPr w:tblHeader w:tc w:tcPr "
    "w:vMerge w:gridSpan w:footnotes w:footnote w:endnotes w:endnote w:footnoteReference w:endnoteReference "
    "w:txbxContent w:styles w:style w:name w:numbering w:abstractNum w:lvl w:numFmt w:numStyleLink w:num "
    "w:abstractNumId".split()
)
_THROUGH = frozenset(
    "w:ins w:moveTo w:smartTag w:customXml w:sdt w:sdtContent w:fldSimple w:dir w:bdo w:ruby w:rubyBase w:object w:drawing "  # noqa: SIM905
    "w:pict v:textbox v:group v:shape v:rect v:roundrect v:oval v:line wp:inline wp:anchor "
    "mc:AlternateContent mc:Choice mc:Fallback a:graphic a:graphicData ?wsp ?txbx ?wgp ?grpSp ?wpc ?pic ?blipFill".split()
)
_ATTRIBUTES = frozenset((
    "w:val", "w:id", "w:type", "w:fldCharType", "w:font", "w:char", "w:styleId", "w:abstractNumId", "w:numId", "w:ilvl",
    "w:default", "r:id",
))  # fmt: skip
_DELETED = {"w:del": "tracked deletion", "w:moveFrom": "tracked deletion", "w:commentReference": "comment"}
# What in the properties of what hides it. A deleted row is a row whose words are deleted.
_HIDING = {("w:r", "w:rPr"): ("w:vanish",), ("w:tr", "w:trPr"): ("w:hidden", "w:del")}
# In half points: nobody reads what is not larger than two points.
_TOO_SMALL = ("0", "1", "2", "3", "4")
_RENAMED = {"w:cr": "w:br", "w:dstrike": "w:strike"}
# What mammoth takes for no note.
_SEPARATORS = ("separator", "continuationSeparator")
# Mammoth's own reading begins to recurse here.
_DEEPEST = 100
_PICTURE = (
    "<w:drawing><wp:inline><wp:docPr descr={alt}/><a:graphic><a:graphicData><pic:pic><pic:blipFill>"
    '<a:blip r:embed="picture"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>'
)
_SPACES = (
    ' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)


@dataclass(eq=False)
class _Element:
    """An open element: what is written at its end, what was written and said when it began, what hides it."""

    name: str
    ending: str
    written: int
    said: int
    hidden: bool | None = None
    style: str = ""
    alt: str = ""
    choice: int | None = None


class Slimmer:
    """Hears a part and writes what is said in it.

    ``links`` are the ids of relations that lead to an address, ``notes`` the (element, id) of notes that are there,
    ``unseen`` the styles that hide text (True) or show it (False). ``removed`` counts what was left out that somebody
    might look for, ``found`` are the notes of this part, ``unread`` is what was hidden, and what stands
    in tracked deletions.
    """

    def __init__(
        self,
        name: str,
        *,
        links: Collection[str] = (),
        notes: Collection[tuple[str, str]] = (),
        unseen: Mapping[str, bool] = MappingProxyType({}),
    ) -> None:
        self.name = name
        self.links = links
        self.notes = notes
        self.unseen = unseen
        self.removed: Counter[str] = Counter()
        self.found: set[tuple[str, str]] = set()
        self._unseen_words: list[str] = []
        self._deleted_words: list[str] = []
        self._out: list[str] = []
        self._said = 0
        self._open: list[_Element] = []
        # How many elements were open when one began of which nothing is read; 0: all is read.
        self._left_out = 0
        self._kept = 0

    def written(self) -> bytes:
        """What is left, as XML."""
        return "".join(self._out).encode()

    @property
    def unread(self) -> tuple[str, str]:
        return " ".join(self._unseen_words), "".join(self._deleted_words)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        element = _Element(name, "", len(self._out), self._said)
        self._open.append(element)
        if self._left_out:
            return
        if self._is_property(name, attributes) or not self._enter(element, attributes):
            self._left_out = len(self._open)

    def end(self, name: str) -> None:
        element = self._open.pop()
        if self._left_out:
            self._left_out = 0 if len(self._open) < self._left_out else self._left_out
            return
        if element.ending:
            self._out.append(element.ending)
            self._kept -= 1
        if name in ("w:r", "w:tr") and self._is_unseen(element):
            self._hide(element)
        elif name == "mc:AlternateContent":
            self._choose(element)

    def text(self, words: str) -> None:
        if self._left_out and self._open[-1].name == "w:delText":
            self._deleted_words.append(words)
        if not self._left_out and self._open and self._open[-1].name in ("w:t", "w:instrText"):
            self._out.append(escape(words))
            self._said += self._open[-1].name == "w:t"

    def _enter(self, element: _Element, attributes: dict[str, str]) -> bool:
        """Writes the beginning of an element; False when nothing of it is to be read."""
        name = element.name
        if name in _DELETED:
            self.removed[_DELETED[name]] += 1
            return False
        if name in _THROUGH:
            return self._pass(element, attributes)
        if name in ("a:blip", "v:imagedata"):
            alt = next((one.alt for one in reversed(self._open) if one.alt), attributes.get("o:title", ""))
            self._out.append(_PICTURE.format(alt=quoteattr(alt)))
            return False
        if name == "w:hyperlink" and attributes.get("r:id") not in self.links:
            return True  # It leads to a place in the document.
        if name in ("w:footnoteReference", "w:endnoteReference") and (name, attributes.get("w:id")) not in self.notes:
            return False
        if name not in _KEPT:
            return False
        if name in ("w:footnote", "w:endnote") and attributes.get("w:type") not in _SEPARATORS:
            self.found.add((f"{name}Reference", attributes.get("w:id", "")))
        self._write(element, attributes)
        return True

    def _pass(self, element: _Element, attributes: dict[str, str]) -> bool:
        """An element that is read through: of alternatives the first, until it is seen what the fallback says."""
        element.alt = attributes.get("alt", "") if element.name == "v:shape" else ""
        above = self._open[-2] if len(self._open) > 1 else None
        if above and above.name == "mc:AlternateContent":
            if element.name == "mc:Choice" and len(self._out) > above.written:
                return False
            if element.name == "mc:Fallback":
                above.choice = len(self._out)
        return True

    def _write(self, element: _Element, attributes: dict[str, str]) -> None:
        self._kept += 1
        if self._kept > _DEEPEST:
            raise ContentError(
                f"{self.name}: is nested as no word processor nests",
                hint="take the part you need, or save it as plain text",
            )
        tag = _RENAMED.get(element.name, element.name)
        given = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items() if key in _ATTRIBUTES)
        wrapped = tag == "w:txbxContent"
        self._out.append(f"{'<w:pict>' if wrapped else ''}<{tag}{given}{'' if self._out else _SPACES}>")
        element.ending = f"</{tag}>{'</w:pict>' if wrapped else ''}"

    def _is_property(self, name: str, attributes: dict[str, str]) -> bool:
        """Notes what a property says of the run, row, picture or paragraph around it; whether that is all it is for."""
        if len(self._open) < 3:
            return False
        owner, holder = self._open[-3], self._open[-2]
        value, place = attributes.get("w:val", ""), (owner.name, holder.name)
        if name == "wp:docPr":
            holder.alt = attributes.get("descr") or attributes.get("title", "")
        elif place == ("w:pPr", "w:rPr") and name == "w:del":
            # The end of this paragraph was deleted: mammoth joins it with the next.
            self._out.append("<w:del/>")
        elif name in _HIDING.get(place, ()):
            owner.hidden = value not in OFF
        elif place == ("w:r", "w:rPr") and name == "w:sz" and value in _TOO_SMALL and owner.hidden is None:
            owner.hidden = True
        elif name in ("w:rStyle", "w:pStyle"):
            owner.style = value
            return False
        else:
            return False
        return True

    def _is_unseen(self, element: _Element) -> bool:
        if element.hidden is not None:
            return element.hidden
        paragraph = next((one for one in reversed(self._open) if one.name == "w:p"), None)
        by_paragraph = self.unseen.get(paragraph.style, False) if paragraph and element.name == "w:r" else False
        return self.unseen.get(element.style, by_paragraph)

    def _hide(self, element: _Element) -> None:
        """Takes back what was written of an element. The marks of fields stay, or a link would begin and never end."""
        if self._said > element.said:
            self.removed["hidden passage"] += 1
            self._unseen_words.append(
                "".join(piece for piece in self._out[element.written :] if not piece.startswith("<"))
            )
        fields = [piece for piece in self._out[element.written :] if piece.startswith("<w:fldChar")]
        del self._out[element.written :]
        if element.name == "w:r" and fields:
            self._out += ["<w:r>", *(f"{field}</w:fldChar>" for field in fields), "</w:r>"]
        self._said = element.said

    def _choose(self, element: _Element) -> None:
        """Of a drawing written twice, the older form when it says anything, as mammoth would; else the newer."""
        if element.choice is None:
            return
        fallback = self._out[element.choice :]
        if any(piece.startswith(("<w:t>", "<w:t ", "<w:drawing")) for piece in fallback):
            del self._out[element.written : element.choice]
        else:
            del self._out[element.choice :]
