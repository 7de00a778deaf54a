"""A round of judging on disk, from texts to the tally."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.drafts.__main__ import main
from benchmarks.drafts.blinding import Against
from benchmarks.drafts.exchange import compared, threads_as_json
from benchmarks.drafts.rounds import made_of, title_of, write_round
from contentkit.errors import ContentError
from tests.benchmarks.made import CALL, POST, form, text

TEXTS = [text(), text(CALL, "call.txt", "Bo Lind", group="interviews")]


def folder_of(path: Path) -> Path:
    """A folder with a post and a call."""
    for group, name, body in (("posts", "queue.md", POST), ("interviews", "call.txt", CALL)):
        (path / group).mkdir(parents=True)
        (path / group / name).write_text(body, encoding="utf-8")
    (path / "interviews" / "speakers.toml").write_text('"call.txt" = "Bo Lind"\n', encoding="utf-8")
    return path


def test_a_round_is_written_with_its_key_apart(tmp_path: Path) -> None:
    made, failed = made_of(TEXTS)
    written = write_round(made, tmp_path / "out", tmp_path / "key.json", against=Against(2), seed=1)
    assert failed == []
    assert written == ["pairs-01: 2 pairs", "pairs-02: 2 pairs", "singles-01: 2 threads"]
    assert "contentkit" not in "".join(path.read_text() for path in (tmp_path / "out").iterdir())
    assert len(json.loads((tmp_path / "key.json").read_text())["pairs"]) == 6


def test_judges_are_told_what_the_text_is() -> None:
    assert [title_of(each) for each in TEXTS] == ["a blog post, “The queue moved”", "an interview with Bo Lind"]


def test_a_key_among_the_sheets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="the judges would find the key"):
        write_round(made_of(TEXTS)[0], tmp_path, tmp_path / "deep" / "key.json", against=Against(1), seed=1)


def test_a_round_is_never_written_over_another(tmp_path: Path) -> None:
    made = made_of(TEXTS)[0]
    write_round(made, tmp_path / "out", tmp_path / "key.json", against=Against(1), seed=1)
    with pytest.raises(ContentError, match="lies here already"):
        write_round(made, tmp_path / "out", tmp_path / "other.json", against=Against(1), seed=1)


def test_a_round_without_threads_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="no thread to judge"):
        write_round([], tmp_path / "out", tmp_path / "key.json", against=Against(1), seed=1)


def test_threads_of_another_maker_are_compared_text_by_text(tmp_path: Path) -> None:
    ours = dict(threads_as_json(made_of(TEXTS)[0]))
    (tmp_path / "ours.json").write_text(json.dumps(ours), encoding="utf-8")
    theirs = {
        "maker": "a model",
        "threads": {"queue.md": {"posts": ["The queue moved."]}, "other.md": {"posts": ["Else."]}},
    }
    (tmp_path / "theirs.json").write_text(json.dumps(theirs), encoding="utf-8")
    made, alone = compared(tmp_path / "ours.json", tmp_path / "theirs.json")
    assert [(one.text, one.ours, list(one.threads)) for one in made] == [
        ("queue.md", "contentkit", ["contentkit", "a model"])
    ]
    assert made[0].threads["a model"].posts == ("The queue moved.",)
    assert alone == ["call.txt", "other.md"]


@pytest.mark.parametrize(
    ("content", "message"),
    [("[]", "no threads can be read"), ('{"maker": "m", "threads": {"a": {"posts": []}}}', "a thread without posts")],
)
def test_a_file_in_another_form_is_refused(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    with pytest.raises(ContentError, match=message):
        compared(tmp_path / "a.json", tmp_path / "a.json")


def test_one_maker_is_not_compared_with_itself(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"maker": "m", "threads": {"a": {"posts": ["One."]}}}', encoding="utf-8")
    with pytest.raises(ContentError, match="is by 'm' as the other file is"):
        compared(tmp_path / "a.json", tmp_path / "a.json")


def test_from_a_folder_to_the_tally_by_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts, out, key = folder_of(tmp_path / "texts"), tmp_path / "out", tmp_path / "keys" / "key.json"
    assert main(["pairs", str(texts), "--out", str(out), "--key", str(key), "--against", "1"]) == 0
    pairs = json.loads((out / "pairs-01.json").read_text())["pairs"]
    known = json.loads(key.read_text())["pairs"]
    won = {each: (5, 1, "A") if known[each]["A"] == "contentkit" else (1, 5, "B") for each in pairs}
    assert main(["tally", str(key), str(form(tmp_path / "answers.json", won))]) == 0
    assert "| all | all | 2 | 0 | 100% |" in capsys.readouterr().out


def test_what_cannot_be_done_is_a_message_and_not_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(tmp_path / "none.json")
    assert main(["compare", missing, missing, "--out", str(tmp_path / "o"), "--key", str(tmp_path / "k")]) == 1
    assert "none.json: no threads can be read here" in capsys.readouterr().err


def test_a_folder_without_texts_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["measure", str(tmp_path)]) == 1
    assert "no text is here" in capsys.readouterr().err


def test_what_is_no_key_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "key.json").write_text("[]", encoding="utf-8")
    assert main(["tally", str(tmp_path / "key.json"), str(tmp_path / "a.json")]) == 1
    assert "key.json: no key can be read here" in capsys.readouterr().err
