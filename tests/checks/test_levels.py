"""How bad a finding is, in a project and on an account."""

from __future__ import annotations

import pytest

from contentkit.checks import levelled, levels_of
from contentkit.config import parse_config
from contentkit.errors import ContentError
from contentkit.models import Problem

TAGS = Problem(check="CK321", severity="warning", message="4 hashtags", place="drafts/x.md:4", post=0)
ON_X = Problem(check="CK325", severity="warning", message="split", place="drafts/x.md:4", post=0, account="ours-x")
HEAD = 'version = 1\nproject = "ours"\n'
ACCOUNTS = "\n[accounts.ours]\nplatform = 'mastodon'\n[accounts.ours-x]\nplatform = 'x'\n"


def told(settings: str, problem: Problem = TAGS) -> list[tuple[str, str, str]]:
    """(severity, account, message) of what is told of a problem that is published on both accounts."""
    levels = levels_of(parse_config(HEAD + settings, "contentkit.toml").checks)
    return [
        (one.severity, one.account, one.message) for one in levelled([problem], levels, lambda _: ["ours", "ours-x"])
    ]


def refusal(settings: str) -> ContentError:
    with pytest.raises(ContentError) as caught:
        levels_of(parse_config(HEAD + settings, "contentkit.toml").checks)
    return caught.value


def test_a_finding_is_as_bad_as_is_usual_unless_the_settings_say_otherwise() -> None:
    assert told("") == [("warning", "", "4 hashtags")]
    assert told("[checks.severity]\nCK321 = 'error'") == [("error", "", "4 hashtags")]
    assert told("[checks.severity]\nCK321 = 'off'") == []


def test_where_it_is_not_as_bad_on_each_account_it_is_told_for_each() -> None:
    settings = f"[checks.severity]\nCK321 = 'information'{ACCOUNTS}checks = {{ CK321 = 'error' }}\n"
    assert told(settings) == [
        ("information", "ours", "4 hashtags (on ours)"),
        ("error", "ours-x", "4 hashtags (on ours-x)"),
    ]


def test_an_account_on_which_it_is_off_is_not_told_of() -> None:
    assert told(f"{ACCOUNTS}checks = {{ CK321 = 'off' }}\n") == [("warning", "ours", "4 hashtags (on ours)")]


def test_what_is_about_one_account_is_as_bad_as_it_is_there() -> None:
    settings = f"[checks.severity]\nCK325 = 'off'{ACCOUNTS}checks = {{ CK325 = 'error' }}\n"
    assert told(settings, ON_X) == [("error", "ours-x", "split")]


@pytest.mark.parametrize(
    ("check", "way_out"),
    [
        ("CK201", "waive it in that post"),
        ("CK104", "waive it in that post"),
        ("CK301", "nobody can waive"),
        ("CK308", ""),
    ],
)
def test_what_the_promises_rest_on_cannot_be_lowered(check: str, way_out: str) -> None:
    error = refusal(f"[checks.severity]\n{check} = 'off'")
    assert error.message.startswith(f"contentkit.toml:4: {check} cannot be made silent: it finds ")
    assert way_out in error.hint


@pytest.mark.parametrize("check", ["CK201", "CK316", "CK308"])
def test_it_may_be_called_as_bad_as_it_is_or_worse(check: str) -> None:
    assert levels_of(parse_config(f"{HEAD}[checks.severity]\n{check} = 'error'", "contentkit.toml").checks)


def test_an_account_cannot_lower_it_either() -> None:
    assert refusal(f"{ACCOUNTS}checks = {{ CK201 = 'warning' }}").message.startswith(
        "contentkit.toml:8: CK201 cannot be made"
    )


def test_a_check_that_there_is_not_is_named_with_the_nearest() -> None:
    error = refusal("[checks.severity]\nCK109 = 'off'")
    assert error.message == "contentkit.toml:4: there is no check CK109"
    assert error.hint.startswith("did you mean 'CK")
