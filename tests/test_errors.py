from __future__ import annotations

import inspect
import re
from datetime import timedelta

import pytest

from contentkit import errors
from contentkit.cli.main import FAILED, MISUSED, PERSON_NEEDED, exit_code
from contentkit.errors import (
    ContentError,
    ContentkitError,
    NeedsPerson,
    Refused,
    StateError,
    Unavailable,
    Uncertain,
    UsageError,
)

CLASSES = [one for _, one in inspect.getmembers(errors, inspect.isclass) if issubclass(one, ContentkitError)]


def test_the_tree_at_the_top_of_the_file_is_the_tree() -> None:
    drawn = re.findall(r"^[│├└─ ]*(\w+)(?=  |\n)", errors.__doc__ or "", re.M)
    assert [name for name in drawn if name[0].isupper() and name in vars(errors)] == _walk(ContentkitError)
    assert len(_walk(ContentkitError)) == len(CLASSES)


def _walk(root: type[ContentkitError]) -> list[str]:
    """The names of a class and of what is below it, as the drawing lists them."""
    below = sorted((one for one in root.__subclasses__() if one in CLASSES), key=CLASSES_IN_FILE.index)
    return [root.__name__, *(name for one in below for name in _walk(one))]


CLASSES_IN_FILE = sorted(CLASSES, key=lambda one: inspect.getsourcelines(one)[1])


@pytest.mark.parametrize("kind", CLASSES)
def test_every_error_carries_a_message_and_a_hint(kind: type[ContentkitError]) -> None:
    error = kind("calendar.yaml:14: no draft", hint="draft it first")
    assert (error.message, error.hint, str(error)) == (
        "calendar.yaml:14: no draft",
        "draft it first",
        "calendar.yaml:14: no draft",
    )


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("x"), MISUSED),
        (ContentError("x"), FAILED),
        (StateError("x"), FAILED),
        (NeedsPerson("x"), PERSON_NEEDED),
        (Refused("x"), FAILED),
        (Unavailable("x"), FAILED),
        (Uncertain("x"), FAILED),
    ],
)
def test_errors_become_exit_codes_in_one_place(error: ContentkitError, code: int) -> None:
    assert exit_code(error) == code


def test_what_is_unavailable_may_say_how_long_and_whether_a_person_must_mend_it() -> None:
    error = Unavailable("slow down", wait=timedelta(minutes=5), pauses_account=True)
    assert (error.wait, error.pauses_account) == (timedelta(minutes=5), True)
    assert (Unavailable("x").wait, Unavailable("x").pauses_account) == (None, False)
