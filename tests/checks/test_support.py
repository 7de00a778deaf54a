from __future__ import annotations

import pytest

from contentkit.checks import check_draft
from contentkit.checks.who.quotations import spoken
from contentkit.models import Person
from tests.checks.notes import NOTE, checked, citing, draft_of, found, ids, note

TALK = note(
    'Luis said: "We should have tested that earlier. It was my fault, um, honestly. Never again."',
    "",
    "Mira Okafor moved us from Postgres to SQLite. It might work, we were not sure.",
    author="Ana Ruiz",
    title="Why TideQueue left",
    link="https://example.org/blog/tide",
)


@pytest.mark.parametrize(
    "said",
    [
        "“We should have tested that earlier”",
        "«we should have tested that earlier»",
        '"It was my fault, honestly."',
        "“We should have tested that earlier. […] Never again.”",
        "“Ship it”",
        "Luis said 'never again'",
        "'Honestly', said Luis",
    ],
)
def test_the_words_of_the_source_may_be_quoted(said: str) -> None:
    assert checked(TALK, said, 1, 1) == []


@pytest.mark.parametrize(
    "said", ["“We should have tested this earlier”", "“We tested that earlier”", "“It was Luis's fault, honestly”"]
)
def test_other_words_may_not_be_quoted(said: str) -> None:
    assert found(checked(TALK, said, 1, 1)) == [("CK204", said)]


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        ("It was my fault, 'which is a shame for us' said Luis", "'which is a shame for us'"),
        ('Luis said: "burn it"', '"burn it"'),
        ("Luis said ‘sorry’", "‘sorry’"),
        ("«Nunca», dijo Luis", "«Nunca»"),
        ("'We shouldn't', Luis says", "'We shouldn't'"),
    ],
)
def test_beside_a_verb_of_speech_other_words_may_not_be_quoted_however_few(said: str, quoted: str) -> None:
    assert ("CK204", quoted) in found(checked(TALK, said, 1, 1))


def test_sentences_left_out_of_a_quotation_silently_are_a_warning() -> None:
    problems = checked(TALK, "“We should have tested that earlier. Never again.”", 1, 1)
    assert [(each.check, each.severity) for each in problems] == [("CK210", "warning")]


def test_a_quotation_from_uncited_lines_is_a_warning() -> None:
    problems = checked(TALK, "“moved us from Postgres to SQLite”", 1, 1)
    assert [each.check for each in problems if each.severity == "warning"] == ["CK210"]


def test_hesitations_and_stammering_are_not_part_of_what_was_said() -> None:
    assert spoken("We, um, we never, you know, wanted it") == spoken("We never wanted it")


@pytest.mark.parametrize(
    "said", ["Okoro did it.", "Who did it? Mira Okoro.", "It was Okoro's idea.", "We like MySQL.", "SQLite-DB."]
)
def test_a_name_that_no_source_has_is_an_error(said: str) -> None:
    assert ids(checked(TALK, said, 3, 3)) == ["CK207"]


@pytest.mark.parametrize(("said", "severity"), [("el Medio Oeste", "warning"), ("Marta Rubio", "error")])
def test_a_name_may_be_translated_but_not_a_persons(said: str, severity: str) -> None:
    source = note("We come from the Midwest, and that is where we built the first of our ovens.", language="en")
    problems = checked(source, f"Nuestro primer horno lo construimos con {said}.", language="es")

    assert [(each.check, each.severity) for each in problems if each.check == "CK207"] == [("CK207", severity)]


def test_a_short_post_without_a_language_is_read_in_the_language_of_its_source() -> None:
    assert found(checked(TALK, "SQLite, Okoro.", 3, 3, language="")) == [("CK207", "Okoro")]


@pytest.mark.parametrize(
    "said",
    [
        "Mira moved us.",
        "SQLite, says Ana Ruiz.",
        "Okafor's move.",
        "Latency matters.",
        "Deploying databases: Everything sleeps.",
        "TideQueue and SQLite-based things",
        "Our API moved.",
        "How We Left Everything Behind",
    ],
)
def test_known_names_and_everyday_words_are_none(said: str) -> None:
    assert checked(TALK, said, 3, 3) == []


def test_a_name_from_far_off_is_a_warning() -> None:
    source = note("We began small.", "", "It grew.", "", "Mira joined.")
    assert found(checked(source, "We and Mira began small.", 1, 1)) == [("CK208", "Mira")]


@pytest.mark.parametrize(
    "said",
    ["https://example.org/blog/tide/", "http://www.example.org/blog/tide?utm_source=m", "https://mine.example/a"],
)
def test_own_links_are_known_however_they_are_written(said: str) -> None:
    assert "CK205" not in ids(checked(TALK, f"Why: {said}", 3, 3, link="https://mine.example/a"))


@pytest.mark.parametrize(
    "said", ["https://example.org/blog/tied", "https://example.com/blog/tide", "https://example.org/blog/tide?id=2"]
)
def test_other_links_are_errors(said: str) -> None:
    assert found(checked(TALK, f"Why: {said}", 3, 3)) == [("CK205", said)]


def linked(said: str, *made: str) -> list[tuple[str, str]]:
    """What is found in a post of which networks make these links."""
    source = note("We moved setup.py to example.org/new and left the rest.", link="https://example.org/blog/tide")
    return found(check_draft(draft_of(citing(source, said)), {NOTE: source}, made_links={0: set(made)}))


def test_what_only_networks_take_for_a_link_must_be_known_too() -> None:
    assert linked("We moved it to evil.example.com now.", "evil.example.com") == [("CK205", "evil.example.com")]
    assert linked("Left at gemini://evil.example.com/x", "gemini://evil.example.com/x") == [
        ("CK205", "gemini://evil.example.com/x")
    ]


def test_names_that_the_source_says_and_own_addresses_may_become_links() -> None:
    assert linked("We moved Setup.py.", "Setup.py") == []
    assert linked("We moved it: www.example.org/blog/tide/", "www.example.org/blog/tide/") == []
    assert linked("We moved it: https://example.org/blog/tide", "https://example.org/blog/tide") == []


def test_a_link_without_host_is_known_on_the_hosts_of_the_draft() -> None:
    source = note("Read on.", site_path="/blog/x.html")
    assert checked(source, "Read on: https://mine.example/blog/x.html", link="https://mine.example/") == []


def test_a_handle_must_be_the_sources_own() -> None:
    source = note("Thanks @mira!")
    assert found(checked(source, "Thanks @mira, @mora and @{mira}")) == [("CK206", "@mora")]


BAKERY = note(
    "The bakery of @{odile} burned 40 loaves a week.",
    "",
    "They bake at night.",
    "",
    "They sleep by day.",
    "",
    "Thanks, Odile!",
)


@pytest.mark.parametrize(
    ("last", "expected"), [(1, [("CK208", "@{odi}")]), (7, [])], ids=["from far off", "from the cited lines"]
)
def test_a_person_is_named_where_the_cited_lines_do(last: int, expected: list[tuple[str, str]]) -> None:
    people = {"odi": Person(name="odi", display="Odile Varga", handles={})}
    draft = draft_of(citing(BAKERY, "The bakery of @{odi} burned 40 loaves a week.", 1, last))
    assert found(check_draft(draft, {NOTE: BAKERY}, people=people)) == expected


def test_a_person_whom_no_source_names_is_an_error_though_the_source_asks_for_the_mention() -> None:
    source = note("The bakery of @{odile} burned 40 loaves a week.")
    assert found(checked(source, "The bakery of @{odile} burned 40 loaves a week.")) == [("CK206", "@{odile}")]


def test_a_person_may_be_named_whose_handle_the_source_has() -> None:
    people = {"o": Person(name="o", display="Odile", handles={"mastodon": "@Varga@social.example"})}
    source = note("The bakery of @varga@social.example burned 40 loaves a week.")
    draft = draft_of(citing(source, "The bakery of @{o} burned 40 loaves a week."))
    assert check_draft(draft, {NOTE: source}, people=people) == []


def test_a_hashtag_is_a_tag_of_the_draft_or_made_of_words_of_the_source() -> None:
    problems = checked(TALK, "We moved. #TechNotes #PostgresToSQLite #Blockchain", 3, 3, tags=("tech notes",))
    assert [(each.check, each.severity, each.words) for each in problems] == [("CK209", "warning", "#Blockchain")]


def test_the_place_is_the_line_of_the_words() -> None:
    problems = checked(TALK, "Mira did it.\n\nIt took 40 ms.", 3, 3)
    assert [(each.check, each.place) for each in problems] == [("CK201", "drafts/x.md:11")]


def test_a_handle_may_stand_in_the_source_as_the_link_of_its_profile() -> None:
    source = note("Follow us: https://social.example/@tidequeue and https://github.com/tidequeue")
    assert checked(source, "We are @tidequeue@social.example and @tidequeue.") == []
    assert found(checked(source, "We are @tidequeue@other.example.")) == [("CK206", "@tidequeue@other.example")]


def test_a_profile_may_stand_in_the_source_as_its_handle() -> None:
    source = note("We are @tidequeue@social.example.")
    assert checked(source, "Follow us: https://social.example/@tidequeue") == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("A ferry on the coast of Norway has it.", []),
        ("A ferry on the coast of Finland has it.", ["Finland"]),
        ("The PSF said no.", []),
        ("The PSG said no.", ["PSG"]),
    ],
)
def test_a_country_and_initials_are_names_in_another_form(said: str, words: list[str]) -> None:
    source = note("A ferry on the Norwegian coast has it.", "", "The Python Software Foundation said no to the grant.")

    assert [each.words for each in checked(source, said, 1, 3) if each.check == "CK207"] == words
