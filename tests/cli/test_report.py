"""``contentkit report``: a page, Markdown and pictures of a month, from what is in contentkit.db."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from contentkit.store.database import database_in, open_database
from tests.cli.shell import CONFIG, Shell
from tests.reports.made import Made, fill
from tests.stats.measuring import publish
from tests.views.document import parsed

PAGE = "reports/2026-11.html"


@pytest.fixture
def known(shell: Shell) -> Shell:
    """A project of which there are figures of the autumn of 2026."""
    database = open_database(shell.project)
    fill(database.conn, Made(seed=1, threads=30))
    database.close()
    shell.write("calendar.yaml", "version: 1\ntimezone: America/Mexico_City\nentries: []\n")
    return shell


def refused(shell: Shell, *arguments: str) -> str:
    before = shell.files()
    ran = shell.run("report", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert shell.files() == before
    return ran.err


def test_a_month_is_written_beside_the_calendar_and_again_with_the_same_bytes(known: Shell) -> None:
    ran = known.run("report", "--month", "2026-11")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"{PAGE}: ")
    first = (known.project / PAGE).read_bytes()
    page = parsed(first.decode())
    assert page.only("h1").text == "our-posts: November 2026"
    assert len(page.all("svg")) > 0
    # Another process has other hashes, and the file of before is a page of ours.
    assert known.run("report", "--month", "2026-11").code == 0
    assert (known.project / PAGE).read_bytes() == first


@pytest.mark.parametrize(
    ("project", "settings", "title"),
    [
        ("grebe-8f11d7", "", "grebe"),
        ("our-decade", "", "our-decade"),
        ("grebe-8f11d7", '[report]\ntitle = "Grebe & friends"\n', "Grebe & friends"),
    ],
)
def test_a_page_is_called_what_people_call_the_project(project: str, settings: str, title: str, known: Shell) -> None:
    words = (known.project / "contentkit.toml").read_text().replace("our-posts", project)
    known.write("contentkit.toml", words + settings)
    assert known.run("report", "--month", "2026-11", "--no-charts").code == 0
    page = parsed((known.project / PAGE).read_text())
    assert page.only("h1").text == f"{title}: November 2026"


def test_a_report_of_one_post_speaks_of_one_and_of_no_account_for_trying_things(shell: Shell) -> None:
    shell.write(
        "contentkit.toml", f'{CONFIG}[accounts.ours]\nplatform = "mastodon"\nserver = "https://social.example"\n'
    )
    begun = datetime.now(UTC) - timedelta(days=2)
    with database_in(shell.project) as database:
        publish(database, "first", [[(24, 1, 0, 2)]], begun_at=begun)
        publish(database, "older", [[(24, 9, 0, 0)]], begun_at=begun - timedelta(days=1))
        database.conn.execute(
            "UPDATE published_parts SET entry = NULL, origin = 'archive', text = 'Said <b>before</b>.' WHERE entry = 'older'"
        )
    before = f"{begun - timedelta(days=1):%Y-%m-%d}"
    shown = shell.run("report", "--from", before, "--to", before, "--markdown", "-").out
    assert "\n#### Said \\<b\\>before\\</b\\>.\n" in shown, "what has no entry is called by its first words"
    day = f"{begun:%Y-%m-%d}"
    words = shell.run("report", "--from", day, "--to", day, "--markdown", "-").out
    assert f"On {begun.day} {begun:%B %Y}, our-posts published 1 thread with 1 post on 1 account." in words
    assert "The networks counted 1 like (n 1 post), 0 shares (n 1 post) and 2 replies of others (n 1 post)." in words
    assert "Followers were never asked for on ours." in words


def test_what_has_not_begun_is_refused(known: Shell) -> None:
    ahead = datetime.now(ZoneInfo("America/Mexico_City")) + timedelta(days=32)
    month, day = f"{ahead:%Y-%m}", f"{ahead:%Y-%m-%d}"
    assert f"{month} has not begun" in refused(known, "--month", month)
    assert f"{day} has not begun" in refused(known, "--from", day, "--to", day)


def test_days_of_their_own_and_a_file_can_be_named(known: Shell) -> None:
    days = ("--from", "2026-11-20", "--to", "2026-11-26")
    assert known.run("report", *days, "--no-charts", "--out", "sent/launch.html").out.startswith("sent/launch.html: ")
    page = parsed((known.project / "sent/launch.html").read_text())
    assert page.only("h1").text == "our-posts: 20 November 2026 to 26 November 2026"
    assert page.all("svg") == []
    assert "From 20 November 2026 to 26 November 2026, our-posts published " in page.text
    assert known.run("report", *days, "--no-charts").out.startswith("reports/2026-11-20-to-2026-11-26.html: ")


def test_without_a_month_it_is_the_last_one_that_is_over(known: Shell) -> None:
    month = datetime.now(ZoneInfo("America/Mexico_City")).replace(day=1) - timedelta(days=1)
    assert known.run("report", "--no-charts").out.startswith(f"reports/{month:%Y-%m}.html: ")


def test_markdown_goes_to_a_file_or_to_standard_output_and_no_page_with_it(known: Shell) -> None:
    words = known.run("report", "--month", "2026-11", "--markdown", "-").out
    assert words.startswith("<!-- contentkit report -->\n\n# our-posts: November 2026\n")
    ran = known.run(
        "report", "--month", "2026-11", "--markdown", "november.md", "--out", "november.html", "--no-charts"
    )
    assert [line.partition(":")[0] for line in ran.out.splitlines()] == ["november.html", "november.md"]
    assert (known.project / "november.md").read_text() == words
    assert not (known.project / "reports").exists()


def test_pictures_for_slides_are_written_into_a_folder(known: Shell) -> None:
    ran = known.run("report", "--month", "2026-11", "--png", "slides")
    assert ran.code == 0
    pictures = sorted(path.name for path in (known.project / "slides").iterdir())
    assert pictures == sorted(Path(line.partition(":")[0]).name for line in ran.out.splitlines())
    assert "2026-11-followers.png" in pictures
    assert not (known.project / "reports").exists()


def test_what_cannot_be_meant_is_refused(known: Shell) -> None:
    for arguments, words in (
        (("--month", "november"), "cannot read the month 'november'"),
        (("--month", "2026-13"), "cannot read the month '2026-13'"),
        (("--month", "2026-11", "--from", "2026-11-01"), "a month, or days: not both"),
        (("--from", "2026-11-01"), "--from and --to belong together"),
        (("--from", "2026-11-09", "--to", "2026-11-01"), "2026-11-01 lies before 2026-11-09"),
        (("--from", "2026-11-31", "--to", "2026-12-01"), "there is no day 2026-11-31"),
        (("--out", "-", "--markdown", "-"), "cannot both go to standard output"),
        (("--png", "slides", "--no-charts"), "--png and --no-charts exclude each other"),
    ):
        assert words in " ".join(refused(known, *arguments).split())


def test_without_a_database_it_says_what_to_do_and_makes_none(shell: Shell) -> None:
    assert "contentkit sync" in refused(shell, "--month", "2026-11")


def test_a_file_that_is_no_report_of_ours_stays_as_it_is(known: Shell) -> None:
    known.write("index.html", "<!doctype html><title>Our site</title>")
    known.write("README.md", "# Our posts")
    for option, name in (("--out", "index.html"), ("--markdown", "README.md")):
        err = refused(known, "--month", "2026-11", "--no-charts", option, name)
        assert f"name another file behind {option}" in err


def test_confidential_names_stay_here(known: Shell) -> None:
    known.write("confidential.txt", "Grebe\n")
    for option in ("--out", "--markdown"):
        words = known.run("report", "--month", "2026-11", "--no-charts", option, "-").out.lower()
        assert "our-posts" in words
        assert "grebe" not in words


# What Python does where a library is not installed.
_WITHOUT = """
import sys
sys.modules["matplotlib"] = None
sys.argv = ["contentkit", *sys.argv[1:]]
from contentkit.cli.main import main
main()
"""


def test_without_the_library_that_draws_it_says_what_to_install(known: Shell) -> None:
    ran = known.ran([sys.executable, "-c", _WITHOUT, "report", "--month", "2026-11"])
    assert (ran.code, ran.out) == (1, "")
    assert "install contentkit[report], or add --no-charts" in " ".join(ran.err.split())
    assert known.ran([sys.executable, "-c", _WITHOUT, "report", "--month", "2026-11", "--no-charts"]).code == 0
    assert known.ran([sys.executable, "-c", _WITHOUT, "report", "--month", "2026-11", "--markdown", "-"]).code == 0
