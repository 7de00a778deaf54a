from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from contentkit.checks import check_draft, check_rendition
from contentkit.errors import ContentError
from contentkit.media import MediaFile, Picture
from contentkit.models import Account, Draft, Limits, Media, Part, Problem, Rendition
from tests.checks.notes import NOTE, citing, draft_of, ids, note

WORDS = "Look what we made."
CHART = Media(path="drafts/images/errors.png", alt="Errors fell to a fraction", line=9)
FILE = MediaFile(path=CHART.path, kind="image", mime="image/png", data=b"x" * 100, width=40, height=30)
LIMITS = Limits(media=2, alt_characters=50, image_bytes=100, gif_bytes=200, video_bytes=300, pixels=1200)


def draft_with(media: Sequence[Media]) -> Draft:
    source = note(WORDS)
    return replace(draft_of(citing(source, WORDS, media=tuple(media))), path="drafts/launch.md")


def found(media: Sequence[Media], pictures: dict[str, Picture]) -> list[Problem]:
    """What the draft's own checks say."""
    return check_draft(draft_with(media), {NOTE: note(WORDS)}, pictures=pictures)


def found_on_account(media: Sequence[Media], files: Sequence[Picture], limits: Limits = LIMITS) -> list[Problem]:
    """What the checks of one account say."""
    draft = draft_with(media)
    part = Part(post=0, text=WORDS, length=len(WORDS), media=tuple(media))
    account = Account(name="ours", platform="console", limits=limits)
    rendition = Rendition(account=account, parts=(part,), visibility="public", warning="", language="en")
    return check_rendition(rendition, draft, {one.path: file for one, file in zip(media, files, strict=True)})


def test_nothing_speaks_against_a_sound_picture() -> None:
    assert found([CHART], {CHART.path: FILE}) == []
    assert found_on_account([CHART], [FILE]) == []


def test_a_picture_that_cannot_be_sent_is_an_error_on_its_own_line() -> None:
    error = ContentError(f"{CHART.path}: is empty", hint="export it again")
    (problem,) = found([CHART], {CHART.path: error})
    assert (problem.check, problem.severity, problem.place) == ("CK312", "error", "drafts/launch.md:9")
    assert (problem.message, problem.remedy) == (error.message, error.hint)


def test_a_broken_picture_is_told_once_and_not_again_by_each_account() -> None:
    assert found_on_account([CHART], [ContentError("broken")]) == []


def test_a_broken_picture_does_not_hide_that_another_one_does_not_fit() -> None:
    other = replace(CHART, path="drafts/images/big.png", line=10)
    problems = found_on_account([CHART, other], [ContentError("broken"), replace(FILE, data=b"x" * 101)])
    assert ids(problems) == ["CK312"]


def test_a_picture_that_an_account_would_not_take_is_an_error_that_names_the_account() -> None:
    (problem,) = found_on_account([CHART], [replace(FILE, data=b"x" * 101)])
    assert (problem.check, problem.severity, problem.place) == ("CK312", "error", "drafts/launch.md:9")
    assert problem.account == "ours"
    assert problem.message == "ours: drafts/images/errors.png has 101 bytes, 100 are allowed"


def test_a_picture_without_alt_text_is_an_error_on_its_own_line() -> None:
    (problem,) = found([replace(CHART, alt=" ")], {CHART.path: FILE})
    assert (problem.check, problem.place) == ("CK313", "drafts/launch.md:9")
    assert problem.remedy == "describe it: ![what it shows](images/errors.png)"


def test_what_an_alt_text_says_and_no_source_does_is_a_warning_on_the_line_of_its_picture() -> None:
    alt = "Chart: 4,000,000 downloads in May, says Carlos of https://example.org"
    problems = found([replace(CHART, alt=alt)], {CHART.path: FILE})
    assert {(one.check, one.severity, one.place) for one in problems} == {("CK230", "warning", "drafts/launch.md:9")}
    assert {"4,000,000", "May", "Carlos", "https://example.org"} <= {one.words for one in problems}


def test_what_the_source_says_may_stand_in_an_alt_text() -> None:
    source = note("Errors fell from 40 to 3, says Carlos.")
    post = citing(source, "Errors fell.", media=(replace(CHART, alt="Errors: 40, then 3, drawn by Carlos"),))
    assert check_draft(draft_of(post), {NOTE: source}, pictures={CHART.path: FILE}) == []


def test_an_account_that_takes_no_pictures_is_told_so() -> None:
    (problem,) = found_on_account([CHART], [FILE], replace(LIMITS, media=0))
    assert problem.message == "ours: 1 picture, this account takes none"


@pytest.mark.parametrize(
    "alt",
    [
        "errors.png",
        "errors",
        "IMG_4711",
        "Screenshot 2",
        "photo.HEIC",
        "Image of a chart",
        "A picture showing errors",
        "Una imagen de la caída",
        "Errors fell. " * 40,
    ],
)
def test_an_alt_text_of_little_use_is_a_warning(alt: str) -> None:
    (problem,) = (one for one in found([replace(CHART, alt=alt)], {CHART.path: FILE}) if one.check != "CK230")
    assert (problem.check, problem.severity, problem.place) == ("CK324", "warning", "drafts/launch.md:9")


@pytest.mark.parametrize(
    "alt", ["Errors fell to a fraction", "Imagery of the coast", "Screenshot of the settings page"]
)
def test_an_alt_text_that_describes_is_fine(alt: str) -> None:
    assert found([replace(CHART, alt=alt)], {CHART.path: FILE}) == []


@pytest.mark.parametrize(
    "alt", ["Logo", "A screenshot", "#Grebe #News", "🎉", "Look what we made.", "our Banner!", "gráfica"]
)
def test_an_alt_text_that_tells_nothing_is_a_warning(alt: str) -> None:
    source = note("Look what we made.")
    post = citing(source, "Look what we made.", media=(replace(CHART, alt=alt),))
    problems = check_draft(draft_of(post), {NOTE: source}, pictures={CHART.path: FILE})
    assert [(one.check, one.place) for one in problems if one.check[:3] == "CK3"] == [("CK355", "drafts/x.md:9")]


def test_two_pictures_with_the_same_alt_text_are_a_warning() -> None:
    other = replace(CHART, path="drafts/images/later.png", line=10)
    (problem,) = found([CHART, other], {CHART.path: FILE, other.path: FILE})
    assert (problem.check, problem.words) == ("CK355", other.path)


def test_an_alt_text_may_say_a_few_words_of_the_post() -> None:
    assert found([replace(CHART, alt="What we made: a chart of errors")], {CHART.path: FILE}) == []


@pytest.mark.parametrize(
    ("alt", "check"),
    [("A chart of [insert figures]", "CK330"), ("Errors fell 𝗳𝗮𝘀𝘁", "CK338"), ("Errors of p\u0430ypal", "CK339")],
)
def test_placeholders_and_odd_letters_are_found_in_alt_texts_on_their_line(alt: str, check: str) -> None:
    (problem,) = (one for one in found([replace(CHART, alt=alt)], {CHART.path: FILE}) if one.check != "CK230")
    assert (problem.check, problem.place) == (check, "drafts/launch.md:9")
    assert problem.message.startswith(f"in the alt text of {CHART.path}: ")
