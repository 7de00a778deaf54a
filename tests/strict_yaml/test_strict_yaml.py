"""YAML that means to harm, or means something else than it says, is refused with its place."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from contentkit import strict_yaml
from contentkit.errors import ContentError
from contentkit.strict_yaml import Node, flow_scalar, nearest, number, parse, scalar, texts, truth


def value(text: str) -> Node:
    root = parse(text, "f.yaml")
    assert root is not None
    return root


def data(node: Node) -> Any:
    if node.kind == "scalar":
        return node.text
    if node.kind == "sequence":
        return [data(item) for item in node.items]
    return {key: data(item) for key, item in node.values.items()}


def refused(text: str) -> ContentError:
    with pytest.raises(ContentError) as caught:
        parse(text, "f.yaml")
    return caught.value


_LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
from contentkit.errors import ContentError
from contentkit.strict_yaml import parse
try:
    parse(eval(sys.argv[1]), "f.yaml")
    print("read")
except ContentError as error:
    print(error.message)
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param('"- a\\n" * 2_000_000', "f.yaml:1000001:3: more than", marks=pytest.mark.nightly),
        pytest.param('"[" + "a," * 4_000_000 + "]"', "more than 1,000,000 values", marks=pytest.mark.nightly),
        ('"[" * 8_000_000', "nested more than 20 deep"),
        pytest.param('"{a: " * 1_600_000', "nested more than 20 deep", marks=pytest.mark.nightly),
        pytest.param('"? " * 4_000_000', "nested more than 20 deep", marks=pytest.mark.nightly),
        pytest.param('"- " * 4_000_000', "nested more than 20 deep", marks=pytest.mark.nightly),
        pytest.param('"a" * 8_000_000', "read", marks=pytest.mark.nightly),
        pytest.param('"a " * 4_000_000', "read", marks=pytest.mark.nightly),
        pytest.param('"a\\n" * 4_000_000', "read", marks=pytest.mark.nightly),
        pytest.param('"\\n" * 8_000_000', "read", marks=pytest.mark.nightly),
        pytest.param('"#" * 8_000_000', "read", marks=pytest.mark.nightly),
        ('"a: \\"" + "x\\\\n" * 2_000_000', "f.yaml:1:4: this quote is never closed"),
        pytest.param('"a: |\\n" + " x\\n" * 2_000_000', "read", marks=pytest.mark.nightly),
        pytest.param('"<" * 8_000_000', "read", marks=pytest.mark.nightly),
        pytest.param('"<<<<<<< \\n" * 800_000', "read", marks=pytest.mark.nightly),
        ('"=======\\n" * 1_000_000 + "a: b: c"', "f.yaml:1:1: a merge was left unfinished here"),
        ('"a: " + "&" * 8_000_000', "f.yaml:1:4: a text cannot begin with '&'"),
        pytest.param('"a: !" + "x" * 8_000_000', "f.yaml:1:4", marks=pytest.mark.nightly),
        pytest.param('"a: \'" + "\'\'" * 4_000_000', "f.yaml:1:4", marks=pytest.mark.nightly),
    ],
)
def test_the_largest_files_are_answered_with_little_time_and_memory(text: str, said: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _LIMITED, text], capture_output=True, text=True, timeout=100, check=False
    )
    assert said in ran.stdout, ran.stderr[-300:]


ALIAS_BOMB = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ALIAS_BOMB, "f.yaml:1:4: anchors and aliases are not used here"),
        ("a: *b\n", "f.yaml:1:4: anchors and aliases are not used here"),
        ("&a a: 1\n", "f.yaml:1:1: anchors and aliases are not used here"),
        ("a: &x {b: *x}\n", "f.yaml:1:4: anchors and aliases are not used here"),
        ("<<: {a: 1}\n", "f.yaml:1:1: merge keys are not used here"),
        (
            "a: !!python/object/apply:os.system [id]\n",
            "f.yaml:1:4: the tag tag:yaml.org,2002:python/object/apply:os.system",
        ),
        ("a: !!str 1\n", "f.yaml:1:4: the tag tag:yaml.org,2002:str is not used here"),
        ("a: !mine 1\n", "f.yaml:1:4: the tag !mine is not used here"),
        ("a: ! [b]\n", "f.yaml:1:4: the tag ! is not used here"),
        ("a: 1\nb: 2\na: 3\n", "f.yaml:3:1: 'a' stands here twice"),
        ("a: {b: 1, 'b': 2}\n", "f.yaml:1:11: 'b' stands here twice"),
        ("a: 1\n---\nb: 2\n", "f.yaml:2:1: a second YAML document"),
        ("a: 1\n...\nb: 2\n", "f.yaml:3:1: text behind the end of the document"),
        ("---\n---\n", "f.yaml:2:1: a second YAML document"),
        ("[a]: 1\n", "f.yaml:1:1: a key must be a word"),
        ("? {a: b}\n: 1\n", "f.yaml:1:3: a key must be a word"),
        ("a:\n\t- b\n", "f.yaml:2:1: a tab where spaces belong"),
        ("a: [b\n", "f.yaml:1:4: this list is never closed, or lacks a comma"),
        ("a: 'b\n", "f.yaml:1:4: this quote is never closed"),
        ("a: b: c\n", "f.yaml:1:5: a second ':' where one value stands"),
        ("a: @b\n", "f.yaml:1:4: a text cannot begin with '@'"),
        ("a: 1\nb: x\x00\n", "f.yaml:2:5: the character U+0000 cannot stand here"),
        ("a: \x1b[2J\n", "f.yaml:1:4: the character U+001B cannot stand here"),
        ("\ufeffa: \ufeff1\n", "f.yaml:1:5: the character U+FEFF cannot stand here"),
        ("# a comment\u2028a: 1\n", "f.yaml:1:12: the character U+2028 cannot stand here"),
        ("# a comment\x85a: 1\n", "f.yaml:1:12: the character U+0085 cannot stand here"),
        ("# a comment\ra: 1\n", "f.yaml:1:12: the character U+000D cannot stand here"),
        ("a: \ud800\n", "f.yaml:1:4: the character U+D800 cannot stand here"),
        ("%YAML 1.1\n---\na: no\n", "f.yaml:1:1: directives are not used here"),
        ("%TAG ! tag:x,2000:\n---\na: 1\n", "f.yaml:1:1: directives are not used here"),
        ("%YAML 1.3\n---\na: 1\n", "f.yaml:1:1: this is a YAML of another version"),
        ("a: *\n", "f.yaml:1:4: a text cannot begin with '*'"),
        ("a: !<x\n", "f.yaml:1:4: a text cannot begin with '!'"),
        ("a: `b`\n", "f.yaml:1:4: a text cannot begin with '`'"),
        ("a: {b: 1\nc: 2\n", "f.yaml:1:4: these braces are never closed, or lack a comma"),
        ("a: 1\nb:2\nc: 3\n", "f.yaml:2:1: this line says no key"),
        ("a:\n  b: 1\n c: 2\n", "f.yaml:3:2: this does not go on from what stands before it"),
        ("- a: 1\n b: 2\n", "f.yaml:2:2: this does not go on from what stands before it"),
        ("a: 'it's'\n", "f.yaml:1:8: this does not go on from what stands before it"),
        ("a: > b\n", "f.yaml:1:6: a text cannot begin with '|' or '>' and go on"),
        ('a: "\\x"\n', "f.yaml:1:7: while parsing a quoted scalar"),
    ],
)
def test_hostile_yaml_is_refused_with_its_place(text: str, message: str) -> None:
    error = refused(text)
    assert error.message.startswith(message)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "a:\n"])
def test_nesting_has_an_end(opening: str) -> None:
    deep = "".join(" " * depth + opening for depth in range(30)) if opening == "a:\n" else opening * 100_000
    assert "nested more than 20 deep" in refused(deep).message


def test_twenty_levels_are_enough_for_anybody() -> None:
    assert data(value("[" * 19 + "x" + "]" * 19))


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    assert refused("a" * (strict_yaml.MAX_CHARACTERS + 1)).message == "f.yaml: larger than 8 MiB"


CONFLICT = """a:
<<<<<<< HEAD
  b: 1
=======
  b: 2
>>>>>>> other
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("before", ["", "\ufeff", "z: 1\n"])
def test_a_merge_that_was_left_unfinished_is_called_that(before: str, end: str) -> None:
    error = refused((before + CONFLICT).replace("\n", end))
    line = 3 if "\n" in before else 2
    assert error.message == f"f.yaml:{line}:1: a merge was left unfinished here"
    assert error.hint.startswith("keep the lines of one side, or of both")


def test_signs_of_a_merge_within_a_text_are_text() -> None:
    text = value("a: |\n  <<<<<<< HEAD\n  =======\nb: '======='\n")
    assert data(text) == {"a": "<<<<<<< HEAD\n=======\n", "b": "======="}


def test_a_yaml_that_says_that_it_is_of_today_is_read() -> None:
    assert data(value("%YAML 1.2\n---\na: no\n")) == {"a": "no"}


def test_tabs_are_named_where_they_indent() -> None:
    assert refused("a:\n\tb: 1\n").hint == "indent with spaces: YAML knows no tabs"


def test_a_message_cannot_steer_a_terminal() -> None:
    root = value('"\\e[2Jkey": 1\n"\\u202Eabc": 2\n')
    with pytest.raises(ContentError) as caught:
        strict_yaml.mapping(root, ("key",), "a calendar")
    assert caught.value.message == "f.yaml:1:1: a calendar has no key '\\u{1b}[2Jkey'"


def test_a_message_is_one_line_of_bounded_length() -> None:
    node = value("a: |\n  one\n  two\n").values["a"]
    error = node.error(f"no '{node.text}'", f"not '{'x' * 1000}'")
    assert error.message == "f.yaml:1:4: no 'one two '"
    assert len(error.hint) <= 400


def test_a_message_is_short_even_where_the_file_is_not() -> None:
    root = value(f'"{"k" * 1000}": 1\n')
    with pytest.raises(ContentError) as caught:
        strict_yaml.mapping(root, ("key",), "a calendar")
    assert len(caught.value.message) < 120


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("9:30", "9:30"),
        ("09:30", "09:30"),
        ("190:20:30", "190:20:30"),
        ("no", "no"),
        ("on", "on"),
        ("Y", "Y"),
        ("0777", "0777"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("2026-11-24", "2026-11-24"),
        ("2026-11-24 09:30", "2026-11-24 09:30"),
        ("=", "="),
        ("'a''b'", "a'b"),
        ('"a\\nb\\x41\\u00e9"', "a\nbAé"),
        ("a\n  b", "a b"),
        ("|\n  a\n  b\n", "a\nb\n"),
        (">-\n  a\n  b\n", "a b"),
        ("! no", "no"),
        ("0o7", "0o7"),
        ("0x1F", "0x1F"),
        (".nan", ".nan"),
        ("-.inf", "-.inf"),
        ("1:30:45.5", "1:30:45.5"),
        ("!", ""),
        ("yes", "yes"),
        ("2001-12-14t21:59:43.10-05:00", "2001-12-14t21:59:43.10-05:00"),
        ("a#b", "a#b"),
        ("a:b", "a:b"),
        ("-1", "-1"),
        ("a\tb", "a\tb"),
    ],
)
def test_a_scalar_is_the_text_it_is(text: str, meaning: str) -> None:
    assert value(f"a: {text}").values["a"].text == meaning


def test_nothing_is_null_and_nothing_else_is() -> None:
    root = value('a:\nb: ~\nc: null\nd: "null"\ne: ""\nf: NuLL\n')
    assert [key for key, node in root.values.items() if node.is_null] == ["a", "b", "c"]
    assert list(strict_yaml.mapping(root, "abcdef", "it")) == ["d", "e", "f"]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "\ufeff"])
def test_an_empty_file_is_nothing(text: str) -> None:
    assert parse(text, "f.yaml") is None


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_value_knows_where_it_stands(mark: str, line_end: str) -> None:
    text = mark + 'é: "👩‍🔬"  # ñ\nlist:\n  - {x: [1, zwei]}\n  - drei\n'.replace("\n", line_end)
    root = value(text)
    found = [root.values["é"], root.values["list"].items[0].values["x"].items[1], root.values["list"].items[1]]
    assert [text[node.start : node.end] for node in found] == ['"👩‍🔬"', "zwei", "drei"]
    assert [node.place for node in found] == ["f.yaml:1:4", "f.yaml:3:13", "f.yaml:4:5"]
    assert text[root.values["list"].items[0].start : root.values["list"].items[0].end] == "{x: [1, zwei]}"


def test_the_slow_reader_without_libyaml_agrees(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\ufeffa: {b: [1, 'x']}  # c\r\nd:\r\n- e\r\n- f: |\r\n    g\r\nh: ! no\r\n"
    fast = value(text)
    monkeypatch.delattr(yaml, "CSafeLoader")
    slow = value(text)
    assert data(slow) == data(fast)
    assert [(node.place, text[node.start : node.end]) for node in scalars(slow)] == [
        (node.place, text[node.start : node.end]) for node in scalars(fast)
    ]


def scalars(node: Node) -> list[Node]:
    if node.kind == "scalar":
        return [] if node.text.endswith("\n") else [node]
    return [found for child in (*node.items, *node.values.values()) for found in scalars(child)]


@pytest.mark.parametrize(("text", "meaning"), [("true", True), ("True", True), ("FALSE", False), ("false", False)])
def test_truth_is_written_in_one_word(text: str, meaning: bool) -> None:
    assert truth(value(f"a: {text}").values["a"], "paused") is meaning


@pytest.mark.parametrize("text", ["yes", "no", "on", "1", '"true"', "tRUE", "[true]", ""])
def test_what_is_nearly_truth_is_refused(text: str) -> None:
    with pytest.raises(ContentError, match=r"f.yaml:1:.*paused must be true or false"):
        truth(value(f"a: {text}").values["a"], "paused")


@pytest.mark.parametrize("text", ["one", "1.0", "-1", "0x1", '"1"', "1_0", "٣", "[1]", "9" * 5000])
def test_what_is_nearly_a_number_is_refused(text: str) -> None:
    with pytest.raises(ContentError, match="version must be a whole number"):
        number(value(f"a: {text}").values["a"], "version")


def test_a_list_of_texts_may_be_one_text_but_not_an_empty_item() -> None:
    root = value("a: x\nb: [x, 'y z', \"\"]\nc: []\nd: [x, ~]\ne: [[x]]\nf: {x: y}\n")
    assert [texts(root.values[key], "tags") for key in "abc"] == [("x",), ("x", "y z", ""), ()]
    for key, message in [
        ("d", "4:8: an item of tags is empty"),
        ("e", "each of tags must be text"),
        ("f", "must be a list"),
    ]:
        with pytest.raises(ContentError, match=message):
            texts(root.values[key], "tags")


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("entires", "did you mean 'entries'?"),
        ("zzz", "known are: entries, slots"),
        ("x" * 10**6, "known are: entries, slots"),
    ],
)
def test_an_unknown_word_gets_the_nearest_known_one(word: str, hint: str) -> None:
    assert nearest(word, ["slots", "entries"]) == hint
    assert nearest(word, []) == "there are none"


@pytest.mark.parametrize("text", ["version: 2", "version: one", "version: -1", "a: 1", "version: 1.0"])
def test_an_unknown_version_is_refused(text: str) -> None:
    root = value(text)
    with pytest.raises(ContentError, match="version"):
        strict_yaml.check_version(root.values, root)


@pytest.mark.parametrize(
    ("text", "block", "flow"),
    [
        ("plain words", "plain words", "plain words"),
        ("2026-11-24 09:30", "2026-11-24 09:30", "2026-11-24 09:30"),
        ("drafts/a.md", "drafts/a.md", "drafts/a.md"),
        ("one, two", "one, two", '"one, two"'),
        ("a: b", '"a: b"', '"a: b"'),
        ("why:?", "why:?", '"why:?"'),
        ("no", '"no"', '"no"'),
        ("Null", '"Null"', '"Null"'),
        ('say "yes"', '"say \\"yes\\""', '"say \\"yes\\""'),
        ("a\u2028b", '"a\\U00002028b"', '"a\\U00002028b"'),
        ("", '""', '""'),
    ],
)
def test_a_text_is_quoted_only_where_it_could_be_misread(text: str, block: str, flow: str) -> None:
    assert (scalar(text), flow_scalar(text)) == (block, flow)


@given(st.text(st.characters(codec="utf-8")))
@example("0:?")
def test_any_text_reads_back_from_a_block_and_from_brackets(text: str) -> None:
    root = value(f"a: {scalar(text)}\nb: [{flow_scalar(text)}, {{c: {flow_scalar(text)}}}]\n")
    assert data(root) == {"a": text, "b": [text, {"c": text}]}
    assert not root.values["a"].is_null


def assert_read_or_refused(text: str) -> None:
    """The text is refused with its place, or every value stands where it says."""
    try:
        root = parse(text, "f.yaml")
    except ContentError as error:
        refusal = error.message
    else:
        plain = (
            [node for node in scalars(root) if node.plain and "\n" not in text[node.start : node.end]] if root else []
        )
        assert [text[node.start : node.end] for node in plain] == [node.text for node in plain]
        return
    assert refusal.startswith("f.yaml:")


@given(st.text(st.characters(codec="utf-8")))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert_read_or_refused(text)


@given(
    st.lists(
        st.sampled_from(
            ["a", ": ", "\n", "- ", "  ", "[", "]", "{", "}", ",", "#", '"', "'", "|", "&", "*", "!", "?", "---", "\t"]
        )
    )
)
def test_no_piece_of_yaml_breaks_the_reader(pieces: list[str]) -> None:
    assert_read_or_refused("".join(pieces))
