"""The catalogue of all checks, as ``catalogue.toml`` tells it: for the reference, for messages, for other programs."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from contentkit.models import Severity
from contentkit.values import dataclass

# Errors of these stand for the first promise: that a post rests on a source, and says what that says.
_PROMISED = ("CK1", "CK2")


@dataclass(frozen=True, kw_only=True)
class Check:
    """One check: its stable id (``CK201``), its usual severity, what it finds, why that matters, what mends it.

    ``languages`` are those whose words it reads; empty where it works in any. ``waivable``: a person may take it upon them,
    ``firm``: no setting can lower it, ``fixable``: ``check --fix`` mends at least some of what it finds. ``bad`` and ``good``
    are an example of what it finds and of what it does not: a post, where nothing else is said, of a source with the lines
    ``source`` (empty: with the words of the post itself).
    """

    id: str
    severity: Severity
    finds: str
    languages: tuple[str, ...] = ()
    waivable: bool = True
    firm: bool = False
    fixable: bool = False
    why: str = ""
    mend: str = ""
    source: str = ""
    bad: str = ""
    good: str = ""

    @property
    def is_firm(self) -> bool:
        """Whether its severity can only be raised."""
        return self.firm or not self.waivable or (self.severity == "error" and self.id[:3] in _PROMISED)


@cache
def catalogue() -> Mapping[str, Check]:
    """Every check by its id, in the order of ids."""
    read = tomllib.loads(Path(__file__).with_name("catalogue.toml").read_text("utf-8"))
    return MappingProxyType({id_: _check(id_, read[id_]) for id_ in sorted(read) if id_ != "version"})


def _check(id_: str, said: Mapping[str, object]) -> Check:
    return Check(**{"id": id_, **said, "languages": tuple(said.get("languages", ()))})  # type: ignore[arg-type]
