"""Dataclasses are written late: each of them can be, and then they are what others are."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, field, fields, is_dataclass, replace
from threading import Barrier, Thread

import pytest

from contentkit.values import dataclass
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
    with pytest.raises(FrozenInstanceError):
        stamp.pence = 6  # type: ignore[misc]
    with pytest.raises(TypeError, match=r"Stamp\.__init__\(\) got an unexpected keyword argument 'shillings'"):
        Stamp(pence=5, shillings=1)  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="costs something"):
        Stamp(pence=-1)


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
    kinds = [one for one in everything_loaded() if isinstance(one, type)]
    values = [kind for kind in kinds if str(kind.__module__).startswith("contentkit.") and is_dataclass(kind)]
    assert len(values) > 300
    for kind in values:
        assert all(one.name for one in fields(kind))
        assert kind.__init__.__qualname__ == f"{kind.__qualname__}.__init__"
