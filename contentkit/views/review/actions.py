"""What a review can do. The command line provides it, from the same verbs that its commands call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from contentkit.errors import ContentError
from contentkit.models import Evidence, Problem
from contentkit.views.review.values import Dossier, Item, NextSlot


class Changed(ContentError):
    """What is on the disk is no longer what was shown: nothing was done."""


class Actions(Protocol):
    """Each verb reads the files as they are now, does one thing, and says what it did. All raise ContentkitError."""

    def items(self) -> Sequence[Item]:
        """What waits for review first, then the rest, by time."""

    def dossier(self, entry: str) -> Dossier:
        """Everything that is shown of an entry, as the files are now."""

    def to_mend(self, entry: str) -> int:
        """How many findings stand in the way of its approval."""

    def is_stale(self) -> bool:
        """Whether files were edited since they were read last."""

    def approve(self, shown: Dossier) -> str:
        """Approves exactly what was shown. Raises Changed where that is no longer what the files say."""

    def pause(self, entry: str, reason: str) -> str: ...

    def unpause(self, entry: str) -> str: ...

    def next_slot(self, entry: str) -> NextSlot:
        """The next opening behind the time of an entry. Raises ContentError where there is none."""

    def move_to_slot(self, entry: str, there: NextSlot) -> str: ...

    def move(self, entry: str, when: str) -> str:
        """Puts an entry at a time as a person says it: '2026-11-24 09:30', 'tomorrow 09:30'."""

    def waive(self, shown: Dossier, problem: Problem, reason: str) -> str:
        """Takes a finding upon the person at the keyboard, by a note in the draft."""

    def can_be_waived(self, problem: Problem) -> bool: ...

    def editor(self, path: str, line: int) -> Sequence[str]:
        """The command that opens a file of the project in the person's editor."""

    def reader(self, evidence: Evidence) -> Sequence[str]:
        """The command that shows a source at the lines of this evidence."""
