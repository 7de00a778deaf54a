"""What one draft may take of a model: counted after each request, and before each whether there is room for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from decimal import Decimal

from contentkit.drafting.workshop import Usage
from contentkit.errors import StateError
from contentkit.money.prices import dollars
from contentkit.values import dataclass

_MILLION = 1_000_000
# Of UTF-8: English has about four to a token, other scripts two to three.
_BYTES_PER_TOKEN = 3
# No text has so few tokens that our count is so many times theirs.
_MOST_TOO_MANY = 8


class UsedUp(StateError):
    """A draft would take more than the settings allow."""


@dataclass(frozen=True, kw_only=True)
class Rates:
    """What a million tokens cost, in US dollars."""

    tokens_in: Decimal
    tokens_out: Decimal

    def cost(self, tokens_in: int, tokens_out: int) -> Decimal:
        return (self.tokens_in * tokens_in + self.tokens_out * tokens_out) / _MILLION


@dataclass(frozen=True, kw_only=True)
class Caps:
    """``tokens`` and ``cost`` (US dollars, None: no cap) are the most that one draft may take. Without rates nothing
    is priced."""

    tokens: int = 100_000
    cost: Decimal | None = None
    rates: Rates | None = None


@dataclass
class Allowance:
    """What is left of the caps of one draft."""

    caps: Caps
    tokens: int = field(default=0, init=False)
    cost: Decimal = field(default=Decimal(0), init=False)

    def refuse_beyond(self, asked: int, longest: int) -> None:
        """Raises UsedUp where a request of so many tokens with an answer of that length might go beyond a cap."""
        hint = "raise it in [drafter] of contentkit.toml, or draft offline: --drafter extractive"
        if self.tokens + asked + longest > self.caps.tokens:
            raise UsedUp(
                f"not sent to the model: with it this draft might take more than {self.caps.tokens:,} tokens (max_tokens)",
                hint=hint,
            )
        if self.caps.cost is None or self.caps.rates is None:
            return
        if self.cost + self.caps.rates.cost(asked, longest) > self.caps.cost:
            raise UsedUp(
                f"not sent to the model: with it this draft might cost more than {dollars(self.caps.cost)} (max_cost)",
                hint=hint,
            )

    def note(self, model: str, tokens_in: int, tokens_out: int, *, estimated: bool) -> Usage:
        """Counts what a request took, and says it."""
        cost = self.caps.rates.cost(tokens_in, tokens_out) if self.caps.rates else None
        self.tokens += tokens_in + tokens_out
        self.cost += cost or 0
        return Usage(model=model, tokens_in=tokens_in, tokens_out=tokens_out, cost=cost, estimated=estimated)


def tokens_of(texts: Iterable[str]) -> int:
    """About how many tokens these texts are, rather too many than too few."""
    return sum(len(text.encode(errors="replace")) // _BYTES_PER_TOKEN + 4 for text in texts)


def believed(told: int | None, about: int) -> int | None:
    """The tokens that a server told, unless there must have been far more: of a server that tells none no cap would hold."""
    return told if told is not None and told * _MOST_TOO_MANY >= about else None
