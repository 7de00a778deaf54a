"""From libyaml's flat events to nodes, refusing what could mean something else than it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from contentkit.errors import ContentError
from contentkit.strict_yaml.nodes import Node, Piece
from contentkit.text import one_line

MAX_VALUES = 1_000_000
MAX_DEPTH = 20
_VALUES = (ScalarEvent, SequenceStartEvent, MappingStartEvent, AliasEvent)

# What is done with the items of a list of the root, given them and the root as far as it stands before the list.
Take = Callable[[Iterator[Node], Node], None]


class EventReader:
    """Reads the one document of a piece of text, of which ``following`` gives the next event, and None at its end.

    The items of a list of the root whose key is in ``apart`` are handed to what stands there, one after the other, and are not
    kept: ``MAX_VALUES`` holds for what is kept at once.
    """

    def __init__(self, following: Callable[[], Any], piece: Piece, apart: Mapping[str, Take]) -> None:
        self.following = following
        self.piece = piece
        self.apart = apart
        self.room = MAX_VALUES

    def document(self) -> Node | None:
        """What the text says, or None when it says nothing. Raises ContentError, and YAML's own errors."""
        root: Node | None = None
        while (event := self.following()) is not None:
            if isinstance(event, DocumentStartEvent):
                self._check_start(event, root)
            elif isinstance(event, _VALUES):
                root = Node.of(self.piece, self._value(event, 1))
        return root

    def _check_start(self, event: Any, before: Node | None) -> None:
        if before is not None:
            raise self._error(event, "a second YAML document", "one file holds one document: remove the line of dashes")
        # In YAML 1.1, 'no' and 9:30 mean something else than they say.
        if event.tags or event.version not in (None, (1, 2)):
            raise self._error(event, "directives are not used here", "remove the lines that begin with '%'")

    def _value(self, event: Any, depth: int) -> Any:
        """A scalar as its event, a collection as a node."""
        kind = type(event)
        if event.anchor or kind is AliasEvent or event.tag:
            self._check_signs(event)
        if kind is ScalarEvent:
            return event
        if depth > MAX_DEPTH:
            raise self._error(event, f"nested more than {MAX_DEPTH} deep")
        return self._mapping(event, depth) if kind is MappingStartEvent else self._sequence(event, depth)

    def _check_signs(self, event: Any) -> None:
        if event.anchor:
            raise self._error(
                event, "anchors and aliases are not used here", "write the value out; quote a text that begins so"
            )
        if event.tag and not (type(event) is ScalarEvent and event.tag == "!"):
            raise self._error(
                event, f"the tag {event.tag} is not used here", "remove it, or quote a text that begins so"
            )

    def _sequence(self, start: Any, depth: int) -> Node:
        items: list[Any] = []
        following = self.following
        while type(event := following()) is not SequenceEndEvent:
            if len(items) >= self.room:
                raise self._full(event)
            items.append(self._value(event, depth + 1))
        self.room -= len(items)
        return Node(self.piece, start, event, "sequence", items)

    def _mapping(self, start: Any, depth: int) -> Node:
        keys: dict[str, Any] = {}
        values: dict[str, Any] = {}
        following = self.following
        while type(key := following()) is not MappingEndEvent:
            if type(key) is not ScalarEvent or key.anchor or key.tag or (word := key.value) in keys or word == "<<":
                self._check_key(key, keys, depth)
                word = key.value
            if len(keys) >= self.room:
                raise self._full(key)
            event = following()
            if type(event) is ScalarEvent and not event.anchor and not event.tag:
                values[word] = event
            elif depth == 1 and word in self.apart and type(event) is SequenceStartEvent:
                before = Node(self.piece, start, key, "mapping", values, keys)
                values[word] = self._handed_over(event, self.apart[word], before)
            else:
                values[word] = self._value(event, depth + 1)
            keys[word] = key
        self.room -= 2 * len(keys)
        return Node(self.piece, start, key, "mapping", values, keys)

    def _check_key(self, key: Any, keys: Mapping[str, Any], depth: int) -> None:
        node = Node.of(self.piece, self._value(key, depth + 1))
        if node.kind != "scalar":
            raise node.error("a key must be a word")
        if node.text == "<<" and node.plain:
            raise node.error("merge keys are not used here", "write the values out")
        if node.text in keys:
            first = Node.of(self.piece, keys[node.text]).line
            raise node.error(
                f"'{one_line(node.text, 60)}' stands here twice", f"the first is on line {first}; keep one"
            )

    def _handed_over(self, start: Any, take: Take, before: Node) -> Node:
        """The list whose items ``take`` was given, as a node without items."""
        last, room = start, self.room

        def items() -> Iterator[Node]:
            nonlocal last
            while type(last := self.following()) is not SequenceEndEvent:
                self.room = room
                yield Node.of(self.piece, self._value(last, 3))

        given = items()
        take(given, before)
        for _ in given:
            pass  # what it did not want to see has to be read all the same
        return Node(self.piece, start, last, "sequence")

    def _full(self, event: Any) -> ContentError:
        return self._error(event, f"more than {MAX_VALUES:,} values", "split the file, or archive what is old")

    def _error(self, event: Any, message: str, hint: str = "") -> ContentError:
        return ContentError(f"{self.piece.place(event.start_mark)}: {message}", hint=hint)
