"""What a thread would save where links are billed, with the sums that stand in the network's own price list."""

from __future__ import annotations

import pytest

from contentkit.checks import check_cost
from contentkit.counters.x import links_in, weighted_length
from contentkit.drafts import parse_draft
from contentkit.models import Account, Draft, Problem
from contentkit.money.prices import Prices, cost_of, prices_of
from contentkit.renditions import Manner, render

ACCOUNT = Account(name="ours-x", platform="x")
MANNER = Manner(count=lambda text, warning: weighted_length(text), links=links_in)
LINK = "https://example.org/pears"


def draft_of(*posts: str) -> Draft:
    return parse_draft("---\nversion: 1\n---\n" + "\n\n---\n\n".join(posts) + "\n", "drafts/launch.md")


def found(*posts: str, prices: Prices | None = None) -> list[Problem]:
    draft = draft_of(*posts)
    rendition = render(draft, None, ACCOUNT, {}, MANNER)
    return check_cost(rendition, draft, cost_of(rendition, prices or prices_of("x"), links_in))


def test_a_link_in_each_of_eight_parts_is_told_with_what_one_would_cost() -> None:
    [problem] = found(*(f"Pears, number {number}: {LINK}" for number in range(8)))
    assert (problem.check, problem.severity, problem.holds) == ("CK326", "warning", False)
    assert problem.message == "a link in 8 parts on ours-x: $1.60; in one of them: $0.305"
    assert (problem.place, problem.post) == ("drafts/launch.md:8", 1)


def test_what_saves_nothing_is_not_told() -> None:
    assert found("Pears.", f"More: {LINK}") == []
    assert found(f"Two in one: {LINK} and {LINK}?page=2", "Pears.") == []
    assert found("Pears.", "More pears.") == []


@pytest.mark.parametrize("name", ["setup.py", "README.md", "Socket.IO", "`setup.py`"])
def test_a_name_that_becomes_a_link_is_told_with_what_it_costs_and_how_to_write_it(name: str) -> None:
    [problem] = found("Pears.", f"First line.\n\nLook into {name} first.")
    bare = name.strip("`")
    assert (problem.check, problem.words, problem.place) == ("CK327", bare, "drafts/launch.md:10")
    assert problem.message == f"'{bare}' becomes a link on ours-x, and the part costs $0.185 more"
    assert problem.remedy == "write it otherwise, as in 'the setup file' or 'setup dot py'; backticks do not help"


def test_several_names_of_a_part_are_one_finding_because_each_alone_saves_nothing() -> None:
    [problem] = found("See setup.py, conf.py, tasks.py, main.py and setup.py again.")
    assert problem.message.startswith("'setup.py', 'conf.py', 'tasks.py' and 1 more become links on ours-x")


def test_a_name_beside_a_real_link_costs_no_more_and_is_not_told() -> None:
    assert found(f"See setup.py: {LINK}") == []


def test_a_link_and_a_name_in_another_part_are_two_things_to_save() -> None:
    assert [one.check for one in found(f"One {LINK}", f"Two {LINK}", "Three: setup.py")] == ["CK326", "CK327"]


def test_where_links_cost_no_more_or_nothing_is_billed_nothing_is_told() -> None:
    assert found(f"One {LINK}", f"Two {LINK}", "setup.py", prices=Prices()) == []
    draft = draft_of(f"One {LINK}", f"Two {LINK}")
    assert check_cost(render(draft, None, ACCOUNT, {}, MANNER), draft, None) == []
