"""What this machine allows, whatever a project says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from contentkit.errors import ContentError, ContentkitError, StateError
from contentkit.settings.machine import Machine, how_to_allow, load_machine

WEB = 'version = 1\n\n[web]\nhosts = ["127.0.0.1:8080", "Wiki.corp.example.", "bücher.example", "[::1]:3000"]\n'


def machine(folder: Path, text: str, mode: int = 0o644) -> Machine:
    path = folder / "machine.toml"
    path.write_text(text, "utf-8")
    path.chmod(mode)
    return load_machine(folder)


def failure(folder: Path, text: str) -> ContentkitError:
    with pytest.raises(ContentkitError) as caught:
        machine(folder, text)
    return caught.value


def test_without_the_file_nothing_is_allowed(tmp_path: Path) -> None:
    assert load_machine(tmp_path) == Machine()
    assert load_machine(tmp_path / "none" / "such") == Machine()


def test_hosts_are_kept_in_the_spelling_in_which_addresses_are_compared_with_them(tmp_path: Path) -> None:
    assert machine(tmp_path, WEB).web_hosts == {
        "127.0.0.1:8080",
        "wiki.corp.example",
        "xn--bcher-kva.example",
        "[::1]:3000",
    }


@pytest.mark.parametrize(
    "host", ["", " ", "127.1", "2130706433", "*", "*.example", "http://wiki.corp.example", "wiki/x", "a:b", "::1", "a b", "a@b"]
)  # fmt: skip
def test_what_is_no_host_is_told_with_its_line(tmp_path: Path, host: str) -> None:
    error = failure(tmp_path, f'version = 1\n[web]\nhosts = ["wiki.corp.example", "{host}"]\n')

    assert error.message.startswith(f"{tmp_path / 'machine.toml'}:3: ")
    assert "as in" in error.hint


@pytest.mark.parametrize(
    ("text", "line"),
    [("[web]\n", 1), ("version = 2\n", 1), ("version = true\n", 1), ("version = 1\n[web]\nhost = []\n", 3),
     ("version = 1\n[wbe]\n", 2), ("version = 1\n[web]\nhosts = 'a'\n", 3), ("version = 1\n[web]\nhosts = [1]\n", 3),
     ("version", 1)],
)  # fmt: skip
def test_anything_else_in_it_is_told_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    error = failure(tmp_path, text)

    assert isinstance(error, ContentError)
    assert error.message.startswith(f"{tmp_path / 'machine.toml'}:{line}: ")


@pytest.mark.parametrize("mode", [0o664, 0o646, 0o666, 0o622])
def test_a_file_that_others_may_write_is_not_believed(tmp_path: Path, mode: int) -> None:
    with pytest.raises(StateError) as caught:
        machine(tmp_path, WEB, mode)
    assert f"chmod go-w {tmp_path / 'machine.toml'}" in caught.value.hint


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o400])
def test_a_file_that_others_may_only_read_is_fine(tmp_path: Path, mode: int) -> None:
    assert machine(tmp_path, WEB, mode).web_hosts


def test_a_link_is_followed_and_what_it_leads_to_is_looked_at(tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles.toml"
    kept.write_text(WEB, "utf-8")
    kept.chmod(0o644)
    (tmp_path / "machine.toml").symlink_to(kept)
    assert load_machine(tmp_path).web_hosts

    kept.chmod(0o666)
    with pytest.raises(StateError):
        load_machine(tmp_path)


def test_a_folder_a_pipe_and_a_circle_of_links_are_told(tmp_path: Path) -> None:
    for name in ("folder", "pipe", "circle"):
        (tmp_path / name).mkdir()
    (tmp_path / "folder/machine.toml").mkdir()
    os.mkfifo(tmp_path / "pipe/machine.toml")
    (tmp_path / "circle/machine.toml").symlink_to("machine.toml")

    for name in ("folder", "pipe", "circle"):
        with pytest.raises(StateError):
            load_machine(tmp_path / name)


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    (tmp_path / "machine.toml").write_bytes(b"\xef\xbb\xbf" + WEB.replace("\n", "\r\n").encode())
    (tmp_path / "machine.toml").chmod(0o644)

    assert load_machine(tmp_path).web_hosts


def test_a_hint_has_the_lines_that_allow_a_host(tmp_path: Path) -> None:
    place = tmp_path / "machine.toml"
    told = how_to_allow(place, "web", "wiki.example.org")
    assert told == f'write into {place}:\n  version = 1\n  [web]\n  hosts = ["wiki.example.org"]'

    place.write_text("\n".join(line.strip() for line in told.splitlines()[1:]), "utf-8")
    place.chmod(0o600)
    assert load_machine(tmp_path).web_hosts == {"wiki.example.org"}
    assert "version" not in how_to_allow(place, "models", "models.example.org")


# -- whom to tell


def test_an_alert_command_a_ping_and_a_log_are_named_from_the_root_or_from_home(tmp_path: Path) -> None:
    text = 'version = 1\n[alerts]\ncommand = ["~/bin/tell", "~", "--now"]\nping = "https://hc.example/k"\n[log]\nfile = "~/log"\n'
    read = machine(tmp_path, text)
    assert read.alert == (str(Path.home() / "bin/tell"), "~", "--now"), "only the program is a path"
    assert (read.ping, read.log) == ("https://hc.example/k", Path.home() / "log")
    assert "hc.example" not in repr(read)
    assert machine(tmp_path, 'version = 1\n[alerts]\ncommand = ["mail"]\n').alert == ("mail",)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("command = 'tell'", "must be a list of words"),
        ('command = ["tell", 5]', "must be a list of words"),
        ('command = ["bin/tell"]', "named from the root"),
        ('command = ["./tell"]', "named from the root"),
        ('command = [" "]', "named from the root"),
        ('command = ["~nobody-of-this-name/tell"]', "no such home folder"),
        ('ping = "http://hc.example/k"', "a whole https address"),
        ('ping = "https://"', "a whole https address"),
        ('ping = "https://me:secret@hc.example/"', "a whole https address"),
        ('ping = "https://hc.example/a b"', "a whole https address"),
        ('ping = "https://hc.example:99999/"', "a whole https address"),
        ("shell = true", "no key 'shell'"),
    ],
)
def test_what_cannot_be_told_is_refused_with_its_line_and_without_the_address(
    tmp_path: Path, line: str, why: str
) -> None:
    error = failure(tmp_path, f"version = 1\n[alerts]\n{line}\n")
    assert error.message.startswith(f"{tmp_path / 'machine.toml'}:3: ")
    assert why in error.message
    assert "hc.example" not in error.message


def test_a_log_has_a_place_of_its_own(tmp_path: Path) -> None:
    error = failure(tmp_path, 'version = 1\n[log]\nfile = "log.jsonl"\n')
    assert "3: the log must be named from the root" in error.message


@pytest.mark.parametrize(
    "words", ["", "service=contentkit", "host=/run/postgresql dbname=ours", "postgresql://ck@db.example/ck"]
)
def test_a_database_is_named_in_the_words_of_its_own_library(tmp_path: Path, words: str) -> None:
    assert machine(tmp_path, f'version = 1\n[scale]\ndatabase = "{words}"\n').database == words


@pytest.mark.parametrize(
    "words",
    [
        "host=db password=hush", "PassWord = 'hush' host=db", "postgresql://ck:hush@db/ck", "postgres://:hush@/ck",
        "postgresql://ck@db/ck?password=hush", "host=db sslpassword=hush",
    ],
)  # fmt: skip
def test_a_password_of_a_database_is_refused_and_not_repeated(tmp_path: Path, words: str) -> None:
    error = failure(tmp_path, f'version = 1\n[scale]\ndatabase = "{words}"\n')

    assert error.message == f"{tmp_path / 'machine.toml'}:3: 'database' must hold no password"
    assert "~/.pgpass" in error.hint
    assert "hush" not in error.words


def test_what_is_no_connection_string_is_told(tmp_path: Path) -> None:
    error = failure(tmp_path, 'version = 1\n[scale]\ndatabase = "contentkit"\n')

    assert error.message.endswith("machine.toml:3: 'contentkit' is no connection string")
