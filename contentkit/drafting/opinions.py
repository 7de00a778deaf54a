"""What somebody who asks a model for a second opinion hands over, and gets back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

from contentkit.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Stated:
    """A post, by its number in the thread (from 1), and the sentences that it cites.

    ``around`` is what tells of whom and what these speak: title and author of the source, the heading above them, who says them.
    Nothing else is shown to the model.
    """

    number: int
    text: str
    cited: tuple[str, ...]
    around: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """Words of the post of this number that its sentences do not say, as a model thinks, and its reason. Text from outside."""

    number: int
    words: str
    reason: str


@runtime_checkable
class Doubts(Protocol):
    """A drafter that can be asked which words of a post its sentences do not say."""

    def doubts(self, posts: Sequence[Stated]) -> Sequence[Doubt]:
        """The doubts about these posts, which are of one draft. Posts that must not be sent are passed over, and told.

        Raises UsedUp beyond a cap, Refused when the server does not want us, Unavailable when it gives nothing.
        """
        ...

    def doubt_prompts(self, posts: Sequence[Stated]) -> Sequence[tuple[str, Sequence[Mapping[str, str]]]]:
        """All that ``doubts`` would say to the model, each request under a heading. Sends nothing."""
        ...
