"""A tab for an account on which nothing may be spent, for platforms that bill."""

from __future__ import annotations

from collections.abc import Sequence

from contentkit.errors import Unavailable
from contentkit.money.ledger import Slip
from contentkit.money.prices import Charge
from contentkit.platforms.billing import NoTab


class EmptyTab(NoTab):
    """Refuses everything that costs; ``refused`` is what it was."""

    def __init__(self) -> None:
        self.refused: list[Charge] = []

    def reserve(self, charges: Sequence[Charge]) -> Slip:
        dear = [charge for charge in charges if charge.price]
        if dear:
            self.refused += dear
            raise Unavailable("no money left", pauses_account=True, unheard=True)
        return super().reserve(charges)

    def affordable(self, charges: Sequence[Charge]) -> int:
        return next((number for number, charge in enumerate(charges) if charge.price), len(charges))
