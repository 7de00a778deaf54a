"""Approvals signed with SSH keys, with real commands and real ssh-keygen: what counts, and every forgery that must not."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.approving import ANA, BEN, SIGNED, allow, make_key, public, trust_keys
from tests.cli.shell import CONFIG, DRAFT, Shell, entry, time_in
from tests.cli.test_approve import texts_at

FOLDER = "approvals/launch"
STATEMENT, SIGNATURE = f"{FOLDER}/{ANA}.json", f"{FOLDER}/{ANA}.sig"


@pytest.fixture
def key(shell: Shell) -> Path:
    """Ana's key, which counts on this machine; an entry is due."""
    made = make_key(shell.home, "ana")
    allow(shell, SIGNED)
    trust_keys(shell, f"{ANA} {public(made)}")
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    return made


def sign(shell: Shell, key: Path, *more: str, by: str = ANA, name: str = "launch") -> None:
    ran = shell.run("approve", name, "--yes", "--by", by, "--key", str(key), *more)
    assert ran.code == 0, ran.err


def refused(shell: Shell, why: str) -> None:
    """Nothing goes out, and somebody is told why."""
    ran = shell.run("post")
    assert texts_at(shell) == []
    assert why in ran.out + ran.err
    assert ran.code in (1, 4)


def planned_and_paused(shell: Shell, key: Path) -> None:
    """The entry is due, signed and planned; only its pause keeps it back. A pause is no part of what is approved."""
    shell.enter(entry("launch", at=time_in(seconds=-60), more="paused: true"))
    sign(shell, key)
    assert shell.run("post").out == ""
    with closing(sqlite3.connect(shell.state / "journal.db")) as journal:
        assert journal.execute("SELECT state FROM publications").fetchall() == [("planned",)] * 3


def unpause(shell: Shell) -> None:
    assert shell.run("unpause", "launch").code == 0


def resigned(shell: Shell, key: Path, namespace: str = "contentkit-approval@v1") -> None:
    """Signs the statement as it lies there now, as somebody with a key and no contentkit could."""
    words = (shell.project / STATEMENT).read_bytes()
    command = ["ssh-keygen", "-Y", "sign", "-n", namespace, "-f", str(key)]
    made = subprocess.run(command, input=words, capture_output=True, check=True).stdout
    shell.write(SIGNATURE, made)


def test_what_was_signed_is_published(shell: Shell, key: Path) -> None:
    sign(shell, key)
    assert shell.run("post").code == 0
    assert len(texts_at(shell)) == 3


def test_signing_says_what_to_commit_and_leaves_the_calendar_alone(shell: Shell, key: Path) -> None:
    before = (shell.project / "calendar.yaml").read_bytes()
    ran = shell.run("approve", "launch", "--yes", "--by", ANA, "--key", str(key))
    first, second = ran.out.splitlines()
    assert first == f"launch: signed by {ANA}: {STATEMENT} and {SIGNATURE}"
    assert re.fullmatch(r"  sha256:[0-9a-f]{64}", second)
    assert "Commit these files and push them" in ran.err
    assert (shell.project / "calendar.yaml").read_bytes() == before


def test_a_desk_signs_with_the_key_that_git_names(shell: Shell, key: Path) -> None:
    (shell.home / ".gitconfig").write_text(f"[user]\nname = Ana\nemail = {ANA}\nsigningkey = {key}.pub\n")
    assert shell.run("approve", "launch", "--yes").code == 0
    assert shell.run("post").code == 0
    assert len(texts_at(shell)) == 3


def test_nothing_is_signed_without_a_key(shell: Shell, key: Path) -> None:
    ran = shell.run("approve", "launch", "--yes", "--by", ANA)
    assert (ran.code, "--key" in ran.err) == (2, True)
    assert not (shell.project / "approvals").exists()


def test_a_quiet_run_looks_at_no_entry(shell: Shell, key: Path) -> None:
    """Once it has looked, it neither reads the calendar nor asks ssh-keygen until something changes."""
    shell.enter(entry("launch", at=time_in(days=3)))
    sign(shell, key)
    imports = [shell.run("post", variables={"PYTHONPROFILEIMPORTTIME": "1"}).err for _ in range(2)]
    assert ["contentkit.cli.approving.signed" in told for told in imports] == [True, False]


def test_a_new_signature_is_noticed_by_the_next_run(shell: Shell, key: Path) -> None:
    assert shell.run("post").out == ""
    sign(shell, key)
    assert "sent" in shell.run("post").out


def test_an_edit_after_the_signature_voids_it(shell: Shell, key: Path) -> None:
    sign(shell, key)
    shell.write("drafts/launch.md", DRAFT.replace("threw", "tossed"))
    shell.write("notes/call.md", (shell.project / "notes/call.md").read_text().replace("threw", "tossed"))
    refused(shell, "changed since it was signed")


def test_a_signature_counts_once_and_a_skipped_post_stays_skipped(shell: Shell, key: Path) -> None:
    sign(shell, key)
    shell.run("post")
    (shell.project / STATEMENT).touch()
    assert shell.run("post").out == ""
    assert len(texts_at(shell)) == 3


# -- forgeries


def test_a_line_typed_by_hand_posts_nothing(shell: Shell, key: Path) -> None:
    digest = "sha256:" + "0" * 64
    shell.enter(
        entry(
            "launch",
            at=time_in(seconds=-60),
            more=f'approved: {{by: {ANA}, at: 2026-11-20T09:00:00Z, digest: "{digest}"}}',
        )
    )
    shell.run("post")
    assert texts_at(shell) == []


def test_a_key_that_this_machine_does_not_know_does_not_count(shell: Shell, key: Path) -> None:
    sign(shell, make_key(shell.home, "mallory"))
    refused(shell, "not signed by a key of ana@example.org")


def test_somebody_who_is_not_in_allowed_signers_does_not_count(shell: Shell, key: Path) -> None:
    sign(shell, key, by=BEN)
    refused(shell, f"no key of {BEN} is in ")


def test_a_signature_of_another_entry_does_not_count(shell: Shell, key: Path) -> None:
    shell.enter(*(entry(name, at=time_in(seconds=-60)) for name in ("launch", "other")))
    sign(shell, key, name="other")
    shutil.copytree(shell.project / "approvals/other", shell.project / FOLDER)
    shutil.rmtree(shell.project / "approvals/other")
    refused(shell, "was signed for another entry, other")


def test_a_signature_of_another_project_does_not_count(shell: Shell, key: Path) -> None:
    shell.write("contentkit.toml", CONFIG.replace("our-posts", "their-posts"))
    sign(shell, key)
    shell.write("contentkit.toml", CONFIG)
    refused(shell, "was signed for another project")


def test_an_entry_renamed_after_publishing_is_not_published_again(shell: Shell, key: Path) -> None:
    sign(shell, key)
    shell.run("post")
    shell.enter(entry("launch-2", at=time_in(seconds=-60)))
    shutil.copytree(shell.project / FOLDER, shell.project / "approvals/launch-2")
    shell.run("post")
    assert len(texts_at(shell)) == 3


def test_a_revoked_signature_put_back_does_not_count(shell: Shell, key: Path) -> None:
    shell.enter(entry("launch", at=time_in(days=1)))
    sign(shell, key)
    shell.run("post")
    kept = {name: (shell.project / name).read_bytes() for name in (STATEMENT, SIGNATURE)}
    assert shell.run("approve", "launch", "--revoke", "--by", "Ana").code == 0
    for name, content in kept.items():
        shell.write(name, content)
    assert shell.run("approvals", "launch", "--json").json[0]["holds"] is False
    shell.run("post")
    assert shell.run("queue", "--json").json[0]["state"] != "planned"


def test_a_signed_revocation_is_remembered_when_it_is_gone_from_git(shell: Shell, key: Path) -> None:
    shell.enter(entry("launch", at=time_in(days=1)))
    sign(shell, key)
    kept = {name: (shell.project / name).read_bytes() for name in (STATEMENT, SIGNATURE)}
    ran = shell.run("approve", "launch", "--revoke", "--by", ANA, "--key", str(key))
    assert "revocation signed" in ran.out
    shell.run("post")
    shutil.rmtree(shell.project / "approvals")
    for name, content in kept.items():
        shell.write(name, content)
    shell.run("post")
    [standing] = shell.run("approvals", "launch", "--json").json
    assert (standing["holds"], "revoked by ana@example.org" in standing["why"]) == (False, True)


def test_after_a_revocation_a_new_signature_counts(shell: Shell, key: Path) -> None:
    sign(shell, key)
    shell.run("approve", "launch", "--revoke", "--by", ANA, "--key", str(key))
    sign(shell, key)
    assert len(texts_at(shell)) == 0
    shell.run("post")
    assert len(texts_at(shell)) == 3


def test_files_of_the_project_that_are_named_as_the_machines_are_not_read(shell: Shell, key: Path) -> None:
    mallory = make_key(shell.home, "mallory")
    shell.write("allowed_signers", f"{ANA} {public(mallory)}\n")
    shell.write(f"{FOLDER}/allowed_signers", f"{ANA} {public(mallory)}\n")
    shell.write("machine.toml", 'version = 1\n[approval]\ntrust = "branch"\n')
    sign(shell, mallory)
    refused(shell, "not signed by a key")


def test_rules_in_the_projects_settings_are_an_error(shell: Shell, key: Path) -> None:
    shell.write("contentkit.toml", CONFIG + '\n[approval]\ntrust = "local"\n')
    ran = shell.run("post")
    assert (ran.code, "contentkit.toml:7: " in ran.err, texts_at(shell)) == (1, True, [])


def test_a_list_of_keys_inside_of_the_project_is_refused(shell: Shell, key: Path) -> None:
    path = shell.write("allowed_signers", f"{ANA} {public(key)}\n")
    allow(shell, f'{SIGNED}allowed_signers = "{path}"\n')
    sign(shell, key)
    refused(shell, "lies inside of the project")


def test_a_link_to_a_list_of_keys_inside_of_the_project_is_refused(shell: Shell, key: Path) -> None:
    inside = shell.write("keys/list", f"{ANA} {public(key)}\n")
    path = shell.home / "config/contentkit/allowed_signers"
    path.unlink()
    path.symlink_to(inside)
    sign(shell, key)
    refused(shell, "lies inside of the project")


def test_a_list_of_keys_that_others_may_write_is_refused(shell: Shell, key: Path) -> None:
    trust_keys(shell, f"{ANA} {public(key)}").chmod(0o664)
    sign(shell, key)
    refused(shell, "others could have written it")


def test_settings_of_the_machine_inside_of_the_project_are_refused(shell: Shell, key: Path) -> None:
    sign(shell, key)
    shutil.copytree(shell.home / "config", shell.project / "config")
    ran = shell.run("post", variables={"XDG_CONFIG_HOME": str(shell.project / "config")})
    assert (ran.code, "lies inside of the project" in ran.err, texts_at(shell)) == (1, True, [])


def test_a_signature_for_another_purpose_does_not_count(shell: Shell, key: Path) -> None:
    sign(shell, key)
    resigned(shell, key, namespace="git")
    refused(shell, "not signed by a key")


def test_a_key_that_has_expired_does_not_count(shell: Shell, key: Path) -> None:
    trust_keys(shell, f'{ANA} valid-before="20200101" {public(key)}')
    sign(shell, key)
    refused(shell, "not signed by a key")


def test_a_key_on_the_list_of_revoked_ones_does_not_count(shell: Shell, key: Path) -> None:
    allow(shell, f'{SIGNED}revoked_keys = "revoked"\n')
    path = shell.home / "config/contentkit/revoked"
    path.write_text(public(key) + "\n")
    path.chmod(0o600)
    sign(shell, key)
    refused(shell, "not signed by a key")


def test_a_key_that_left_the_list_before_sending_holds_the_post(shell: Shell, key: Path) -> None:
    planned_and_paused(shell, key)
    trust_keys(shell, f"{BEN} {public(key)}")
    unpause(shell)
    refused(shell, f"HELD: no key of {ANA} is in ")


def test_a_signature_taken_out_before_sending_holds_the_post(shell: Shell, key: Path) -> None:
    planned_and_paused(shell, key)
    shutil.rmtree(shell.project / "approvals")
    unpause(shell)
    refused(shell, "HELD: to approve")


def test_a_certificate_does_not_count(shell: Shell, key: Path) -> None:
    authority = make_key(shell.home, "authority")
    command = ["ssh-keygen", "-q", "-s", str(authority), "-I", "ana", "-n", ANA, f"{key}.pub"]
    subprocess.run(command, check=True, capture_output=True)
    trust_keys(shell, f"{ANA} cert-authority {public(authority)}")
    sign(shell, key)
    refused(shell, "certificates do not count")


def test_a_signature_made_with_a_certificate_does_not_count(shell: Shell, key: Path) -> None:
    authority, mallory = make_key(shell.home, "authority"), make_key(shell.home, "mallory")
    command = ["ssh-keygen", "-q", "-s", str(authority), "-I", "ana", "-n", ANA, f"{mallory}.pub"]
    subprocess.run(command, check=True, capture_output=True)
    sign(shell, key)
    resigned(shell, Path(f"{mallory}-cert.pub").with_name("mallory"))
    refused(shell, "not signed by a key")


@pytest.mark.parametrize("line", ["*", "*@example.org", "!x,ana@example.org", "?na@example.org"])
def test_a_pattern_in_the_list_of_keys_is_refused(shell: Shell, key: Path, line: str) -> None:
    trust_keys(shell, f"{line} {public(key)}")
    sign(shell, key)
    refused(shell, "is no one person")


@pytest.mark.parametrize("name", [STATEMENT, SIGNATURE])
def test_a_link_in_the_place_of_a_file_is_not_followed(shell: Shell, key: Path, name: str) -> None:
    sign(shell, key)
    path = shell.project / name
    aside = path.rename(shell.home / "aside")
    path.symlink_to(aside)
    refused(shell, "links are not followed")


@pytest.mark.parametrize("name", ["approvals", FOLDER])
def test_a_link_in_the_place_of_a_folder_is_not_followed(shell: Shell, key: Path, name: str) -> None:
    sign(shell, key)
    path = shell.project / name
    aside = path.rename(shell.home / "aside")
    path.symlink_to(aside)
    refused(shell, "nothing there is read")


def test_a_pipe_in_the_place_of_a_signature_is_not_waited_for(shell: Shell, key: Path) -> None:
    sign(shell, key)
    (shell.project / SIGNATURE).unlink()
    os.mkfifo(shell.project / SIGNATURE)
    refused(shell, "no plain files")


@pytest.mark.parametrize("name", [STATEMENT, SIGNATURE])
def test_a_huge_file_does_not_count(shell: Shell, key: Path, name: str) -> None:
    sign(shell, key)
    with (shell.project / name).open("ab") as file:
        file.write(b"\n" * 5_000_000)
    refused(shell, "NOT PUBLISHED")


def test_of_too_many_files_none_counts(shell: Shell, key: Path) -> None:
    sign(shell, key)
    for number in range(200):
        shell.write(f"{FOLDER}/p{number}@example.org.json", "{}")
    refused(shell, "holds more than 100 files")


def words_of(shell: Shell) -> dict[str, object]:
    content: dict[str, object] = json.loads((shell.project / STATEMENT).read_bytes())
    return content


def one_line(content: dict[str, object]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode() + b"\n"


@pytest.mark.parametrize(
    "change",
    [
        lambda words: one_line(words).replace(b"\n", b"\r\n"),
        lambda words: one_line({**words, "by": f"{ANA}\n{BEN}"}),
        lambda words: one_line({**words, "entry": "../launch"}),
    ],
)
def test_a_statement_in_any_other_form_does_not_count_although_it_is_signed(
    shell: Shell, key: Path, change: Callable[[dict[str, object]], bytes]
) -> None:
    sign(shell, key)
    shell.write(STATEMENT, change(words_of(shell)))
    resigned(shell, key)
    refused(shell, "is no statement of an approval")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"by": BEN}, "says another name"),
        ({"entry": "other"}, "was signed for another entry"),
        ({"digest": "sha256:" + "0" * 64}, "changed since it was signed"),
        ({"at": f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"}, "yet to come"),
        ({"what": "revoke", "digest": ""}, "says another name"),
    ],
)
def test_a_signed_statement_about_something_else_does_not_count(
    shell: Shell, key: Path, change: dict[str, str], why: str
) -> None:
    sign(shell, key)
    shell.write(STATEMENT, one_line({**words_of(shell), **change}))
    resigned(shell, key)
    refused(shell, why)


def test_a_statement_changed_after_it_was_signed_does_not_count(shell: Shell, key: Path) -> None:
    sign(shell, key)
    content = words_of(shell)
    shell.write("drafts/launch.md", DRAFT)
    shell.write(STATEMENT, one_line({**content, "at": "2026-11-21T09:00:00Z"}))
    refused(shell, "not signed by a key")


@pytest.mark.parametrize("name", ["la..unch", "launch.revoked"])
def test_entries_with_dots_are_approved_as_any(shell: Shell, key: Path, name: str) -> None:
    shell.enter(entry(name, at=time_in(seconds=-60)))
    sign(shell, key, name=name)
    shell.run("post")
    assert len(texts_at(shell)) == 3


@pytest.mark.parametrize("by", ["../../ana", "a\nb", ""])
def test_nobody_signs_under_a_name_that_could_lead_elsewhere(shell: Shell, key: Path, by: str) -> None:
    ran = shell.run("approve", "launch", "--yes", "--by", by or " ", "--key", str(key))
    assert ran.code == 2
    assert not (shell.project / "approvals").exists()


# -- rules


def test_a_signature_of_somebody_whom_the_rules_do_not_name_does_not_suffice(shell: Shell, key: Path) -> None:
    ben = make_key(shell.home, "ben")
    trust_keys(shell, f"{ANA} {public(key)}", f"{BEN} {public(ben)}")
    allow(shell, f'{SIGNED}[[approval.rules]]\naccounts = ["try"]\nby = ["{ANA}"]\n')
    sign(shell, ben, by=BEN)
    refused(shell, f"to approve by {ANA}")
    sign(shell, key)
    shell.run("post")
    assert len(texts_at(shell)) == 3


def test_two_have_to_sign_where_a_rule_asks_for_two(shell: Shell, key: Path) -> None:
    ben = make_key(shell.home, "ben")
    trust_keys(shell, f"{ANA} {public(key)}", f"{BEN} {public(ben)}")
    allow(shell, f"{SIGNED}[[approval.rules]]\ncount = 2\n")
    sign(shell, key)
    refused(shell, "to approve by 1 more person")
    sign(shell, ben, by=BEN)
    shell.run("post")
    assert len(texts_at(shell)) == 3


def test_one_key_under_two_names_is_no_second_person(shell: Shell, key: Path) -> None:
    trust_keys(shell, f"{ANA},{BEN} {public(key)}")
    allow(shell, f"{SIGNED}[[approval.rules]]\ncount = 2\n")
    sign(shell, key)
    sign(shell, key, by=BEN)
    refused(shell, "to approve by 1 more person")


# -- from one trust to another


def test_what_was_approved_on_this_machine_does_not_count_once_signatures_are_asked_for(
    shell: Shell, key: Path
) -> None:
    allow(shell, "")
    assert shell.run("approve", "launch", "--yes").code == 0
    allow(shell, SIGNED)
    refused(shell, 'approved under trust = "local"')


def test_what_was_approved_on_this_machine_counts_once_it_is_signed_too(shell: Shell, key: Path) -> None:
    allow(shell, "")
    assert shell.run("approve", "launch", "--yes").code == 0
    allow(shell, SIGNED)
    sign(shell, key)
    shell.run("post")
    assert len(texts_at(shell)) == 3


def test_what_was_signed_does_not_count_once_approvals_are_given_here(shell: Shell, key: Path) -> None:
    planned_and_paused(shell, key)
    allow(shell, "")
    unpause(shell)
    refused(shell, 'approved under trust = "signed"')


def test_a_row_of_the_journal_cannot_be_made_one_of_another_trust(shell: Shell, key: Path) -> None:
    planned_and_paused(shell, key)
    allow(shell, "")
    unpause(shell)
    with closing(sqlite3.connect(shell.state / "journal.db")) as journal, journal:
        journal.execute("UPDATE approvals SET trust = 'local'")
    refused(shell, "the approval was not made on this machine")


# -- doctor


def told_by_doctor(shell: Shell) -> list[list[str]]:
    return [row for row in shell.run("doctor").rows if row[1] == "whose approval counts"]


def test_doctor_says_whose_signatures_count(shell: Shell, key: Path) -> None:
    path = shell.home / "config/contentkit/allowed_signers"
    assert told_by_doctor(shell) == [["ok", "whose approval counts", f"signed by 1 known to {path}", ""]]


def test_doctor_tells_of_rules_that_nobody_can_meet(shell: Shell, key: Path) -> None:
    allow(shell, f'{SIGNED}[[approval.rules]]\nby = ["{BEN}"]\n')
    [row] = told_by_doctor(shell)
    assert (row[0], f"no key of {BEN} is in " in row[2]) == ("warning", True)


@pytest.mark.parametrize(("words", "level"), [("", "error"), ("nonsense\n", "error")])
def test_doctor_tells_of_a_list_that_names_nobody(shell: Shell, key: Path, words: str, level: str) -> None:
    (shell.home / "config/contentkit/allowed_signers").write_text(words)
    assert [row[0] for row in told_by_doctor(shell)] == [level]
