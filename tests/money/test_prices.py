from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.models import Account, Media, Part, Rendition
from contentkit.money.prices import (
    OPERATIONS,
    Cost,
    PartCost,
    Prices,
    cost_of,
    cost_of_part,
    dollars,
    from_micros,
    micros,
    prices_of,
)
from contentkit.text import urls_in

X = prices_of("x")
LINK = "https://example.org/a"


def rendition(*texts: str, alts: tuple[str, ...] = ()) -> Rendition:
    media = tuple(Media(path=f"{number}.png", alt=alt) for number, alt in enumerate(alts))
    parts = [Part(post=number, text=text, length=len(text)) for number, text in enumerate(texts)]
    return Rendition(
        account=Account(name="ours", platform="x"),
        parts=(replace(parts[0], media=media), *parts[1:]),
        visibility="public",
        warning="",
        language="en",
    )


def cost(*texts: str, alts: tuple[str, ...] = ()) -> Cost:
    return cost_of(rendition(*texts, alts=alts), X, urls_in)


def test_the_prices_of_x_are_dated_and_exact() -> None:
    assert isinstance(X.as_of, date)
    assert X.source.startswith("https://docs.x.com/")
    assert (X.create, X.create_with_link) == (Decimal("0.015"), Decimal("0.2"))
    assert (X.media_metadata, X.read_post, X.read_user) == (Decimal("0.005"), Decimal("0.005"), Decimal("0.01"))
    assert all(isinstance(X.of(operation), Decimal) for operation in OPERATIONS)


def test_a_thread_of_eight_with_one_link_costs_what_x_says() -> None:
    assert cost(*["Words."] * 7, f"Words {LINK}").total == Decimal("0.305")


def test_a_link_in_each_part_costs_more_than_five_times_as_much_and_the_saving_is_told() -> None:
    each = cost(*[f"Words {LINK}"] * 8)
    assert (each.total, each.linked, each.saving) == (Decimal("1.6"), 8, Decimal("1.295"))
    assert each.total - each.saving == Decimal("0.305")


def test_one_link_and_none_save_nothing() -> None:
    assert cost("Words.", f"Words {LINK}").saving == 0
    assert cost("Words.").saving == 0


def test_two_links_in_one_part_cost_as_one() -> None:
    assert cost(f"{LINK} and {LINK}").total == Decimal("0.2")


def test_each_alt_text_is_paid_for_and_one_that_is_missing_is_not_sent() -> None:
    thread = cost("Words.", "More.", alts=("A chart", "", "Another chart"))
    assert [part.alts for part in thread.parts] == [Decimal("0.01"), 0]
    assert thread.total == Decimal("0.04")


def test_a_part_says_which_words_make_it_dearer() -> None:
    assert cost_of_part(f"See {LINK}.", [], X, urls_in).links == (LINK,)


def test_where_a_link_would_be_cheaper_the_larger_price_is_taken() -> None:
    prices = Prices(create=Decimal("0.02"), create_with_link=Decimal("0.01"))
    assert cost_of_part(LINK, [], prices, urls_in).post == Decimal("0.02")


def test_making_sure_of_each_part_comes_on_top() -> None:
    assert (cost("One.", "Two.").reading, cost("One.", "Two.").total) == (Decimal("0.01"), Decimal("0.03"))


@pytest.mark.parametrize("price", ["-0.01", "nan", "Infinity", "0.0000001"])
def test_what_is_no_price_is_refused(price: str) -> None:
    with pytest.raises(ValueError, match=r"create: .* is no price"):
        Prices(create=Decimal(price))


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0.305", "$0.305"),
        ("1.6", "$1.60"),
        ("1.600", "$1.60"),
        ("0", "$0.00"),
        ("10", "$10.00"),
        ("1E+2", "$100.00"),
        ("0.000001", "$0.000001"),
    ],
)
def test_dollars_are_written_exactly_with_two_digits_at_least(amount: str, words: str) -> None:
    assert dollars(Decimal(amount)) == words


@given(st.integers(0, 10**12))
@settings(max_examples=200, deadline=None)
def test_what_is_counted_in_millionths_comes_back(count: int) -> None:
    assert micros(from_micros(count)) == count
    assert Decimal(re.sub(r"\$", "", dollars(from_micros(count)))) == from_micros(count)


def test_less_than_a_millionth_counts_as_one() -> None:
    assert micros(Decimal("0.0000001")) == 1


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 4)), min_size=1, max_size=30))
@settings(max_examples=200, deadline=None)
def test_the_total_is_the_sum_of_the_parts_and_no_binary_fraction(parts: list[tuple[bool, int]]) -> None:
    costs = tuple(cost_of_part(LINK if linked else "Words.", ["A chart"] * alts, X, urls_in) for linked, alts in parts)
    expected = sum((200 if linked else 15) + 5 * alts for linked, alts in parts)
    assert Cost(parts=costs, prices=X).total == Decimal(expected) / 1000
    assert all(isinstance(one, PartCost) and isinstance(one.total, Decimal) for one in costs)


def test_the_page_about_x_has_the_prices_that_are_counted_with() -> None:
    page = (Path(__file__).parent.parent.parent / "docs/how-to/x.md").read_text("utf-8")
    table = dict(re.findall(r"^\| ([a-z][^|]*?) \| ([0-9]\.[0-9]{3})", page, re.M))
    prices = [X.create, X.create_with_link, X.media_metadata, X.read_post, X.read_user]
    assert [Decimal(price) for price in table.values()] == prices
    assert X.source in page
    assert X.as_of is not None
    assert f"{X.as_of:%B %Y}" in page
