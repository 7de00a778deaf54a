"""Every error a user can meet, as one tree.

ContentkitError
├── UsageError          the command was called wrongly                            exit 2
├── ContentError        a file says something that cannot be used                 exit 1
├── StateError          the journal, the database or the machine stands in the way exit 1
├── NeedsPerson         nothing is wrong with the program: a person must decide   exit 4
└── PlatformError       a network or a model server, classed by fate, not by status code
    ├── Refused         not sent, and never will be as it stands
    ├── Unavailable     not sent, try later
    └── Uncertain       nobody knows whether it was sent

Each error says what happened, where (``calendar.yaml:14``) and what to do (the hint).
The exit codes are assigned once, in ``contentkit.cli.main``.
"""

from __future__ import annotations

from datetime import timedelta


class ContentkitError(Exception):
    """Something expected went wrong.

    ``message`` starts with the place when there is one; ``hint`` is one sentence that says what to do.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    @property
    def words(self) -> str:
        """Message and hint in one, for what is kept and shown later."""
        return f"{self.message} ({self.hint})" if self.hint else self.message


class UsageError(ContentkitError):
    """The command was called in a way that cannot mean anything."""


class ContentError(ContentkitError):
    """A file that a person wrote cannot be used as it stands."""


class StateError(ContentkitError):
    """The journal, the database or this machine does not allow it."""


class NeedsPerson(ContentkitError):
    """A person has to decide before this can go on."""


class PlatformError(ContentkitError):
    """A network did not do what it was asked to."""


class Refused(PlatformError):
    """The network itself said no: not sent, and never will be as it stands."""


class Unavailable(PlatformError):
    """Certainly not sent; worth trying later.

    ``wait`` is how long the network asked us to wait, if it did.
    ``pauses_account`` is true when nothing on this account can work until a person mends it (401, 402).
    ``unheard`` is true when certainly no connection was made: nobody can have counted or billed the request.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        wait: timedelta | None = None,
        pauses_account: bool = False,
        unheard: bool = False,
    ) -> None:
        super().__init__(message, hint=hint)
        self.wait = wait
        self.pauses_account = pauses_account
        self.unheard = unheard

    def on_occasion(self, hint: str) -> Unavailable:
        """The same, with this hint where there is none: a network cannot know for what it was asked."""
        return Unavailable(
            self.message,
            hint=self.hint or hint,
            wait=self.wait,
            pauses_account=self.pauses_account,
            unheard=self.unheard,
        )


class Uncertain(PlatformError):
    """Nobody knows whether it was sent; only looking can tell."""
