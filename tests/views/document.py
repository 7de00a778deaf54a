"""A page as a program reads it: a tree of elements, every one of them closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"img", "meta"}


@dataclass
class Element:
    name: str
    attributes: dict[str, str]
    content: list[Element | str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Element]:
        """This element and everything in it, in the order of the document."""
        yield self
        for one in self.content:
            if isinstance(one, Element):
                yield from one

    @property
    def text(self) -> str:
        return "".join(one if isinstance(one, str) else one.text for one in self.content)

    def all(self, name: str) -> list[Element]:
        return [one for one in self if one.name == name]

    def classed(self, name: str) -> list[Element]:
        return [one for one in self if name in one.attributes.get("class", "").split()]

    def only(self, name: str) -> Element:
        [found] = self.all(name)
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("document", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"<{tag}> has an attribute twice"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].content.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().name == tag, f"</{tag}> closes what is not open"

    def handle_data(self, data: str) -> None:
        self.open[-1].content.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a page has no comments")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"<![{data}")


def parsed(page: str) -> Element:
    """The ``html`` element. Fails where a tag is not closed, or closed in the wrong place."""
    assert page.startswith("<!doctype html>\n<html ")
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert [one.name for one in reader.open] == ["document"]
    return reader.open[0].only("html")
