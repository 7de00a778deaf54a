from __future__ import annotations

import tomllib
from difflib import ndiff

import pytest

from contentkit.errors import ContentError
from contentkit.settings.toml_edit import with_values

OURS = ("accounts", "ours")
NEW = ("accounts", "new")
# Ways in which people write two accounts, each with what follows it.
TABLES = """version = 1   # always
# "id = 7" and [accounts.ours] in a comment

[accounts.ours]   # the first one
platform = 'console' # keep
limits = { characters = 300 }   # ours

# id = "5"

[publishing]
settle = "2m"
[accounts.'try']
platform="console"
"""
NESTED = """version = 1
[accounts]
# both of them
ours = {platform = "console",   limits = {characters = 300}} # one line
try = {platform = "console"}

[publishing]
settle = "2m"
"""
DOTTED = """version = 1
accounts.ours.platform = "console"
accounts.ours.limits.characters = 300
accounts.try.platform = "console"
[publishing]
settle = "2m"
"""
SUBTABLES = """version = 1
[accounts.ours]
platform = \"\"\"\\
  console\"\"\"

[accounts.ours.limits]

characters = 300
# the end of the limits

[accounts.try]
platform = "console"
[publishing]
settle = "2m"   """
WRITTEN = [TABLES, NESTED, DOTTED, SUBTABLES]
NAMES = ["tables", "nested", "dotted", "subtables"]


def edited(text: str, path: tuple[str, ...], **values: object) -> str:
    return with_values(text, "contentkit.toml", path, values)


def lost(before: str, after: str) -> list[str]:
    """The lines that are no longer there, with their line ends."""
    compared = ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return [line[2:] for line in compared if line.startswith("- ")]


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("bom", ["", "\ufeff"], ids=["plain", "bom"])
@pytest.mark.parametrize("text", WRITTEN, ids=NAMES)
def test_a_value_comes_and_everything_else_stays(text: str, bom: str, end: str) -> None:
    before = bom + text.replace("\n", end)
    after = edited(before, OURS, id="109")
    values = tomllib.loads(before.removeprefix("\ufeff"))
    values["accounts"]["ours"]["id"] = "109"
    assert after.startswith(bom)
    assert tomllib.loads(after.removeprefix("\ufeff")) == values
    assert after.count("\n") == after.count(end)
    assert len([line for line in lost(before, after) if line.strip() and "ours = {" not in line]) <= (
        0 if before.endswith("\n") else 1
    )


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("text", WRITTEN, ids=NAMES)
def test_a_value_in_a_table_of_the_table_is_replaced_where_it_stands(text: str, end: str) -> None:
    before = text.replace("\n", end)
    after = edited(before, (*OURS, "limits"), characters=500)
    assert after == before.replace("300", "500")


@pytest.mark.parametrize("text", WRITTEN, ids=NAMES)
def test_a_new_table_joins_the_others(text: str) -> None:
    after = edited(text, NEW, platform="x", handle='o"u\\r\u2028s', limits={"characters": 25000, "media": 4})
    values = tomllib.loads(text)
    values["accounts"]["new"] = {
        "platform": "x",
        "handle": 'o"u\\r\u2028s',
        "limits": {"characters": 25000, "media": 4},
    }
    assert tomllib.loads(after) == values


def test_a_new_table_goes_to_the_end_and_a_new_key_behind_the_first_keys() -> None:
    assert edited("version = 1\n", NEW, platform="x", id="7") == (
        'version = 1\n\n[accounts.new]\nplatform = "x"\nid = "7"\n'
    )
    assert edited(TABLES, OURS, id="7") == TABLES.replace("# ours\n", '# ours\nid = "7"\n')
    assert edited("", NEW, platform="x") == '[accounts.new]\nplatform = "x"\n'
    assert edited("version = 1", NEW, platform="x") == 'version = 1\n\n[accounts.new]\nplatform = "x"\n'


def test_a_name_with_a_dot_is_one_key() -> None:
    after = edited("version = 1\n", ("accounts", "our.mastodon"), platform="mastodon")
    assert tomllib.loads(after)["accounts"] == {"our.mastodon": {"platform": "mastodon"}}


def test_a_value_that_is_there_already_changes_nothing() -> None:
    assert edited(SUBTABLES, OURS, platform="console") == SUBTABLES


@pytest.mark.parametrize("text", ["version = 1\n[accounts\n", "version = 1\raccounts = 7\n", "accounts = []\n"])
def test_what_cannot_be_done_for_certain_is_not_done(text: str) -> None:
    with pytest.raises(ContentError) as caught:
        edited(text, OURS, id="a-secret")
    assert caught.value.message == "contentkit.toml: 'id' cannot be put where it belongs"
    assert "a-secret" not in caught.value.hint


def test_a_strange_line_separator_in_a_comment_is_no_line_end() -> None:
    text = '# one\x85two\u2028three\n[accounts.ours]\nplatform = "x"\n[publishing]\n'
    assert edited(text, OURS, id="7") == text.replace('"x"\n', '"x"\nid = "7"\n')
