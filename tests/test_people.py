from __future__ import annotations

from pathlib import Path

import pytest

from contentkit.errors import ContentError
from contentkit.models import FounderSettings
from contentkit.people import load_people, parse_people


def refusal(text: str) -> ContentError:
    with pytest.raises(ContentError) as caught:
        parse_people(text, "people.yaml")
    return caught.value


def test_people_have_a_name_handles_and_a_consent() -> None:
    people = parse_people(
        "version: 1\npeople:\n  ana:\n    name: Ana Torres\n    consent: mention\n"
        "    handles: {mastodon: '@ana@example.social'}\n    languages: [es, en]\n  ben: {}\n",
        "people.yaml",
    )
    assert people["ana"].display == "Ana Torres"
    assert people["ana"].handles == {"mastodon": "@ana@example.social"}
    assert people["ana"].consent == "mention"
    assert (people["ben"].display, people["ben"].consent) == ("ben", "name")


@pytest.mark.parametrize(
    ("consent", "meant"),
    [("mention", "mention"), ("name only", "name"), ("name", "name"), ("never", "never")],
)
def test_consent_is_one_of_three(consent: str, meant: str) -> None:
    assert parse_people(f"version: 1\npeople: {{a: {{consent: {consent}}}}}", "people.yaml")["a"].consent == meant


def test_an_unreadable_consent_is_never_taken_for_yes() -> None:
    error = refusal("version: 1\npeople:\n  a: {consent: nevr}\n")
    assert error.message == "people.yaml:3:16: no consent 'nevr'"
    assert error.hint == "did you mean 'never'?"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("people: {}", "people.yaml:1:1: the file does not say its version"),
        ("version: 1\npeople: [ana]", "people.yaml:2:9: people must be a mapping"),
        ("version: 1\npeople: {a: Ana}", "people.yaml:2:13: 'a' must be a mapping"),
        ("version: 1\npeople: {a: {handel: x}}", "people.yaml:2:14: 'a' has no key 'handel'"),
        ("version: 1\npeople: {a: {handles: x}}", "people.yaml:2:23: handles must map"),
        ("version: 1\npeople: {a: {}, a: {}}", "people.yaml:2:17: 'a' stands here twice"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_place(text: str, message: str) -> None:
    assert refusal(text).message.startswith(message)


def test_nobody_is_known_without_a_file_and_in_an_empty_one(tmp_path: Path) -> None:
    assert load_people(tmp_path) == {}
    (tmp_path / "people.yaml").write_text("# nobody yet\n")
    assert load_people(tmp_path) == {}


@pytest.mark.parametrize("handle", ["ana torres", "", "@", "@a@b@c", "a\\tb", "a\\eb", "https://grove.example/@ana"])
def test_what_is_no_handle_is_refused_with_its_place(handle: str) -> None:
    error = refusal(f'version: 1\npeople:\n  a: {{handles: {{x: "{handle}"}}}}\n')
    assert error.message.startswith("people.yaml:3:20: ")


def test_a_language_of_a_person_is_a_code() -> None:
    error = refusal("version: 1\npeople:\n  a:\n    languages: [es, english language]\n")
    assert error.message == "people.yaml:4:21: 'english language' is not the code of a language"


def test_a_person_stands_on_the_line_of_the_handles() -> None:
    people = parse_people("version: 1\npeople:\n  a:\n    name: A\n    handles: {x: a}\n  b: {}\n", "people.yaml")
    assert (people["a"].line, people["b"].line) == (5, 6)


@pytest.mark.parametrize(
    "handle", ["@ana", "ana_t", "@ana@grove.example", "ana.grove.example", "@ana:grove.example", "in/ana-t"]
)
def test_a_handle_is_as_its_network_writes_it(handle: str) -> None:
    people = parse_people(f'version: 1\npeople: {{a: {{handles: {{net: "{handle}"}}}}}}\n', "people.yaml")
    assert people["a"].handles == {"net": handle}


@pytest.mark.parametrize(
    "name",
    ["Ana\\n---\\nhttps://grove.example", "Ana https://grove.example", "Ana www.grove.example", "Ana\\e[2J", "@ana", "Ana #1",
     " ", "", "Ana\\u202e", "Ana\\u2028Torres"],
)  # fmt: skip
def test_what_is_no_name_on_one_line_is_refused_with_its_place(name: str) -> None:
    error = refusal(f'version: 1\npeople:\n  ana:\n    name: "{name}"\n')
    assert error.message.startswith("people.yaml:4:11: ")
    assert error.message.isprintable()


def test_a_key_that_is_shown_as_a_name_is_held_to_the_same() -> None:
    assert refusal('version: 1\npeople:\n  "https://grove.example": {}\n').message.startswith("people.yaml:3:")


@pytest.mark.parametrize("name", ["Ana Torres", "J.R. O’Neill-Smith, Jr.", "محمد‌علی", "山田 太郎", "will.i.am"])
def test_people_are_called_as_they_are(name: str) -> None:
    assert parse_people(f'version: 1\npeople: {{a: {{name: "{name}"}}}}\n', "people.yaml")["a"].display == name


FOUNDER = (
    "version: 1\npeople:\n  ana:\n    founder: {voice: voices/ana.yaml, posts: private/ana.jsonl, "
    "accounts: [ana-x], approvers: [ana, ben]}\n  ben: {}\n"
)


def test_a_founder_has_a_voice_posts_accounts_and_whom_to_ask() -> None:
    people = parse_people(FOUNDER, "people.yaml", {"ana-x"})
    assert people["ana"].founder == FounderSettings(
        voice="voices/ana.yaml", posts="private/ana.jsonl", accounts=("ana-x",), approvers=("ana", "ben")
    )
    assert people["ben"].founder is None


@pytest.mark.parametrize(
    ("settings", "message", "hint"),
    [
        ("{voise: a.yaml}", "people.yaml:4:15: founder has no key 'voise'", "did you mean 'voice'?"),
        ("{accounts: [ana-xx]}", "people.yaml:4:26: there is no account 'ana-xx'", "did you mean 'ana-x'?"),
        ("{approvers: [bne]}", "people.yaml:4:27: there is no person 'bne'", "did you mean 'ben'?"),
        ("ana", "people.yaml:4:14: founder must be a mapping", ""),
    ],
)
def test_a_founder_s_settings_name_only_what_is_known(settings: str, message: str, hint: str) -> None:
    with pytest.raises(ContentError) as caught:
        parse_people(
            f"version: 1\npeople:\n  ana:\n    founder: {settings}\n  ben: {{}}\n", "people.yaml", {"ana-x", "ana-m"}
        )
    assert caught.value.message.startswith(message)
    assert caught.value.hint == hint


@pytest.mark.parametrize(
    "path",
    [
        "/etc/ana.yaml",
        "../ana.yaml",
        "~/ana.yaml",
        "voices/../../ana.yaml",
        "C:/ana.yaml",
        "a\\\\ana.yaml",
        "calendar.yaml",
        "ana.txt",
        "''",
    ],
)
def test_a_card_lies_in_the_project(path: str) -> None:
    assert "is no place for voice" in refusal(f"version: 1\npeople: {{a: {{founder: {{voice: {path}}}}}}}\n").message


@pytest.mark.parametrize(
    "people",
    [
        "{a: {founder: {voice: v/x.yaml}}, b: {founder: {voice: v/x.yaml}}}",
        "{a: {founder: {posts: v/x.jsonl}}, b: {founder: {posts: v/x.jsonl}}}",
        "{a: {founder: {voice: voices/b.yaml}}, b: {}}",
        "{a: {}, b: {founder: {posts: voices/a.posts.jsonl}}}",
    ],
)
def test_no_two_people_have_their_voice_in_one_file(people: str) -> None:
    assert "'b' would share v" in refusal(f"version: 1\npeople: {people}\n").message


def test_keys_that_differ_in_spaces_only_are_fine_for_people_without_a_voice() -> None:
    assert len(parse_people("version: 1\npeople: {ana t: {}, ana-t: {}}\n", "people.yaml")) == 2
