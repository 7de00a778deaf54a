import pytest

from contentkit.checks import check_draft
from contentkit.forbidden import Forbidden
from contentkit.models import Media, Post, Problem, Waiver
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
    assert problem.message.endswith("words 2 to 6 from the beginning of the line")


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
        "the alt text of x.png repeats words that were said off the record",
    ]


def test_where_the_raw_file_is_missing_an_approval_waits_for_a_waiver_by_name() -> None:
    def found(*waivers: Waiver) -> list[tuple[str, bool]]:
        draft = draft_of(saying(POST.text, *waivers), saying(POST.text))
        problems = check_draft(draft, {NOTE: SOURCE}, unknown=[NOTE])
        return [(problem.severity, problem.holds) for problem in problems if problem.check == "CK305"]

    assert found() == [("warning", True)]
    assert found(Waiver(check="CK305", words="notes/other.md", by="Ana", reason="compared")) == [("warning", True)]
    assert found(Waiver(check="CK305", words=NOTE, by="Ana", reason="compared")) == []
