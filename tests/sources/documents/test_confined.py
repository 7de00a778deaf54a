from __future__ import annotations

from pathlib import Path

import pytest

from contentkit.errors import ContentError, StateError
from contentkit.sources.confined import converted

CONVERTER = """
import os, socket, sys
from contentkit.errors import ContentError, StateError
from contentkit.sources.manuscript import Manuscript


class Converter:
    name = "test"

    def manuscript(self, data, name):
        return Manuscript(lines=({body},), converted=True, removed=("1 thing",))


def raised(error):
    raise error


def endless():
    while True:
        pass


IT = Converter()
"""


@pytest.fixture(autouse=True)
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))


def answer(tmp_path: Path, body: str, data: bytes = b"") -> tuple[str, ...]:
    (tmp_path / "strange_converter.py").write_text(CONVERTER.format(body=body))
    return converted("strange_converter:IT", data, "notes/a.docx").lines


def test_a_converter_gets_the_bytes_and_the_name_and_its_lines_come_back(tmp_path: Path) -> None:
    said = answer(tmp_path, 'f"{name} {data!r} \\udc80é"', b"\x00\xff\nabc")

    assert said == ("notes/a.docx b'\\x00\\xff\\nabc' \udc80é",)


def test_what_was_removed_comes_back(tmp_path: Path) -> None:
    answer(tmp_path, '"x"')

    assert converted("strange_converter:IT", b"", "a").removed == ("1 thing",)


@pytest.mark.parametrize("kind", [ContentError, StateError])
def test_our_errors_come_back_as_they_are(tmp_path: Path, kind: type[ContentError]) -> None:
    with pytest.raises(kind) as caught:
        answer(tmp_path, f'raised({kind.__name__}("a.docx: broken", hint="mend it"))')

    assert (caught.value.message, caught.value.hint) == ("a.docx: broken", "mend it")


def test_of_other_errors_only_the_kind_comes_back(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ContentError) as caught:
        answer(tmp_path, 'raised(KeyError("off the record"))')

    assert caught.value.message == "notes/a.docx: cannot be read (KeyError)"
    assert "off the record" not in caught.value.words
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "body",
    ["endless()", "'a' * 600_000_000", "raised(MemoryError())", "raised(RecursionError())", "os._exit(1)",
     "os.kill(os.getpid(), 9)", "os.abort()"],
)  # fmt: skip
def test_what_takes_too_much_or_dies_is_a_sentence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], body: str
) -> None:
    with pytest.raises(ContentError) as caught:
        answer(tmp_path, body)

    assert caught.value.message == "notes/a.docx: takes too long or too much room to read"
    assert caught.value.hint
    assert capfd.readouterr() == ("", "")


def test_nothing_of_its_memory_is_left_on_a_disk(tmp_path: Path) -> None:
    limits = "str(__import__('resource').getrlimit(__import__('resource').RLIMIT_CORE))"

    assert answer(tmp_path, limits) == ("(0, 0)",)


def test_an_endless_text_is_refused_where_it_is_made(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="larger than"):
        answer(tmp_path, "'a' * 30_000_000")


def test_what_is_printed_is_not_shown(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert answer(tmp_path, "(sys.stderr.write('off the record'), 'x')[1]") == ("x",)
    assert capfd.readouterr() == ("", "")


def test_nothing_of_the_environment_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASTODON_TOKEN", "secret")

    assert "secret" not in answer(tmp_path, "str(dict(os.environ))")[0]


def test_it_works_at_the_root_of_the_system(tmp_path: Path) -> None:
    assert answer(tmp_path, "os.getcwd()") == (Path.cwd().anchor,)


@pytest.mark.parametrize(
    "body",
    [
        "socket.create_connection(('127.0.0.1', 9))", "socket.getaddrinfo('example.org', 80)", "os.system('true')",
        "os.fork()", "os.execv('/bin/true', ['true'])", "os.remove('/tmp/nothing')",
    ],
)  # fmt: skip
def test_it_reaches_nothing(tmp_path: Path, body: str) -> None:
    with pytest.raises(ContentError, match=r"cannot be read \(PermissionError\)"):
        answer(tmp_path, body)


def test_it_writes_nothing(tmp_path: Path) -> None:
    target = tmp_path / "written"
    with pytest.raises(ContentError, match=r"cannot be read \(OSError\)"):
        answer(tmp_path, f"open({str(target)!r}, 'w').write('x' * 100_000)")

    assert target.read_bytes() == b""
