from dataclasses import replace
from datetime import UTC, datetime

import pytest

from contentkit.checks import check_draft, check_entry
from contentkit.drafts import parse_draft
from contentkit.forbidden import Forbidden
from contentkit.models import Account, Entry, Media, Origin, Part, Post, Problem, Rendition, Waiver
from tests.checks.notes import NOTE, citing, draft_of, note

SOURCE = note("We grew a lot this year, and the whole team is happy about it.")
FORBIDDEN = Forbidden.of(
    ["The lead investor is Northwind Capital, they give us 9,000,000 in May."], "\n".join(SOURCE.lines)
)
POST = citing(SOURCE, "We grew a lot this year, and the whole team is happy about it.")


def leaks(post: Post, **front_matter: object) -> list[Problem]:
    problems = check_draft(draft_of(post, **front_matter), {NOTE: SOURCE}, forbidden=FORBIDDEN)
    return [problem for problem in problems if problem.check in ("CK303", "CK304", "CK190")]


def saying(text: str, *waivers: Waiver) -> Post:
    return citing(SOURCE, text, waivers=waivers)


def test_a_post_of_what_is_on_the_record_leaks_nothing() -> None:
    assert leaks(POST) == []


def test_words_off_the_record_are_an_error_that_says_where() -> None:
    [problem] = leaks(saying("We grew.\nAnd the lead investor is Northwind, so there."))

    assert (problem.check, problem.severity, problem.place) == ("CK303", "error", "drafts/x.md:10")
    assert problem.message.endswith("words 2 to 6 of the line")


@pytest.mark.parametrize(
    ("text", "kind"), [("We grew with NORTHWIND.", "name"), ("We grew by nine million.", "number")]
)
def test_a_single_name_or_number_off_the_record_is_an_error(text: str, kind: str) -> None:
    [problem] = leaks(saying(text))

    assert (problem.check, problem.severity) == ("CK304", "error")
    assert f"has a {kind} " in problem.message


def test_a_finding_does_not_show_what_is_off_the_record() -> None:
    shown = repr(leaks(saying("Northwind: nine million.\nThe lead investor is Northwind.")))

    assert not any(word in shown.lower() for word in ("northwind", "nine", "million", "investor"))


def test_a_name_is_waived_by_name() -> None:
    waiver = Waiver(check="CK304", words="Northwind", by="Ana", reason="public since Monday")

    assert leaks(saying("We grew with Northwind.", waiver)) == []
    assert [problem.check for problem in leaks(saying("We grew by 9 million.", waiver))] == ["CK190", "CK304"]


def test_words_off_the_record_cannot_be_waived() -> None:
    waiver = Waiver(check="CK303", words="", by="Ana", reason="fine")
    problems = leaks(saying("The lead investor is Northwind.", waiver))

    assert sorted(problem.check for problem in problems) == ["CK190", "CK303"]


def test_an_alt_text_and_the_content_warning_are_published_too() -> None:
    picture = Media(path="x.png", alt="A chart, and the lead investor is Northwind")
    post = citing(SOURCE, POST.text, media=(picture,))

    assert [problem.message.partition(":")[0] for problem in leaks(post, warning="Northwind")] == [
        "the content warning has a name that was said off the record only",
        "the alt text repeats words that were said off the record",
    ]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("https://example.org/call", "https://example.org/call is kept nowhere but in this copy"),
        ("", "its raw file is not on this machine, or no longer what the copy was made of"),
    ],
)
def test_of_a_page_nobody_is_told_to_look_for_a_raw_file(place: str, said: str) -> None:
    copy = replace(SOURCE, origin=Origin(place=place, read=datetime(2026, 11, 22, tzinfo=UTC), cut=1))
    problems = check_draft(draft_of(saying(POST.text)), {NOTE: copy}, unknown=[NOTE])
    [problem] = [problem for problem in problems if problem.check == "CK305"]

    assert problem.message == f"what was off the record in the original of {NOTE} cannot be compared: {said}"
    assert ("ingest it" in problem.remedy) == (not place)


def test_where_the_raw_file_is_missing_an_approval_waits_for_a_waiver_by_name() -> None:
    def found(*waivers: Waiver) -> list[tuple[str, bool]]:
        draft = draft_of(saying(POST.text, *waivers), saying(POST.text))
        problems = check_draft(draft, {NOTE: SOURCE}, unknown=[NOTE])
        return [(problem.severity, problem.holds) for problem in problems if problem.check == "CK305"]

    assert found() == [("warning", True)]
    assert found(Waiver(check="CK305", words="notes/other.md", by="Ana", reason="compared")) == [("warning", True)]
    assert found(Waiver(check="CK305", words=NOTE, by="Ana", reason="compared")) == []


def test_a_doubt_about_what_is_off_the_record_waits_for_one_waiver_by_the_name_of_the_source() -> None:
    source = replace(SOURCE, doubts=(1, 3, *range(10, 20)))

    def found(*waivers: Waiver) -> list[Problem]:
        draft = draft_of(saying(POST.text, *waivers), saying(POST.text))
        return [problem for problem in check_draft(draft, {NOTE: source}) if problem.check == "CK308"]

    [problem] = found()
    assert (problem.severity, problem.holds, problem.words) == ("warning", True, NOTE)
    assert problem.message.endswith("off the record: lines 1, 3, 10, 11, 12, 13, 14, 15 and 4 more")
    assert len(found(Waiver(check="CK308", words="notes/other.md", by="Ana", reason="our podcast"))) == 1
    assert found(Waiver(check="CK308", words=NOTE, by="Ana", reason="our podcast")) == []


@pytest.mark.parametrize(
    ("key", "value", "where"),
    [
        ("title", "Northwind buys us", "title"),
        ("link", "https://example.org/northwind", "link"),
        ("canonical", "https://example.org/northwind", "link"),
        ("tags", ("northwind",), "tag"),
    ],
)
def test_what_goes_into_git_with_the_draft_must_not_tell_it_either(key: str, value: object, where: str) -> None:
    [problem] = leaks(POST, **{key: value})

    assert (problem.check, problem.place) == ("CK304", "drafts/x.md:1")
    assert problem.message.startswith(f"the {where} has a name")


@pytest.mark.parametrize(
    ("front_matter", "where"),
    [({"slug": "northwind-buys-us"}, "draft's"), ({"sources": (NOTE, "notes/northwind-call.md")}, "source's")],
)
def test_the_name_of_a_file_must_not_tell_it(front_matter: dict[str, object], where: str) -> None:
    [problem] = leaks(POST, **front_matter)

    assert problem.message.startswith(f"the name of the {where}" if where == "draft's" else f"the name of a {where}")
    assert "northwind" not in problem.message


def test_the_name_of_a_pictures_file_must_not_tell_it() -> None:
    [problem] = leaks(replace(POST, media=(Media(path="drafts/northwind.png", alt="A chart", line=12),)))

    assert (problem.check, problem.place) == ("CK304", "drafts/x.md:12")


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- The lead investor is Northwind. -->",
        "<!--\n  The lead investor\n  is Northwind.\n-->",
        "<!-- alternative: notes/a.md#L1\nThe lead investor\nis Northwind.\n-->",
        '<!-- waive: CK201 "12" by Ana: the lead investor is Northwind: she said so -->',
    ],
)
def test_comments_other_words_and_reasons_of_waivers_must_not_tell_it(comment: str) -> None:
    draft = parse_draft(f"---\nversion: 1\nsources: [{NOTE}]\n---\nWe grew.\n{comment}\n", "drafts/x.md")
    problems = check_draft(draft, {NOTE: SOURCE}, forbidden=FORBIDDEN)

    assert [problem.check for problem in problems if problem.check == "CK303"] == ["CK303"]


def test_words_torn_by_the_end_of_a_post_are_found() -> None:
    posts = (saying("This year the lead"), saying("investor"), saying("is Northwind, so there."))
    problems = check_draft(draft_of(*posts), {NOTE: SOURCE}, forbidden=FORBIDDEN)

    assert [(each.check, each.post) for each in problems if each.check == "CK303"] == [("CK303", 0)]


def test_a_name_torn_by_the_end_of_a_post_is_found() -> None:
    draft = draft_of(saying("We grew with North-"), saying("wind, which is fine."))
    problems = check_draft(draft, {NOTE: SOURCE}, forbidden=FORBIDDEN)

    assert [(each.check, each.post) for each in problems if each.check == "CK304"] == [("CK304", 0)]


def test_what_stands_in_one_post_is_not_told_again_for_the_thread() -> None:
    draft = draft_of(saying("We grew with Northwind."), saying("We grew a lot."))
    problems = check_draft(draft, {NOTE: SOURCE}, forbidden=FORBIDDEN)

    assert [each.check for each in problems if each.check in ("CK303", "CK304")] == ["CK304"]


def on_an_account(*texts: str, warning: str = "") -> Rendition:
    parts = tuple(Part(post=index, text=text, length=len(text)) for index, text in enumerate(texts))
    account = Account(name="main", platform="mastodon")
    return Rendition(account=account, parts=parts, visibility="public", warning=warning, language="en")


def leaks_on(post: Post, rendition: Rendition) -> list[str]:
    problems = check_draft(draft_of(post), {NOTE: SOURCE}, forbidden=FORBIDDEN, renditions=[rendition])
    return [problem.message.partition(":")[0] for problem in problems if problem.check in ("CK303", "CK304")]


def test_the_content_warning_of_an_entry_is_published_too() -> None:
    rendition = on_an_account(POST.text, warning="The lead investor is Northwind")

    assert leaks_on(POST, rendition) == ["the content warning of the entry repeats words that were said off the record"]


def test_a_handle_is_looked_at_as_it_is_published() -> None:
    assert leaks_on(saying("Thanks, @{bo}."), on_an_account("Thanks, @northwind.")) == [
        "the text on main has a name that was said off the record only"
    ]


def test_a_name_that_the_draft_waives_is_not_found_again_on_an_account() -> None:
    waiver = Waiver(check="CK304", words="Northwind", by="Ana", reason="public since then")

    assert leaks_on(saying("Northwind and @{bo}.", waiver), on_an_account("Northwind and @bo.")) == []


@pytest.mark.parametrize(
    ("name", "checks"),
    [
        ("lead-investor-is-northwind-capital", {"CK303"}),
        ("northwind-launch", {"CK304"}),
        ("launch-9000000", set()),
        ("launch", set()),
    ],
)
def test_an_entry_is_not_called_by_what_was_off_the_record(name: str, checks: set[str]) -> None:
    entry = Entry(id=name, draft="drafts/x.md", at=datetime(2026, 11, 24, tzinfo=UTC), accounts=("ours",), line=7)
    problems = check_entry(entry, FORBIDDEN)

    assert {problem.check for problem in problems} == checks
    assert all(problem.place == "calendar.yaml:7" for problem in problems)
    assert "northwind" not in repr(problems).lower()
