from __future__ import annotations

from contentkit.cli.output import wrapped

HINT = "  a new app has new keys: copy all of them again"


def test_a_line_ends_between_words_and_goes_on_below_its_beginning() -> None:
    assert wrapped(HINT, 30) == ["  a new app has new keys: copy", "  all of them again"]


def test_an_address_that_is_longer_than_the_terminal_is_not_cut() -> None:
    address = "https://social.example/@us/" + "1" * 40
    assert wrapped(f"it is there: {address}", 30) == ["it is there:", address]


def test_what_fits_and_what_no_terminal_reads_stays_as_it_is() -> None:
    assert wrapped(HINT, 80) == wrapped(HINT, 0) == [HINT]


def test_a_line_end_that_is_there_is_no_blank_to_count() -> None:
    assert wrapped("there is a name missing here\n  'contentkit preview --help' says more", 40) == [
        "there is a name missing here",
        "  'contentkit preview --help' says more",
    ]
