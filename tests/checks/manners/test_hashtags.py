from __future__ import annotations

import pytest

from contentkit.checks.manners.hashtag_words import camel_case
from tests.checks.manners.posts import mended, told, words_of


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("opensourcesummit", "OpenSourceSummit"),
        ("OPENSOURCE", "OpenSource"),
        ("Machinelearning", "MachineLearning"),
        ("softwarelibre", "SoftwareLibre"),
        ("códigoabierto", "CódigoAbierto"),
        ("aiethics", "AIEthics"),
    ],
)
def test_a_hashtag_of_known_words_comes_apart(name: str, written: str) -> None:
    assert camel_case(name) == written


@pytest.mark.parametrize(
    "name",
    [
        "python",
        "framework",
        "postgresql",
        "workshop",
        "OpenSource",
        "100days",
        "nowhere",
        "github",
        "mtc",
        "notebook",
        "tonight",
        "context",
        "within",
    ],
)
def test_a_hashtag_of_one_word_or_of_unknown_ones_is_left_alone(name: str) -> None:
    assert camel_case(name) == ""


def test_a_hashtag_that_may_be_read_in_two_ways_is_left_alone() -> None:
    assert camel_case("docsprint") == ""  # the docs in print, or a sprint for a doc


def test_a_hashtag_without_capitals_is_a_warning_that_says_how_to_write_it() -> None:
    (problem,) = told("We talk at the summit. #opensourcesummit")
    assert (problem.check, problem.severity, problem.words) == ("CK332", "warning", "#opensourcesummit")
    assert "#OpenSourceSummit" in problem.remedy
    assert mended("Come! #opensource #Rust") == "Come! #OpenSource #Rust"


def test_a_post_that_opens_with_hashtags_is_a_warning() -> None:
    assert words_of("CK333", "#Python #Rust Both have news.") == ["#Python #Rust"]


@pytest.mark.parametrize(
    "text",
    [
        "#Python has news.",
        "#Issue #4 is closed.",
        "News of #Python and #Rust",
        "News.\n\n#Python #Rust",
        "#Python #Rust",
    ],
)
def test_hashtags_within_behind_or_alone_are_in_their_place(text: str) -> None:
    assert words_of("CK333", text) == []


def test_more_than_three_hashtags_are_a_warning() -> None:
    assert words_of("CK321", "So #Alpha #Beta #Gamma") == []
    assert words_of("CK321", "So #Alpha #Beta #Gamma #Delta") == ["#Delta"]
