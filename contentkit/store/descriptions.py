"""What the tables and views of contentkit.db mean, in the words of ``descriptions.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from contentkit.values import dataclass

_FILE = Path(__file__).with_name("descriptions.toml")


@dataclass(frozen=True, kw_only=True)
class Description:
    """A table or view: what one row is, what else there is to know (empty: nothing), and what its columns mean.

    ``own`` are the columns that mean something of their own here, ``usual`` those that mean the same wherever they stand.
    """

    row: str
    about: str
    own: Mapping[str, str]
    usual: Mapping[str, str]

    def of(self, column: str) -> str:
        """What a column means; empty where nobody wrote it down."""
        return self.own.get(column) or self.usual.get(column, "")


def descriptions() -> dict[str, Description]:
    """Every table and view by its name."""
    told = tomllib.loads(_FILE.read_text("utf-8"))
    usual = told.pop("usual")
    return {
        name: Description(row=one.pop("ROW"), about=one.pop("ABOUT", ""), own=one, usual=usual)
        for name, one in told.items()
    }


def questions() -> dict[str, str]:
    """Questions that people ask, each with a query that answers it."""
    return dict(tomllib.loads(_FILE.with_name("questions.toml").read_text("utf-8")))
