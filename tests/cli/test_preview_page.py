"""``preview --html``: one page to send to whoever approves."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest

from contentkit.models import quotation_hash
from tests.cli.shell import CONFIG, DRAFT, NOTE, PARTS, Ran, Shell, entry, time_in
from tests.media import pictures
from tests.views.document import Element, parsed

CHART = "drafts/images/chart.png"


@pytest.fixture
def project(shell: Shell) -> Shell:
    """A draft with a picture on the calendar."""
    shell.write(CHART, pictures.png(1))
    shell.write("drafts/launch.md", DRAFT.replace(PARTS[0], f"{PARTS[0]}\n\n![A chart](images/chart.png)", 1))
    shell.enter(entry("monday", at=time_in(hours=2)))
    return shell


def written(project: Shell, name: str = "monday.preview.html") -> Element:
    return parsed((project.project / name).read_text(encoding="utf-8"))


def facts(document: Element) -> dict[str, str]:
    return {one.only("dt").text: one.only("dd").text for one in document.only("dl") if one.name == "div"}


def failed(ran: Ran, code: int) -> str:
    assert (ran.code, ran.out) == (code, ""), ran
    return ran.err


# -- the file


def test_the_page_is_written_where_one_is_and_called_after_the_entry(project: Shell) -> None:
    ran = project.run("preview", "monday", "--html")
    assert ran.code == 0
    assert ran.out.startswith("monday.preview.html: ")
    assert [one.text for one in written(project).classed("text")] == PARTS


def test_a_file_can_be_named_wherever_it_stands(project: Shell) -> None:
    for arguments in (["launch", "--html", "for-odile.html"], ["--html", "for-odile.html", "launch"]):
        assert project.run("preview", *arguments).out.startswith("for-odile.html: ")
        (project.project / "for-odile.html").unlink()


def test_a_dash_means_standard_output(project: Shell) -> None:
    project.write("drafts/launch.md", DRAFT.replace(PARTS[0], "Größe: 漢字"))
    ran = project.run("preview", "launch", "--html", "-", variables={"LC_ALL": "C", "PYTHONUTF8": "0"})
    assert parsed(ran.out).classed("text")[0].text == "Größe: 漢字"
    assert not list(project.project.glob("*.html"))


def test_several_become_one_page(project: Shell) -> None:
    assert project.run("preview", "monday", "launch", "--html").out.startswith("drafts.preview.html: ")
    assert len(written(project, "drafts.preview.html").classed("work")) == 2


def test_a_page_of_ours_is_written_anew(project: Shell) -> None:
    project.run("preview", "monday", "--html")
    project.write("drafts/launch.md", DRAFT)
    assert project.run("preview", "monday", "--html").code == 0
    assert written(project).all("img") == []


def test_a_file_that_is_no_page_of_ours_stays_as_it_is(project: Shell) -> None:
    project.write("index.html", "<!doctype html><title>Our site</title>")
    assert "exists, and is no page of contentkit" in failed(project.run("preview", "monday", "--html", "index.html"), 2)
    ran = project.run_in_terminal("preview", "monday", "--html", "index.html", typed=b"n\n")
    assert (ran.code, "kept as it is" in ran.err) == (4, True)
    assert (project.project / "index.html").read_text().startswith("<!doctype html><title>Our site")
    assert project.run_in_terminal("preview", "monday", "--html", "index.html", typed=b"y\n").code == 0
    assert len(written(project, "index.html").classed("text")) == 3


def test_a_link_that_leads_to_another_file_is_not_written_through(project: Shell) -> None:
    target = project.write("precious.txt", "precious")
    (project.project / "monday.preview.html").symlink_to(target)
    failed(project.run("preview", "monday", "--html"), 2)
    target.unlink()
    failed(project.run("preview", "monday", "--html"), 1)
    assert not target.exists()


def test_what_is_no_file_is_refused_at_once(project: Shell) -> None:
    os.mkfifo(project.project / "pipe.html")
    assert "is no plain file" in failed(project.run("preview", "monday", "--html", "pipe.html"), 2)
    (project.project / "folder.html").mkdir()
    assert "is a folder" in failed(project.run("preview", "monday", "--html", "folder.html"), 1)
    assert "cannot be written" in failed(project.run("preview", "monday", "--html", "nowhere/page.html"), 1)


def test_a_full_disk_leaves_nothing_behind(project: Shell) -> None:
    before = project.files()
    ran = project.run_without_room(8, "preview", "monday", "--html")
    assert ran.code == 1
    assert project.files() == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["monday", "page.html"], "to write a page, add --html"),
        (["monday", "--html", "--json"], "exclude each other"),
        (["monday", "--html", "a.html", "b.html"], "one page cannot be both"),
        (["--html", "a.html"], "which entry or draft?"),
    ],
)
def test_what_cannot_be_meant_is_refused(project: Shell, arguments: list[str], words: str) -> None:
    assert words in failed(project.run("preview", *arguments), 2)


# -- what it says


def test_pictures_are_in_the_page_without_what_their_maker_left_in_them(project: Shell) -> None:
    project.write(CHART, pictures.jpeg())
    project.run("preview", "monday", "--html")
    kind, _, data = written(project).only("img").attributes["src"].partition(",")
    assert kind == "data:image/jpeg;base64"
    shown = base64.b64decode(data)
    assert shown.startswith(b"\xff\xd8")
    assert not [secret for secret in pictures.SECRETS if secret in shown]


def test_the_version_is_the_digest_that_an_approval_is_bound_to(project: Shell) -> None:
    project.run("preview", "monday", "--html")
    before = facts(written(project))
    assert before["Approval"] == "not approved yet"
    approved = project.run("approve", "monday", "--by", "Odile", "--yes")
    digest = approved.out.split()[-1]
    assert before["Version"].startswith(digest.removeprefix("sha256:")[:12])
    assert digest in written(project).classed("colophon")[0].text
    project.run("preview", "monday", "--html")
    after = facts(written(project))
    assert after["Approval"].startswith("approved by Odile, ")
    assert after["Version"] == before["Version"]


def test_what_was_changed_after_the_approval_is_not_called_approved(project: Shell) -> None:
    project.run("approve", "monday", "--by", "Odile", "--yes")
    project.write("drafts/launch.md", DRAFT)
    project.run("preview", "monday", "--html")
    assert facts(written(project))["Approval"] == "not approved as it is now: changed since Odile approved it"


def test_a_line_in_the_calendar_is_told_as_what_it_is(project: Shell) -> None:
    project.run("approve", "monday", "--by", "Odile", "--yes")
    for file in project.state.iterdir():
        file.unlink()
    project.run("preview", "monday", "--html")
    assert facts(written(project))["Approval"] == "approved by Odile, as the calendar says"


def test_a_line_in_the_calendar_is_no_approval_where_approvals_are_given(project: Shell) -> None:
    at, tuesday = time_in(hours=2), entry("tuesday", at=time_in(days=1))
    project.enter(entry("monday", at=at), tuesday)
    project.run("approve", "tuesday", "--yes", "--by", "Ana")
    project.run("preview", "monday", "--html")
    digest = written(project).classed("colophon")[0].only("code").text
    line = f'approved: {{by: Odile, at: "2026-11-22T10:00:00Z", digest: "{digest}"}}'
    project.enter(entry("monday", at=at, more=line), tuesday)
    project.run("preview", "monday", "--html")
    assert facts(written(project))["Approval"] == "not approved here; the calendar says that Odile did"


def test_a_journal_that_cannot_be_read_does_not_stop_a_preview_and_names_no_folder(project: Shell) -> None:
    project.run("approve", "monday", "--by", "Odile", "--yes")
    (project.state / "journal.db").write_bytes(b"broken" * 1000)
    ran = project.run("preview", "monday", "--html")
    assert ran.code == 0, ran
    assert facts(written(project))["Approval"] == "cannot be known here: this machine's journal cannot be read"


def test_a_draft_without_an_entry_has_a_version_of_its_words_and_pictures(project: Shell) -> None:
    versions = set()
    for draft in (DRAFT, DRAFT.replace("lane", "line"), DRAFT.replace("lane", "line")):
        project.write("drafts/launch.md", draft)
        project.run("preview", "launch", "--html")
        versions.add(facts(written(project, "launch.preview.html"))["Version"])
    assert len(versions) == 2


def test_a_post_is_shown_with_the_words_that_it_rests_on(project: Shell) -> None:
    project.run("preview", "monday", "--html")
    assert [one.text for one in written(project).all("blockquote")] == PARTS


def test_a_source_that_changed_is_not_quoted(project: Shell) -> None:
    project.write(
        "drafts/launch.md", DRAFT.replace("notes/call.md#L3", "notes/call.md#L3 sha:00000000").replace("#L5", "#L55")
    )
    project.run("preview", "launch", "--html")
    document = written(project, "launch.preview.html")
    assert [one.text for one in document.all("blockquote")] == PARTS[2:]
    assert "line 3: changed since the post was written" in document.text
    assert "line 55: nothing is there any more" in document.text


def test_lines_that_moved_are_quoted_where_they_are(project: Shell) -> None:
    sha = quotation_hash(PARTS[0])
    project.write("drafts/launch.md", DRAFT.replace("notes/call.md#L3", f"notes/call.md#L3 sha:{sha}"))
    project.write("notes/call.md", NOTE.replace(PARTS[0], f"New.\n\n{PARTS[0]}"))
    project.run("preview", "launch", "--html")
    document = written(project, "launch.preview.html")
    assert document.all("blockquote")[0].text == PARTS[0]
    assert "Rests on notes/call.md, line 5" in document.text


def test_of_a_line_only_what_the_post_rests_on_is_quoted(project: Shell) -> None:
    project.write("notes/call.md", NOTE.replace(PARTS[0], f"{PARTS[0]} What else was said there counts for nothing."))
    end = len(PARTS[0]) + 1
    project.write("drafts/launch.md", DRAFT.replace("notes/call.md#L3", f"notes/call.md#L3C1-L3C{end}"))
    project.run("preview", "launch", "--html")
    document = written(project, "launch.preview.html")
    assert document.all("blockquote")[0].text == f"{PARTS[0]} …"
    assert "counts for nothing" not in document.text


def test_a_source_that_is_not_here_is_named_and_nothing_else(project: Shell) -> None:
    (project.project / "notes/call.md").unlink()
    assert project.run("preview", "launch", "--html").code == 0
    assert "notes/call.md, line 3: the source cannot be read here" in written(project, "launch.preview.html").text


def test_one_account_of_an_entry_has_the_digest_of_all(project: Shell) -> None:
    project.write("contentkit.toml", CONFIG + '[accounts.other]\nplatform = "console"\n')
    project.enter(entry("monday", at=time_in(hours=2), accounts="try, other"))
    project.run("preview", "monday", "--html", "all.html")
    project.run("preview", "monday", "--html", "one.html", "--account", "try")
    whole, one = written(project, "all.html"), written(project, "one.html")
    assert (len(whole.classed("thread")), len(one.classed("thread"))) == (2, 1)
    assert facts(whole)["Version"] == facts(one)["Version"]


def test_a_picture_that_cannot_be_sent_leaves_the_page_without_a_version(project: Shell) -> None:
    (project.project / CHART).unlink()
    project.run("preview", "monday", "--html")
    assert "Version" not in facts(written(project))
    assert facts(written(project))["Still to mend"] == "1 error"


# -- what it must never say

SECRET = "Norfjell Bank pays 240,000 euros for the Oracle part."


def page_of(project: Shell) -> str:
    path = project.project / "launch.preview.html"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def test_nothing_off_the_record_is_quoted(project: Shell) -> None:
    # The evidence reaches over the marked lines.
    project.write(
        "notes/call.md", NOTE.replace("We threw", f"[off the record]\n{SECRET}\n[/off the record]\n\nWe threw")
    )
    project.write("drafts/launch.md", DRAFT.replace("call.md#L3", "call.md#L3-L9"))
    ran = project.run("preview", "launch", "--html")
    assert ran.code == 0, ran
    assert PARTS[1] in page_of(project)
    for word in ("Norfjell", "240", "Oracle"):
        assert word not in page_of(project) + ran.out + ran.err


def test_a_draft_that_repeats_what_was_off_the_record_gets_no_page(project: Shell) -> None:
    project.write("notes/call.md", NOTE + f"\n[off the record]\n{SECRET}\n[/off the record]\n")
    project.write("drafts/launch.md", DRAFT.replace(PARTS[2], SECRET))
    err = failed(project.run("preview", "launch", "--html"), 1)
    assert "CK303" in err
    assert "no page was written" in err
    assert "Norfjell" not in err
    assert page_of(project) == ""


def test_without_the_raw_file_nobody_can_tell_and_there_is_no_page(project: Shell) -> None:
    raw = project.write("notes/raw/talk.md", NOTE + f"\n[off the record]\n{SECRET}\n[/off the record]\n")
    assert project.run("ingest", "notes/raw/talk.md").code == 0
    copy = next((project.project / "notes").glob("*talk*.md")).name
    project.write("drafts/launch.md", DRAFT.replace("call.md", copy).replace(PARTS[2], SECRET))
    raw.unlink()
    err = failed(project.run("preview", "launch", "--html"), 1)
    assert "CK305" in err
    assert "no page was written" in err
    assert page_of(project) == ""


def test_a_source_that_marks_nothing_but_speaks_of_it_is_not_quoted(project: Shell) -> None:
    project.write("notes/call.md", NOTE + "\nThat thing about the bank was off the record, by the way.\n")
    assert project.run("preview", "launch", "--html").code == 0
    assert written(project, "launch.preview.html").all("blockquote") == []
    assert "not quoted, because it leaves open what is off the record" in page_of(project)


def test_confidential_names_are_veiled_in_what_is_quoted(project: Shell) -> None:
    project.write("notes/call-with-acme.md", NOTE.replace("Every team", "Acme Corp and every team"))
    project.write("drafts/launch.md", DRAFT.replace("notes/call.md", "notes/call-with-acme.md"))
    project.write("confidential.txt", "Acme Corp | Acme\n")
    ran = project.run("preview", "launch", "--html")
    assert ran.code == 0, ran
    assert "acme" not in (page_of(project) + ran.out + ran.err).lower()
    document = written(project, "launch.preview.html")
    assert document.all("blockquote")[0].text.startswith("[NAME_1] and every team")
    assert document.all("figcaption")[0].text == "notes/call-with-[NAME_1].md, line 3"


def test_a_confidential_name_of_a_file_is_veiled_too(project: Shell) -> None:
    project.write("drafts/acme-launch.md", DRAFT.replace("title: The scheduler\n", ""))
    project.write("confidential.txt", "Acme\n")
    ran = project.run("preview", "acme-launch", "--html")
    assert ran.out.startswith("drafts.preview.html: "), ran
    assert "acme" not in (project.project / "drafts.preview.html").read_text(encoding="utf-8").lower()


def test_an_account_with_a_confidential_name_gets_no_page(project: Shell) -> None:
    settings = (project.project / "contentkit.toml").read_text()
    project.write("contentkit.toml", settings + 'handle = "nightjar_news"\n')
    project.write("confidential.txt", "Project Nightjar | Nightjar\n")
    err = failed(project.run("preview", "monday", "--html"), 1)
    assert err.startswith("contentkit: contentkit.toml: CK307: an account is called by a name")
    assert "nightjar" not in err.lower()


def test_an_entry_called_by_a_confidential_name_is_veiled_on_its_page(project: Shell) -> None:
    project.enter(entry("nightjar-1", at=time_in(hours=2)))
    project.write("confidential.txt", "Project Nightjar | Nightjar\n")
    ran = project.run("preview", "nightjar-1", "--html", "-")
    assert ran.code == 0, ran
    assert "nightjar" not in (ran.out + ran.err).lower()


def test_of_a_long_stretch_a_page_quotes_the_beginning(project: Shell) -> None:
    project.write(
        "notes/call.md", NOTE + "".join(f"\nThought number {number}, {'and more ' * 80}.\n" for number in range(9))
    )
    project.write("drafts/launch.md", DRAFT.replace("#L7", "#L9-L25"))
    project.run("preview", "launch", "--html")
    quote = written(project, "launch.preview.html").all("blockquote")[-1]
    words = [one.text for one in quote.all("p")]
    assert len(words) == 5
    assert words[-1] == "…"
    assert all(len(one) <= 400 for one in words)


def test_a_draft_with_a_confidential_name_gets_no_page(project: Shell) -> None:
    project.write("confidential.txt", "scheduler\n")
    err = failed(project.run("preview", "launch", "--html"), 1)
    assert "CK307" in err
    assert "scheduler" not in err.replace("The scheduler", "")
    assert page_of(project) == ""


@pytest.mark.parametrize(
    "name",
    [".env", "confidential.txt", "notes/raw/call.md", "package.json", ".private/x.md", "link.md", "private/pay.md"],
)
def test_nothing_is_quoted_from_a_file_that_is_not_for_others(project: Shell, name: str) -> None:
    # A draft comes with a pull request, and its page goes out by mail.
    project.write(".env", "TOKEN = 4711-swordfish\n")
    (project.project / "link.md").symlink_to(".env")
    if name != "link.md":
        project.write(name, "swordfish # 4711-swordfish\n")
    project.write("drafts/launch.md", f"---\nversion: 1\ntitle: X\n---\nHello.\n<!-- evidence: {name}#L1 -->\n")
    ran = project.run("preview", "launch", "--html")
    assert ran.code == 0, ran
    assert "not quoted" in page_of(project)
    assert "swordfish" not in page_of(project)


def test_what_is_under_embargo_is_not_quoted(project: Shell) -> None:
    embargoed = f"[embargo until 2090-01-01 09:00 UTC] {PARTS[2]} [/embargo]"
    project.write("notes/call.md", NOTE.replace(PARTS[2], embargoed))
    ran = project.run("preview", "launch", "--html")
    assert ran.code == 0, ran
    document = written(project, "launch.preview.html")
    assert [one.text for one in document.all("blockquote")] == PARTS[:2]
    assert "line 7: not quoted, because it is under embargo until Sun 1 Jan 09:00 UTC" in document.text


def test_the_page_names_no_folder_of_this_machine(project: Shell, tmp_path: Path) -> None:
    project.run("preview", "monday", "--html")
    assert str(tmp_path) not in (project.project / "monday.preview.html").read_text(encoding="utf-8")
