"""What one run has read of its files, so that the same bytes are parsed once: ``post`` looks at them before each part."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Hashable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from contentkit.config import CONFIG_NAME, Config, parse_config
from contentkit.files import content_of, decoded, read_bytes, text_of

if TYPE_CHECKING:
    from contentkit.calendar.entries import Calendar
    from contentkit.forbidden import Forbidden
    from contentkit.models import Draft, Lateness, Person
    from contentkit.platforms import Platform
    from contentkit.sources import Reading

_Parse = Callable[[bytes, str], Any]
_T = TypeVar("_T")


class Remembered:
    """Held in memory, for as long as a command runs; what is off the record is among it.

    Why it is safe: what a file says follows from its bytes, its name and what is handed over with them, not from the time or
    from other files. The bytes are read anew each time, and only where they are the same is the parse of before used. The time
    and the size of a file would not do: an editor may keep both, and two writes may fall into one tick of the clock. Which files
    are to be read, and what a draft is compared with, is found out anew each time, too.
    """

    def __init__(self) -> None:
        self._parsed: dict[tuple[str, str, bytes], Any] = {}
        self._plain: dict[Path, tuple[bytes, Hashable, Any]] = {}
        # By name. What is installed changes for the next run: modules are loaded once.
        self.platforms: dict[str, Platform] = {}

    def settings(self, root: Path) -> Config:
        """As ``load_config``, each time anew."""
        data = read_bytes(root / CONFIG_NAME, CONFIG_NAME)
        return self._same(root / CONFIG_NAME, data, (), lambda: parse_config(text_of(data, CONFIG_NAME), CONFIG_NAME))

    def people(self, root: Path, accounts: Collection[str]) -> dict[str, Person]:
        """As ``load_people``, each time anew."""
        from contentkit.people import PEOPLE_NAME, parse_people

        path = root / PEOPLE_NAME
        if not path.exists():
            return {}
        data = read_bytes(path, PEOPLE_NAME)
        return self._same(
            path, data, tuple(accounts), lambda: parse_people(text_of(data, PEOPLE_NAME), PEOPLE_NAME, accounts)
        )

    def draft(self, path: Path, root: Path) -> Draft:
        """As ``read_draft``, each time anew."""
        from contentkit.drafts import draft_bytes, parse_draft

        name, data = draft_bytes(path, root)
        return self._same(path, data, name, lambda: parse_draft(text_of(data, name), name))

    def calendar(self, path: Path, name: str, accounts: Collection[str], late: Lateness) -> Calendar:
        """As ``load_calendar``, each time anew."""
        from contentkit.calendar.entries import calendar_bytes, parse_calendar

        data = calendar_bytes(path, name)
        terms = (tuple(accounts), late)
        return self._same(path, data, terms, lambda: parse_calendar(decoded(data, name), name, accounts, late))

    def _same(self, path: Path, data: bytes, terms: Hashable, parse: Callable[[], _T]) -> _T:
        """What these bytes say on these terms: as the same ones said before, else parsed."""
        known = self._plain.get(path)
        if known is None or known[:2] != (data, terms):
            known = self._plain[path] = data, terms, parse()
        said: _T = known[2]
        return said

    def reading(self, path: Path, name: str) -> Reading:
        """The source in this file as it is now. Raises ContentError, each time anew."""
        return self.reading_of(content_of(path, name), name)

    def reading_of(self, data: bytes, name: str) -> Reading:
        """The source that these bytes are. Raises ContentError, each time anew."""
        from contentkit.sources import reading_of

        reading: Reading = self._once("reading", data, name, reading_of)
        return reading

    def off_record(self, path: Path, name: str) -> Forbidden:
        """What is off the record in this file as it is now. Raises ContentError, each time anew."""
        from contentkit.sources import off_record

        said: Forbidden = self._once("off the record", content_of(path, name), name, off_record)
        return said

    def _once(self, what: str, data: bytes, name: str, parse: _Parse) -> Any:
        key = what, name, hashlib.sha256(data).digest()
        if key not in self._parsed:
            self._parsed[key] = parse(data, name)
        return self._parsed[key]
