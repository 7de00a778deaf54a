"""What no request to a server may hold: the last gate before anything is sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from contentkit.confidential import Confidential
from contentkit.errors import ContentError
from contentkit.forbidden import Forbidden
from contentkit.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Withheld:
    """What was said off the record, and the names of ``confidential.txt``. Shows nothing of either."""

    off_record: Forbidden = field(default_factory=Forbidden)
    confidential: Confidential = field(default_factory=Confidential)

    def is_in(self, text: str) -> bool:
        """Whether a text holds any of it."""
        return bool(self.off_record.leaks_in(text)) or self.confidential.is_named_in(text)

    def refuse(self, messages: Iterable[str], quoted: Iterable[str]) -> None:
        """Raises ContentError where a message holds any of it; the words of the error do not.

        Of what is ``quoted`` from sources every name and number counts, of the messages around it (which say "6 posts")
        only runs of words.
        """
        texts = list(messages)
        leaks = [leak for text in texts for leak in self.off_record.leaks_in(text) if leak.kind == "words"]
        if leaks or any(self.off_record.leaks_in(text) for text in quoted):
            raise ContentError(
                "not sent to the model: the text repeats what is off the record",
                hint="take those words out of the source, or draft offline: --drafter extractive",
            )
        if self.confidential.is_named_in(*texts):
            raise ContentError(
                "not sent to the model: a name that confidential.txt lists is still in the text",
                hint="take the name out of the source, or draft offline: --drafter extractive",
            )
