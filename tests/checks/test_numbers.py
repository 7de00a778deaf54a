from __future__ import annotations

import pytest

from tests.checks.notes import checked, found, ids, note

ROUND = note("We have 1,980 users, 6,312 downloads and 731 answers.")
FIGURES = note(
    "Claiming a job takes 3 milliseconds, a build takes 71 seconds.",
    "",
    "The survey had 731 answers. Twelve per cent would pay for support, it was 14% last year.",
    "",
    "Of the 30 projects that we tried, 26 compile. We wrote to 11 authors.",
)


@pytest.mark.parametrize(
    "said",
    ["We have nearly 2,000 users.", "We have about 6,300 downloads.", "Over 700 answers came.", "Some 2k users!"],
)
def test_a_number_may_be_rounded_where_the_words_say_so(said: str) -> None:
    assert found(checked(ROUND, said)) == []


@pytest.mark.parametrize(
    ("said", "words"), [("Over 2,000 users have come.", "2,000"), ("Nearly 700 answers came.", "700")]
)
def test_a_number_rounded_the_wrong_way_is_an_error(said: str, words: str) -> None:
    assert ("CK214", words) in found(checked(ROUND, said))


@pytest.mark.parametrize(
    ("said", "words"),
    [("Ganaba unos 20.000 dólares al año.", []), ("Ganaba unos 30.000 dólares al año.", [("CK201", "30.000 dólares")])],
)
def test_a_number_is_read_as_the_language_of_the_post_writes_it(said: str, words: list[tuple[str, str]]) -> None:
    source = note("My mother made at that time some $20,000 a year, and we lived in a very small town.", language="en")

    assert found(checked(source, said, language="es")) == words


def test_a_number_rounded_silently_and_roughly_is_a_warning() -> None:
    assert found(checked(ROUND, "We have 6,000 downloads.")) == [("CK202", "6,000")]


@pytest.mark.parametrize(
    ("said", "severity", "words"),
    [
        ("Claiming a job takes 71 milliseconds.", "error", "71 milliseconds"),
        ("The survey had 30 answers.", "warning", "30"),
        ("We wrote to 26 authors.", "warning", "26"),
    ],
)
def test_a_number_of_something_else_is_a_warning_and_with_its_unit_an_error(
    said: str, severity: str, words: str
) -> None:
    problems = checked(FIGURES, said)
    assert [(each.severity, each.words) for each in problems if each.check in ("CK201", "CK211")] == [(severity, words)]


@pytest.mark.parametrize("said", ["A build takes 71 seconds.", "Support? 12% would pay, two points down from 14%."])
def test_a_number_of_the_thing_itself_is_none(said: str) -> None:
    assert found(checked(FIGURES, said)) == []


@pytest.mark.parametrize(
    ("source", "said", "words"),
    [
        ("Some queries got up to 10% slower.", "Some queries got at least 10% slower.", "10%"),
        ("There is room for 20 people in Leuven.", "We need at least 20 people in Leuven.", "20"),
        ("Partial updates weigh between 2 and 5 megabytes.", "Partial updates weigh under 2 megabytes.", "2 megabytes"),
        ("A contract costs 4,000 euros a year.", "A contract costs 4,000 euros per month.", "4,000 euros"),
    ],
)
def test_another_bound_or_period_is_an_error(source: str, said: str, words: str) -> None:
    assert ("CK214", words) in found(checked(note(source), said))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("Partial updates weigh between 2 and 5 megabytes.", "Partial updates weigh up to 5 megabytes."),
        ("We have over 50 packages.", "50+ packages, all reviewed."),
        ("A contract costs 4,000 euros a year.", "A contract is €4,000 per year."),
        ("It took over two years.", "Two years it took."),
    ],
)
def test_the_bound_and_the_period_of_the_source_are_none(source: str, said: str) -> None:
    assert [each for each in found(checked(note(source), said)) if each[0] < "CK220"] == []


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("Downloads went from 365,000 to 412,000.", "47,000 more downloads than before."),
        ("44% build in CI, it was 36% last year.", "44% build in CI, eight percentage points more than last year."),
        ("In 26 of 30 projects it compiled.", "It compiled in nearly 9 in 10 projects."),
        ("80% of the maintainers are scientists.", "4 in 5 maintainers are scientists."),
        ("We freeze on 8 January and release on 26 January.", "We release 18 days after the freeze, on 26 January."),
        ("There are 264 traps, half of them in Porto.", "264 traps are on: 132 in Porto."),
        ("The average was 0.45 ms. It is 0.15 ms.", "From 0.45 to 0.15 ms, i.e. a third of what it was."),
        ("It took a year and three months.", "It took 15 months."),
        ("It went from 90 ms to 9 ms.", "90 ms before, 9 ms now: a factor of ten."),
        ("It was announced for the 3rd, and came on 17 August.", "It came two weeks late."),
        ("He does a quarterly check.", "He checks it every three months."),
        ("33.8% of the phones are old.", "A third of the phones are old."),
        ("We had 2,300 downloads.", "More than 2,000 downloads!"),
        ("In May we printed the hundredth book.", "In May we printed book number 100."),
        ("The first month was hard.", "It was a month to remember."),
        ("One machine held both indexes, the old and the new.", "Which of the two indexes? One machine held both."),
    ],
)
def test_what_a_writer_works_out_is_supported(source: str, said: str) -> None:
    assert [each for each in found(checked(note(source), said)) if each[0] < "CK220"] == []


def test_a_number_too_great_to_be_counted_is_none_that_is_pointed_back_to() -> None:
    source = note("Every team we talked to had written the same scheduler.")
    assert ("CK201", "250") in found(checked(source, "All 250 teams had written the same scheduler."))
    assert "CK201" not in ids(checked(source, "All four teams had written the same scheduler."))


def test_a_sum_that_does_not_come_out_is_an_error() -> None:
    assert ("CK201", "57,000") in found(
        checked(note("Downloads went from 365,000 to 412,000."), "57,000 more downloads.")
    )


def test_the_day_of_a_date_lends_itself_to_no_unit() -> None:
    source = note("We have money for 2 years.", title="Money, 2024-01-03")
    assert ("CK201", "three years") in found(checked(source, "We have money for three years."))


@pytest.mark.parametrize(
    ("said", "words"), [("44% build in CI, 8% more than last year.", "8%"), ("It fell by 8% to 36%.", "8%")]
)
def test_points_called_per_cent_are_an_error(said: str, words: str) -> None:
    assert ("CK215", words) in found(checked(note("44% build in CI, it was 36% last year."), said))


def test_what_is_missing_of_a_hundred_per_cent_may_be_said() -> None:
    assert (
        found(checked(note("Of the Basque translation 15% is still missing."), "The Basque translation is at 85%."))
        == []
    )


def test_a_unit_may_stand_in_the_question_before() -> None:
    source = note("I heard of 99 per cent.", "", "No. The machine alone gets 93, with a person it is 98.")
    assert found(checked(source, "The machine alone gets 93% right.", 3, 3)) == []


def test_thousands_may_stand_apart_in_spanish() -> None:
    source = note("En 2025 ingresamos 96 400 euros.", language="es")
    assert found(checked(source, "En 2025 ingresamos 96.400 euros.", language="es")) == []
    assert ("CK201", "69.400 euros") in found(checked(source, "En 2025 ingresamos 69.400 euros.", language="es"))


RELEASE = note(
    "# 2.1",
    "",
    "TideQueue 2.1 went out on Monday, with Python 3.10.",
    "",
    "The calendar will be in 2.2.",
    "",
    "Version 1.4.3 lost jobs.",
)


@pytest.mark.parametrize(
    "said", ["TideQueue 2.1 went out.", "It needs Python 3.10.", "v2.1 is out.", "2.1.0 is out.", "TideQueue 2 is out."]
)
def test_the_versions_of_the_cited_lines_may_be_named(said: str) -> None:
    assert found(checked(RELEASE, said, 3, 3)) == []


@pytest.mark.parametrize(("said", "words"), [("It needs Python 3.1.", "3.1"), ("TideQueue 2.1.4 is out.", "2.1.4")])
def test_a_version_that_no_source_has_is_an_error(said: str, words: str) -> None:
    assert ("CK201", words) in found(checked(RELEASE, said, 3, 3))


@pytest.mark.parametrize(("said", "line"), [("The calendar will be in 2.1.", 5), ("Version 2.2 lost jobs.", 7)])
def test_a_version_of_something_else_is_an_error(said: str, line: int) -> None:
    assert [each[0] for each in found(checked(RELEASE, said, line, line))] == ["CK211"]


@pytest.mark.parametrize(
    ("source", "said", "words"),
    [
        ("We freeze after 30 builds, we release after 26 tests.", "We release after 30 tests.", "30"),
        ("The town had 12,000 people, the village had 1,500 people.", "The village had 12,000 people.", "12,000"),
    ],
)
def test_a_number_of_something_else_in_the_same_sentence_is_an_error(source: str, said: str, words: str) -> None:
    assert ("CK211", words) in found(checked(note(source), said))


def test_numbers_that_changed_places_are_one_error() -> None:
    source = note("The town I grew up in had 12,000 people. Then we moved to a smaller place, which had 1,500.")
    said = "The town I grew up in had 1,500 people. Then we moved to a place with 12,000."
    assert len([each for each, _ in found(checked(source, said)) if each in ("CK211", "CK223")]) == 1


def test_a_time_before_is_no_time_after() -> None:
    source = note("I wrote the parser in March. Jakob joined about a year later.")
    assert [each for each in found(checked(source, "Jakob joined about a year later.")) if each[0] < "CK220"] == []
    assert ("CK216", "a year") in found(checked(source, "Jakob joined about a year before."))


def test_nearly_is_not_what_was_reached() -> None:
    assert ("CK214", "200") in found(
        checked(note("We reached 200 contributors (and counting)."), "Almost 200 contributors!")
    )


def test_a_period_of_another_length_is_an_error() -> None:
    source = note("By the end of the first week we had ten customers.")
    assert ("CK211", "first year") in found(checked(source, "Ten customers by the end of the first year."))
    assert found(checked(source, "Ten customers by the end of the first week.")) == []


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("Coverage went up from 75% to 81%.", "+6 points of coverage: 81% now."),
        ("Errors fell from 4.2% to 1.1%.", "Errors are down by roughly three quarters, to 1.1%."),
        ("22% were women in 2023 and 35% in 2025.", "35% are women, 13 points more than two years ago."),
        ("Revenue grew from 1.2 to 1.8 million.", "Revenue is up 50%, to 1.8 million."),
        ("Memory use went from 2 GB to 500 MB.", "Memory use is down to a quarter: 0.5 GB."),
        ("The trail is 3,000 metres long.", "The trail is 3 km long."),
        ("It ran for 90 seconds.", "It ran for a minute and a half."),
        ("They pay 300 euros a month.", "That's 3,600 euros a year."),
        ("I joined in 2019, two years after the start.", "I joined in 2019. The start was in 2017."),
        ("We fixed 3 bugs, closed 12 issues and merged 7 patches.", "22 items in all."),
        ("We were 4 people in 2021 and are 11 now.", "The team has almost tripled since 2021."),
        ("It is 68% now.", "It is up to 68%."),
    ],
)
def test_what_anybody_can_reckon_is_supported(source: str, said: str) -> None:
    assert [each for each in found(checked(note(source), said)) if each[0] < "CK220"] == []


@pytest.mark.parametrize(
    ("source", "said", "right"),
    [
        ("The bread keeps for eight weeks.", "The bread keeps for two months.", True),
        ("The bread keeps for eight weeks.", "The bread keeps for four months.", False),
        ("Clearing the attic took six weeks.", "Clearing the attic took a month and a half.", True),
        ("They must answer within ninety days.", "They must answer within three months.", True),
        ("It takes ten months, and lasts three hundred years.", "It lasts three hundred days.", False),
    ],
)
def test_weeks_may_be_told_as_months(source: str, said: str, right: bool) -> None:
    assert (found(checked(note(source), said)) == []) is right


@pytest.mark.parametrize(
    ("source", "said", "right"),
    [
        ("La pila dura entre 26 y 30 horas.", "La pila dura unas 28 horas.", True),
        ("La pila dura entre 26 y 30 horas.", "La pila dura unas 34 horas.", False),
        ("La pila dura entre 26 y 30 horas.", "La pila dura 28 horas.", False),
        ("La primera duraba nueve horas, y la nueva, entre 26 y 30.", "La nueva dura unas 28 horas.", True),
    ],
)
def test_what_lies_between_two_ends_may_be_said_roughly(source: str, said: str, right: bool) -> None:
    assert (found(checked(note(source), said)) == []) is right


def test_a_number_is_counted_per_two_things() -> None:
    source = note("The engine sends 2,200 values a second per ship.")

    assert found(checked(source, "Each engine: 2,200 values per ship and second.")) == []
    assert found(checked(source, "Each engine: 2,200 values per day.")) == [("CK214", "2,200")]


def test_two_numbers_do_not_change_places_where_the_thing_is_named_with_the_other_one() -> None:
    source = note("Open requests of the repair queue: 64. In July it was 140.")
    said = "In July we had 140 requests in the repair queue. Now it's 64."

    assert found(checked(source, said)) == []
    assert ("CK211", "64") in found(checked(source, "In July 64 requests waited. It's 140 requests in the queue now."))


def test_dates_say_of_which_day_a_number_is() -> None:
    source = note("The open day on 17 October brought 340 visitors, after 190 last year.")

    assert found(checked(source, "340 of you came on 17 October, up from 190 at the open day before.")) == []


def test_three_thousand_is_no_three() -> None:
    source = note("Cobraba casi tres veces más. Al taller le sobraron 3.200 euros.", language="es")

    assert found(checked(source, "Al taller le sobraron algo más de 3.000 euros.", language="es")) == []
    assert ids(checked(source, "Al taller le sobraron 3.000 veces más.", language="es")) != []


def test_a_turnover_is_no_bound() -> None:
    source = note("For a baker with a turnover of 400,000 pounds that is 2,000 pounds a year.")

    assert found(checked(source, "A baker who turns over £400,000 pays £2,000 a year.")) == []
    assert found(checked(source, "Over £400,000 of turnover: that's £2,000 a year.")) == [("CK214", "£400,000")]


@pytest.mark.parametrize(
    ("source", "said", "right"),
    [
        ("We turned over 290,000 euros, and there were 11,000 left.", "There remained 11,000 euros.", True),
        ("We turned over 290,000 euros, and there were 11,000 left.", "There remained 12,000 euros.", False),
        ("A sign is 640 euros, and about 90 to put it up.", "A sign is €640 plus some €90 to put it up.", True),
        ("A sign is 640 euros, and about 90 to put it up.", "A sign is €640 plus.", False),
    ],
)
def test_a_sum_may_be_told_with_its_currency(source: str, said: str, right: bool) -> None:
    assert (found(checked(note(source), said)) == []) is right


@pytest.mark.parametrize(
    ("source", "said", "language"),
    [
        ("Our share went from 71% to 93%.", "Our share has climbed 22%: 71% then, 93% now.", "en"),
        ("La merma pasó del 9 % al 4 %.", "La merma ha bajado un 5 %: del 9 % al 4 %.", "es"),
    ],
)
def test_points_called_per_cent_are_found_behind_any_verb_of_change(source: str, said: str, language: str) -> None:
    assert "CK215" in ids(checked(note(source, language=language), said, language=language))


def test_a_sum_keeps_its_currency() -> None:
    source = note("Of the state came 120,000 euros in two years, and 45,000 of ours.")

    assert found(checked(source, "45,000 euros were ours.")) == []
    assert [each.severity for each in checked(source, "45,000 dollars were ours.")] == ["error"]


def test_thicker_and_below_are_bounds() -> None:
    source = note("Until then: no acrylic thicker than 4 mm, please.")

    assert found(checked(source, "Please keep the acrylic at 4 mm or below.")) == []
    assert found(checked(source, "Please keep the acrylic at 4 mm or above.")) == [("CK214", "4")]


@pytest.mark.parametrize(
    ("said", "right"), [("It was down for half an hour.", True), ("It was down for an hour.", False)]
)
def test_half_an_hour_is_what_29_minutes_are_called(said: str, right: bool) -> None:
    assert (found(checked(note("It was down for 29 minutes."), said)) == []) is right


def test_after_the_second_month_two_months_have_gone_by() -> None:
    source = note("The rule is that somebody calls after the second month. We made 2 calls.")

    assert found(checked(source, "We call once two months have gone by.")) == []
    assert [each.severity for each in checked(source, "We call once two years have gone by.")] == ["error"]
