from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from contentkit.drafting import Voice
from contentkit.drafting.voice.examples import posts_text, read_posts
from contentkit.drafting.voice.learning import chosen, learnt_from
from contentkit.drafting.voice.loading import founder_of, voice_of
from contentkit.drafting.voice.never import said
from contentkit.drafting.voice.writing import new_card
from contentkit.errors import ContentError, UsageError
from contentkit.models import FounderSettings, OwnPost, Person
from contentkit.people import places_of
from tests.drafting.voice.invented import dry

ODILE = Person(name="odile", display="Odile Varga", handles={})
TOMAS = Person(name="tomas", display="Tomas Brink", handles={})
PEOPLE = {"odile": ODILE, "tomas": TOMAS}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project in which Odile has a voice."""
    (tmp_path / "voices").mkdir()
    found = chosen(dry(40))
    (tmp_path / "voices/odile.yaml").write_text(new_card("odile", "Odile Varga", learnt_from(found)))
    (tmp_path / "voices/odile.posts.jsonl").write_text(posts_text(found.posts))
    return tmp_path


def test_the_only_founder_with_a_voice_speaks_where_nobody_is_asked_for(root: Path) -> None:
    voice = voice_of(root, PEOPLE)
    assert voice is not None
    assert voice.name == "Odile Varga"
    assert founder_of(root, PEOPLE) == "odile"


def test_of_two_voices_nobody_chooses(root: Path) -> None:
    (root / "voices/tomas.yaml").write_text("version: 1\nname: Tomas\n")
    assert voice_of(root, PEOPLE) is None
    assert voice_of(root, PEOPLE, "tomas") is not None


def test_a_founder_without_a_card_has_no_voice(root: Path) -> None:
    assert voice_of(root, PEOPLE, "tomas") is None


def test_a_founder_whom_nobody_knows_is_an_error_that_names_the_nearest(root: Path) -> None:
    with pytest.raises(UsageError) as caught:
        voice_of(root, PEOPLE, "odil")
    assert caught.value.hint == "did you mean 'odile'?"


def test_a_card_that_people_yaml_names_must_be_there(root: Path) -> None:
    tomas = Person(name="tomas", display="T", handles={}, founder=FounderSettings(voice="voices/t.yaml"))
    with pytest.raises(ContentError, match=r"voices/t\.yaml: there is no such file"):
        voice_of(root, {"tomas": tomas}, "tomas")


def test_a_card_behind_a_link_that_leads_out_is_not_read(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "tomas.yaml"
    elsewhere.write_text("version: 1\n")
    (root / "voices/tomas.yaml").symlink_to(elsewhere)
    with pytest.raises(ContentError, match="leads out of the project"):
        voice_of(root, PEOPLE, "tomas")


def test_a_voice_tells_how_somebody_writes_and_none_of_their_sentences(root: Path) -> None:
    voice: Voice | None = voice_of(root, PEOPLE)
    assert voice is not None
    told = "\n".join(voice.card())
    assert "exclamation marks 0" in told
    assert not [post.text for post in dry(40) if post.text in told]


def test_rules_and_notes_stand_on_the_card_that_drafters_get(root: Path) -> None:
    (root / "voices/tomas.yaml").write_text(
        "version: 1\nrules: [{rule: No hashtags., edits: 7}]\nnotes: [Likes lists.]\n"
    )
    voice = voice_of(root, PEOPLE, "tomas")
    assert voice is not None
    assert voice.card() == ("No hashtags.", "Likes lists.")


def test_never_is_what_a_person_wrote_and_what_no_post_says_but_for_what_is_allowed(root: Path) -> None:
    card = root / "voices/odile.yaml"
    card.write_text(
        card.read_text().replace("never: []", "never: [synergy]").replace("allowed: []", "allowed: [Big News]")
    )
    voice = voice_of(root, PEOPLE)
    assert voice is not None
    assert voice.never[0] == "synergy"
    assert "excited to announce" in voice.never
    assert "big news" not in voice.never


@pytest.mark.parametrize("key", ["../../ana", "/etc/ana", "a/b", "ana\n", "~"])
def test_no_key_of_a_person_leads_out_of_the_folder_of_voices(key: str) -> None:
    for place in places_of(Person(name=key, display="Ana", handles={})):
        assert place.startswith("voices/")
        assert place.count("/") == 1
        assert place.isprintable()


def test_the_nearest_posts_come_first(root: Path) -> None:
    voice = voice_of(root, PEOPLE)
    assert voice is not None
    nearest = voice.nearest("How we moved the mailing list to another host", 3)
    assert len(nearest) == 3
    assert all("the mailing list" in post for post in nearest)


def test_without_posts_there_are_no_examples(root: Path) -> None:
    (root / "voices/odile.posts.jsonl").unlink()
    voice = voice_of(root, PEOPLE)
    assert voice is not None
    assert list(voice.nearest("the mailing list", 3)) == []


def test_posts_read_back_as_they_were_written(tmp_path: Path) -> None:
    posts = (
        OwnPost(text="One\n\ntwo “three” 🎉", written=date(2026, 3, 1), language="en", key="x:1"),
        OwnPost(text="Four"),
    )
    (tmp_path / "a.jsonl").write_text(posts_text(posts))
    assert read_posts(tmp_path / "a.jsonl", "a.jsonl") == posts


def test_what_was_said_is_never_an_example() -> None:
    assert posts_text([OwnPost(text="Um, so we broke it.", spoken=True)]) == ""


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"text": 3}',
        '{"text": " "}',
        '{"text": "a", "wrote": "b"}',
        '{"text": "a", "written": "soon"}',
        "[" * 50_000,
    ],
)
def test_a_line_that_is_no_post_is_named(line: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f'{{"text": "fine"}}\n{line}\n')
    with pytest.raises(ContentError, match=r"a\.jsonl:2: "):
        read_posts(tmp_path / "a.jsonl", "a.jsonl")


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("We are EXCITED to  announce this.", ["excited to announce"]),
        ("Can’t wait!", ["can't wait"]),
        ("Con mucha ilusion.", ["con mucha ilusión"]),
        ("Journeys end.", []),
        ("excited. To announce", ["excited to announce"]),
    ],
)
def test_a_phrase_is_found_as_whole_words_whatever_they_look_like(text: str, phrases: list[str]) -> None:
    assert said(text, ["excited to announce", "can't wait", "con mucha ilusión", "journey"]) == phrases
