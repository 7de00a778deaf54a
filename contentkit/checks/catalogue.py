"""The catalogue of all checks, as ``catalogue.toml`` tells it: for the reference, for messages, for other programs."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from contentkit.models import Severity


@dataclass(frozen=True, kw_only=True)
class Check:
    """One check: its stable id (``CK201``), its usual severity, what it finds.

    ``languages`` are those whose words it reads; empty where it works in any.
    """

    id: str
    severity: Severity
    finds: str
    languages: tuple[str, ...] = ()


@cache
def catalogue() -> Mapping[str, Check]:
    """Every check by its id, in the order of ids."""
    read = tomllib.loads((files(__package__) / "catalogue.toml").read_text("utf-8"))
    return MappingProxyType({id_: _check(id_, read[id_]) for id_ in sorted(read) if id_ != "version"})


def _check(id_: str, said: Mapping[str, object]) -> Check:
    return Check(**{"id": id_, **said, "languages": tuple(said.get("languages", ()))})  # type: ignore[arg-type]
