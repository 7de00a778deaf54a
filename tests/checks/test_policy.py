from __future__ import annotations

from dataclasses import replace

import pytest

from contentkit.checks import check_draft, check_rendition
from contentkit.drafts import parse_draft
from contentkit.forbidden import Forbidden
from contentkit.models import Account, Draft, Limits, Media, Part, Problem, Rendition, Waiver
from tests.checks.notes import NOTE, citing, draft_of, found, ids, note

SECRET = "they will buy us in spring"


def policy(text: str, *, media: tuple[Media, ...] = (), waivers: tuple[Waiver, ...] = ()) -> list[Problem]:
    """The problems of a post that says what its source says, so that only the policy can object."""
    source = note(*text.split("\n"))
    return [
        each
        for each in check_draft(draft_of(citing(source, text, media=media, waivers=waivers)), {NOTE: source})
        if each.check[:3] == "CK3"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "See [our post](https://example.org).",
        "See [our post][1].",
        "![chart](a.png) here",
        'A {{< figure src="a.png" >}} here',
        "A {% raw %} here",
        "A {{ site.url }} here",
        "A title {: .big }",
        "So <b>bold</b>",
        "A line<br/>break",
        "This &amp; that",
    ],
)
def test_leftover_markup_is_an_error(text: str) -> None:
    assert set(ids(policy(text))) == {"CK302"}


@pytest.mark.parametrize(
    "text", ["Vec<T> and a < b", "[sic] and [1] stay", "use `<b>` or `[a](b)`", "a && b; {x}", "5 * 3 ** 2 ** 1"]
)
def test_what_only_looks_like_markup_is_fine(text: str) -> None:
    assert policy(text) == []


def test_a_hidden_character_is_an_error_and_is_named() -> None:
    (problem,) = policy("We left\u202e the cloud")
    assert (problem.check, problem.severity) == ("CK301", "error")
    assert "U+202E" in problem.message
    assert "\u202e" not in problem.words + problem.message


@pytest.mark.parametrize(
    ("note", "where"),
    [("<!-- sure\u202e? -->", "comment"), ("<!-- alternative: a.md#L1\nWe left\u202e.\n-->", "alternative")],
)
def test_a_hidden_character_below_a_post_deceives_whoever_reads_the_file(note: str, where: str) -> None:
    draft = parse_draft(f"---\nversion: 1\n---\nWe left.\n\n{note}\n", "drafts/x.md")
    (problem,) = [each for each in check_draft(draft, {}) if each.check == "CK301"]
    assert (problem.severity, problem.place) == ("error", f"drafts/x.md:{6 + (where == 'alternative')}")
    assert f"in the {where}: direction override U+202E" in problem.message


def test_what_was_off_the_record_is_an_error_that_does_not_repeat_it() -> None:
    source = note("Something else was said.")
    draft = draft_of(citing(source, f"Well, {SECRET}!"), warning=SECRET)
    problems = [
        each
        for each in check_draft(draft, {NOTE: source}, forbidden=Forbidden.of([SECRET], ""))
        if each.check == "CK303"
    ]
    assert len(problems) == 2
    assert not any(SECRET in f"{each.message}{each.words}{each.remedy}" for each in problems)


def test_what_was_off_the_record_is_found_in_alt_texts_too() -> None:
    source = note("Something else was said.")
    draft = draft_of(citing(source, "Look.", media=(Media(path="a.png", alt=SECRET),)))
    assert "CK303" in ids(check_draft(draft, {NOTE: source}, forbidden=Forbidden.of([SECRET], "")))


def test_manners_are_warnings() -> None:
    text = "THIS IS NOT HOW PEOPLE SPEAK\n\n```sh\nmake\n```\n\n**really** #a1 #b1 #c1 #d1"
    assert {(each.check, each.severity) for each in policy(text)} == {(f"CK32{n}", "warning") for n in range(4)}


def waived(check: str, words: str = "") -> Waiver:
    return Waiver(check=check, words=words, by="Ana", reason="she asked him")


def with_waivers(text: str, *waivers: Waiver) -> list[tuple[str, str]]:
    source = note("It took 60 ms and 40 ms.")
    return found(check_draft(draft_of(citing(source, text, waivers=waivers)), {NOTE: source}))


def test_a_waiver_takes_its_finding_away_and_no_other() -> None:
    assert with_waivers("It took 60% and 40%.", waived("CK201", "60%")) == [("CK201", "40%")]


def test_a_waiver_without_words_covers_all_findings_of_its_check() -> None:
    assert with_waivers("It took 60% and 40%.", waived("CK201")) == []


def test_a_waiver_that_matches_nothing_is_a_warning() -> None:
    assert with_waivers("It took 60 ms.", waived("CK201", "70%")) == [("CK190", 'CK201 "70%"')]


@pytest.mark.parametrize("asked", [(), ("CK365",)])
def test_a_waiver_of_what_is_found_on_request_is_idle_only_where_that_was_asked_for(asked: tuple[str, ...]) -> None:
    source = note("It took 60 ms.")
    draft = draft_of(citing(source, "It took 60 ms.", waivers=(waived("CK365"),)))
    assert ids(check_draft(draft, {NOTE: source}, asked=asked)) == ["CK190"] * len(asked)


def test_a_waiver_names_a_quotation_without_its_marks() -> None:
    assert with_waivers("“It took ages and ages”", waived("CK204", "It took ages and ages")) == []


@pytest.mark.parametrize("check", ["CK301", "CK303", "CK310", "CK311", "CK312", "CK314"])
def test_some_checks_cannot_be_waived(check: str) -> None:
    assert with_waivers("It took 60 ms.", waived(check)) == [("CK190", check)]
    assert ids(policy("We left\u202e", waivers=(waived("CK301"),))) == ["CK301"]


DRAFT = Draft(
    slug="x", path="drafts/x.md", posts=(citing(note("a"), "one"), replace(citing(note("a"), "two"), line=20))
)


def rendition(*parts: Part) -> Rendition:
    account = Account(name="main", platform="mastodon", limits=Limits(characters=10))
    return Rendition(account=account, parts=parts, visibility="public", warning="", language="en")


def test_a_part_as_long_as_the_limit_is_fine() -> None:
    assert check_rendition(rendition(Part(post=0, text="x" * 10, length=10)), DRAFT) == []


def test_a_part_that_is_too_long_says_by_how_much_and_where() -> None:
    (problem,) = check_rendition(rendition(Part(post=1, text="x" * 13, length=13)), DRAFT)
    assert (problem.check, problem.place, problem.account) == ("CK310", "drafts/x.md:20", "main")
    assert problem.message.startswith("3 characters too long for main")


def test_an_empty_part_and_an_empty_thread_are_errors() -> None:
    assert ids(check_rendition(rendition(Part(post=0, text=" \n", length=2)), DRAFT)) == ["CK311"]
    assert ids(check_rendition(rendition(), DRAFT)) == ["CK311"]


def test_a_placeholder_of_a_person_is_found_in_the_rendition() -> None:
    assert ids(check_rendition(rendition(Part(post=0, text="@{ana}", length=5)), DRAFT)) == ["CK302"]


def test_a_hidden_character_that_only_the_rendition_has_is_found() -> None:
    threads = [rendition(Part(post=1, text="two \u200b", length=5)), replace(rendition(), warning="a\u200bb")]
    hidden = [each for each in check_draft(DRAFT, {}, renditions=threads) if each.check == "CK301"]
    assert [each.message.partition(":")[0].rpartition(" in ")[2] for each in hidden] == [
        "the content warning of the entry",
        "the text on main",
    ]


def test_a_hidden_character_of_the_draft_is_told_once_however_many_accounts() -> None:
    draft = replace(DRAFT, posts=(replace(DRAFT.posts[0], text="one \u200b@{ana}"), DRAFT.posts[1]))
    threads = [rendition(Part(post=0, text="one \u200b@ana", length=9), Part(post=1, text="two", length=3))]
    assert ids([each for each in check_draft(draft, {}, renditions=threads) if each.check == "CK301"]) == ["CK301"]
