"""Values of a YAML file and where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from contentkit.errors import ContentError
from contentkit.text import one_line

_LONGEST = 400
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))


class Piece(NamedTuple):
    """The text that libyaml is given: what its file is called in messages, and where in the file it begins.

    ``offset`` counts the characters of the file that stand before it, ``line`` is the number of its first line.
    """

    path: str
    offset: int
    line: int

    def place(self, mark: Any) -> str:
        """Where a mark of libyaml is: path:line:column, both 1-based."""
        return f"{self.path}:{mark.line + self.line}:{mark.column + 1}"


class Node:
    """A value and where it stands; never changed.

    ``kind`` is ``scalar``, ``sequence`` or ``mapping``. ``text`` is that of a scalar, ``plain`` is true for an unquoted one.
    ``start`` and ``end`` are character offsets into the file's text; ``line`` and ``column`` are 1-based.

    A long calendar has half a million values, of which few are asked where they stand. So a collection keeps the events of
    libyaml for the scalars within it (and for its keys), and makes nodes of those that are asked for.
    """

    __slots__ = ("_first", "_inner", "_keys", "_last", "_piece", "kind", "plain", "text")
    # The text of a collection, where the event of a scalar has its own: it has none.
    value = None

    def __init__(
        self,
        piece: Piece,
        first: Any,
        last: Any,
        kind: str,
        inner: Any = (),
        keys: Mapping[str, Any] | None = None,
        text: str = "",
        plain: bool = False,
    ) -> None:
        self._piece = piece
        self._first = first
        self._last = last
        self._inner = inner
        self._keys = keys or {}
        self.kind = kind
        self.text = text
        self.plain = plain

    @classmethod
    def of(cls, piece: Piece, value: Any) -> Node:
        """The node of a scalar's event, or the node that a collection is already."""
        if type(value) is Node:
            return value
        return cls(piece, value, value, "scalar", text=value.value, plain=_is_plain(value))

    @property
    def size(self) -> int:
        """How many values a collection has."""
        return len(self._inner)

    @property
    def items(self) -> tuple[Node, ...]:
        """The items of a sequence; of anything else, none."""
        return tuple(Node.of(self._piece, item) for item in self._inner) if self.kind == "sequence" else ()

    @property
    def values(self) -> dict[str, Node]:
        """The values of a mapping by their keys, in order; of anything else, none."""
        return (
            {word: Node.of(self._piece, value) for word, value in self._inner.items()} if self.kind == "mapping" else {}
        )

    @property
    def keys(self) -> dict[str, Node]:
        """The key nodes of a mapping, in order."""
        return {word: Node.of(self._piece, key) for word, key in self._keys.items()}

    def has_only(self, known: frozenset[str]) -> bool:
        """Whether a mapping has no keys but some of these."""
        return self._keys.keys() <= known

    def at(self, key: str) -> Node:
        """The value of a key that this mapping has."""
        return Node.of(self._piece, self._inner[key])

    def texts(self) -> dict[str, str | None]:
        """The texts of a mapping's scalars by their keys, None for collections; nulls are left out."""
        return {
            word: text
            for word, value in self._inner.items()
            if (text := value.value) not in _NULLS or not _is_plain(value)
        }

    def item_texts(self) -> list[str]:
        """The texts of a sequence's scalars that are not null."""
        return [
            text
            for value in self._inner
            if (text := value.value) is not None and (text not in _NULLS or not _is_plain(value))
        ]

    @property
    def flow(self) -> bool:
        """Whether it is a collection in braces or brackets."""
        return self.kind != "scalar" and bool(self._first.flow_style)

    @property
    def start(self) -> int:
        return int(self._first.start_mark.index) + self._piece.offset

    @property
    def end(self) -> int:
        return int(self._last.end_mark.index) + self._piece.offset

    @property
    def line(self) -> int:
        return int(self._first.start_mark.line) + self._piece.line

    @property
    def column(self) -> int:
        return int(self._first.start_mark.column) + 1

    @property
    def place(self) -> str:
        return self._piece.place(self._first.start_mark)

    @property
    def is_null(self) -> bool:
        return self.plain and self.text in _NULLS

    def error(self, message: str, hint: str = "") -> ContentError:
        """An error at this value's place, on one line; what it quotes from the file cannot steer a terminal."""
        return ContentError(f"{self.place}: {one_line(message, _LONGEST)}", hint=one_line(hint, _LONGEST))


class Values(Mapping[str, Node]):
    """The values of a mapping that are not null, by their keys, in order.

    ``texts`` has the text of each that is a scalar, and None for a collection: to ask it makes no nodes.
    """

    __slots__ = ("_node", "texts")

    def __init__(self, node: Node) -> None:
        self._node = node
        self.texts = node.texts()

    def __getitem__(self, key: str) -> Node:
        self.texts[key]  # a null is none
        return self._node.at(key)

    def __contains__(self, key: object) -> bool:
        return key in self.texts

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)


def _is_plain(event: Any) -> bool:
    # The style of a plain scalar is none, and that of an empty one with a bare '!', too.
    return event.implicit[0] and not event.style
