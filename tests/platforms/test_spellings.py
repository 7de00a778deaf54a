from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentkit.platforms.session import Exchange

SECRETS = ('a "quoted\\ key"', "plain-token-of-ours", "ключ от двери")
SPELLED = [
    spelling
    for secret in SECRETS
    for spelling in (
        secret,
        base64.b64encode(secret.encode()).decode().rstrip("="),
        secret.encode().hex(),
        "".join(f"\\u{one:04x}" for one in secret.encode()),
    )
]
WORDS = st.lists(st.sampled_from([*SPELLED, '"', "\\", "u0061", "<p>", "\n", "é", "\ud83d"]), max_size=5).map("".join)
ANSWERS = st.recursive(
    WORDS | st.integers() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
)


def strings_in(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [one for key, inner in value.items() for one in (key, *strings_in(inner))]
    if isinstance(value, list):
        return [one for inner in value for one in strings_in(inner)]
    return [value] if isinstance(value, str) else []


def heard(value: Any) -> Any:
    """What is read of an answer that says this, with all of it escaped."""
    secrets = tuple(secret.encode() for secret in SECRETS)
    return Exchange(method="GET", status=200, body=json.dumps(value).encode(), secrets=secrets).json()


@given(ANSWERS)
def test_no_answer_brings_a_secret_or_half_a_character(value: Any) -> None:
    for words in strings_in(heard(value)):
        assert not any(spelling in words for spelling in SPELLED)
        words.encode()


@pytest.mark.parametrize("spelling", SPELLED)
def test_a_secret_deep_within_an_answer_is_taken_out_and_the_rest_stays(spelling: str) -> None:
    told = {"id": "1", "fields": [{"name": "kept", "value": f"<{spelling}>"}, 3, None]}
    assert heard(told) == {"id": "1", "fields": [{"name": "kept", "value": "<***>"}, 3, None]}


def test_what_has_nothing_to_hide_is_read_as_it_is() -> None:
    told = {"id": "1", "content": '<p class="a">\\ & "quoted" Привет 😀</p>', "n": [1.5, True, None]}
    assert heard(told) == told
