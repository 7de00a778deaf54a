"""What only the thread on an account can show: what cannot be split, where a sentence is, languages, names of networks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contentkit.checks import check_cuts, check_language, check_networks, check_rendition
from contentkit.drafts import parse_draft
from contentkit.models import Account, Draft, Limits, Person, Problem, Rendition
from contentkit.renditions import Manner, render
from contentkit.text import urls_in

ACCOUNT = Account(name="ours-x", platform="x", limits=Limits(characters=60))
MANNER = Manner(count=lambda text, warning: len(text) + len(warning), links=urls_in)
ANA = Person(name="ana", display="Ana", handles={"mastodon": "@ana@grove.example"}, consent="mention", line=4)


def draft_of(body: str, front: str = "") -> Draft:
    return parse_draft(f"---\nversion: 1\n{front}---\n{body}", "drafts/launch.md")


def thread(draft: Draft, manner: Manner = MANNER) -> Rendition:
    return render(draft, None, ACCOUNT, {"ana": ANA}, manner)


def test_what_is_too_long_and_cannot_be_split_says_which_words() -> None:
    draft = draft_of("See https://orchard.example/" + "a" * 80 + "\n")
    (problem,) = check_rendition(thread(draft), draft)
    assert (problem.check, problem.place) == ("CK310", "drafts/launch.md:4")
    assert "it cannot be split: the link 'https://orchard.example/aaaa" in problem.message
    assert problem.remedy == "shorten the link"


def test_a_content_warning_that_leaves_no_room_is_said_to_be_that() -> None:
    draft = draft_of("Apples.\n", "warning: " + "fruit and more " * 5 + "\n")
    (problem,) = check_rendition(thread(draft), draft)
    assert problem.remedy == "shorten what is counted of every part, such as a content warning"


LONG = "The orchard has grown all of the summer and today at last it bears its very first apples.\n"


def test_what_is_too_long_where_nothing_is_split_is_to_be_split_by_hand() -> None:
    draft = draft_of(LONG)
    (problem,) = check_rendition(thread(draft, replace(MANNER, split="never")), draft)
    assert problem.remedy == "shorten it, or split it with a line of three dashes"
    assert "cannot be split" not in problem.message


def test_a_sentence_that_is_split_is_told_with_its_seam() -> None:
    draft = draft_of("First.\n\n---\n\n" + LONG)
    rendition = thread(draft)
    (problem,) = check_cuts(rendition, draft)
    assert (problem.check, problem.severity, problem.place) == ("CK325", "warning", "drafts/launch.md:8")
    assert problem.message.startswith("a sentence is split between parts 2 and 3 on ours-x: …")
    before, _, after = problem.message.partition(": …")[2].partition(" | ")
    assert rendition.parts[1].text.endswith(before)
    assert rendition.parts[2].text.startswith(after.rstrip("…"))


def test_a_thread_that_is_cut_between_sentences_is_fine() -> None:
    draft = draft_of("The orchard has grown all of the summer.\n\nToday at last it bears its very first apples.\n")
    assert len(thread(draft).parts) == 2
    assert check_cuts(thread(draft), draft) == []


def test_a_thread_without_language_is_an_error_and_says_where_to_write_it() -> None:
    draft = draft_of("Apples.\n")
    (problem,) = check_language(thread(draft), draft)
    assert (problem.check, problem.severity) == ("CK317", "error")
    assert "contentkit.toml" in problem.remedy
    assert check_language(thread(draft, replace(MANNER, language="en")), draft) == []


def networks(body: str, *people: Person) -> list[Problem]:
    return check_networks(
        draft_of(body),
        {one.name: one for one in people},
        accounts=["ours", "ours-x"],
        platforms=["mastodon", "x", "console"],
        many_servers=["mastodon"],
    )


@pytest.mark.parametrize("kind", ["only", "instead"])
@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("mastadon", "did you mean 'mastodon'?"),
        ("Mastodon", "did you mean 'mastodon'?"),
        ("X", "did you mean 'x'?"),
        ("twitter", "did you mean 'x'?"),
        ("Twiter", "did you mean 'x'?"),
        ("ours_x", "did you mean 'ours-x'?"),
        ("friendster", "known are: console, mastodon, ours, ours-x, x"),
    ],
)
def test_a_post_for_nobody_is_an_error_that_names_the_nearest(kind: str, name: str, remedy: str) -> None:
    (problem,) = networks(f"One.\n\n---\n\nTwo.\n<!-- {kind}: x, {name} -->\n")
    assert (problem.check, problem.severity, problem.remedy) == ("CK318", "error", remedy)
    assert problem.place == "drafts/launch.md:8"


def test_posts_for_accounts_and_platforms_that_are_here_are_fine() -> None:
    assert networks("One.\n<!-- only: mastodon, ours-x -->\n\n---\n\nTwo.\n<!-- instead: ours -->\n") == []


@pytest.mark.parametrize(
    ("handles", "severity", "remedy"),
    [
        ({"mastadon": "@ana@grove.example"}, "error", "did you mean 'mastodon'?"),
        ({"guestbook": "ana"}, "warning", "a platform for it may be missing; until then the name stands"),
        ({"mastodon": "@ana"}, "error", "write it in full: @ana@their.server"),
    ],
)
def test_a_handle_that_leads_nowhere_is_told_where_it_stands(
    handles: dict[str, str], severity: str, remedy: str
) -> None:
    (problem,) = networks("With @{ana}.\n", replace(ANA, handles=handles))
    assert (problem.check, problem.place) == ("CK319", "people.yaml:4")
    assert (problem.severity, problem.remedy) == (severity, remedy)


@pytest.mark.parametrize(
    "person", [ANA, replace(ANA, handles={"mastadon": "x"}, consent="name"), replace(ANA, handles={"x": "ana"})]
)
def test_handles_that_are_right_or_never_used_are_fine(person: Person) -> None:
    assert networks("With @{ana}, and with @{nobody}.\n", person) == []


def test_handles_of_people_who_are_not_named_are_left_alone() -> None:
    assert networks("Alone.\n", replace(ANA, handles={"mastadon": "x"})) == []
