"""Dataclasses are written late: each of them can be, and then they are what others are."""

from __future__ import annotations

from dataclasses import MISSING, FrozenInstanceError, field, fields, is_dataclass, replace
from dataclasses import dataclass as written
from inspect import Parameter, signature
from threading import Barrier, Thread

import pytest

from contentkit.values import STAND_IN, dataclass
from tests.everything import everything_loaded


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """A price on a letter."""

    pence: int
    seen: list[str] = field(default_factory=list, compare=False)

    def __post_init__(self) -> None:
        if self.pence < 0:
            raise ValueError("a stamp costs something")


def test_a_value_is_what_a_dataclass_is() -> None:
    stamp = Stamp(pence=5)
    assert repr(stamp) == "Stamp(pence=5, seen=[])"
    assert stamp == Stamp(pence=5, seen=["x"]) != Stamp(pence=6)
    assert replace(stamp, pence=7).pence == 7
    assert len({hash(stamp), hash(Stamp(pence=5))}) == 1
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'pence'"):
        stamp.pence = 6  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'postmark'"):
        del stamp.postmark  # type: ignore[attr-defined]
    with pytest.raises(TypeError, match=r"Stamp\.__init__\(\) got an unexpected keyword argument 'shillings'"):
        Stamp(pence=5, shillings=1)  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="costs something"):
        Stamp(pence=-1)


def test_values_are_compared_and_shown_whoever_asks_first() -> None:
    @dataclass(frozen=True)
    class Coin:
        pence: int

    @dataclass
    class Purse:
        coins: list[Coin] = field(default_factory=list)
        pence: int = field(default=0, init=False)

    two, purse = list[object]((Coin(2), Purse()))
    assert hash(two) == hash(Coin(2)) != hash(Coin(5))
    assert two == Coin(2)
    assert two != purse
    full = Purse([Coin(1)])
    full.pence = 1
    assert repr(full).endswith("Purse(coins=[" + repr(Coin(1)) + "], pence=1)")
    assert full != Purse([Coin(1)])
    with pytest.raises(TypeError, match="unhashable type: 'Purse'"):
        hash(full)


def test_fields_are_told_before_there_is_an_instance() -> None:
    @dataclass
    class Letter:
        to: str

    @dataclass(frozen=True)
    class Parcel:
        weight: int

    @dataclass
    class Registered(Letter):
        number: int = 1

    assert is_dataclass(Parcel)
    assert [one.name for one in fields(Parcel)] == ["weight"]
    assert Registered("Ana", 2) == Registered(to="Ana", number=2)
    assert Letter("Ana") != Registered("Ana")

    @dataclass(frozen=True)
    class Weighed(Parcel):
        grams: int

    assert Weighed(1, 5) == Weighed(weight=1, grams=5) != Weighed(1, 6)
    with pytest.raises(FrozenInstanceError):
        Weighed(1, 5).grams = 6  # type: ignore[misc]


def test_a_class_keeps_the_first_method_that_it_has() -> None:
    @dataclass
    class Scale:
        grams: int

        def __init__(self, kilograms: int) -> None:
            self.grams = 1000 * kilograms

    assert repr(Scale(2)).endswith("Scale(grams=2000)")


def test_threads_that_make_the_first_ones_at_once_all_get_whole_ones() -> None:
    for _ in range(20):

        @dataclass(frozen=True)
        class Card:
            text: str

        together, made = Barrier(8), list[Card]()

        def make(kind: type[Card] = Card, together: Barrier = together, made: list[Card] = made) -> None:
            together.wait()
            made.append(kind("hello"))

        threads = [Thread(target=make) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert made == [Card("hello")] * 8


def test_each_value_of_each_module_can_be_written() -> None:
    values = _values()
    assert len(values) > 300
    for kind in values:
        assert all(one.name for one in fields(kind))
        assert vars(kind)["__init__"].__qualname__ == f"{kind.__qualname__}.__init__"


def test_the_first_method_of_each_value_asks_for_what_that_of_a_dataclass_asks_for() -> None:
    for kind in _values():
        told = {one.name: one for one in fields(kind)}
        body = {"__annotations__": {name: one.type for name, one in told.items()}, **told}
        assert _asked(kind) == _asked(written(type(kind.__name__, (), body))), kind


def _values() -> list[type]:
    kinds = [one for one in everything_loaded() if isinstance(one, type) and one.__name__ != STAND_IN]
    return [kind for kind in kinds if str(kind.__module__).startswith("contentkit.") and is_dataclass(kind)]


def _asked(kind: type) -> list[tuple[str, object, bool, object]]:
    """Each argument of a class: its name, where it may stand, whether it must be said, and what it is otherwise."""
    return [
        (one.name, one.kind, one.default is Parameter.empty, one.default if one.default in _defaults(kind) else None)
        for one in signature(kind).parameters.values()
    ]


def _defaults(kind: type) -> list[object]:
    return [one.default for one in fields(kind) if one.default is not MISSING]
