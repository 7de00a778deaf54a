"""Hostile text is read or refused by a process that may use no more than some CPU seconds and 512 MiB.

How long it really takes is measured by ``benchmarks/hostile.py``; here the limit only tells what is linear from what is not.
"""

import resource
import subprocess
import sys

import pytest

# Several times what the slowest takes on a slow machine; half a megabyte read in squares would take hours.
CPU_SECONDS = 20
MEMORY = 512 * 1024 * 1024
READER = """
import sys
from contentkit.errors import ContentError
from contentkit.sources import parse_source
data = sys.stdin.buffer.read()
try:
    print("read", len(parse_source(data, sys.argv[1]).passages))
except ContentError as error:
    print("refused", error.message)
"""
FULL = 512 * 1024 - 100
FRONT = "---\nlayout: post\n---\n"


def full_of(mark: str, most_lines: int = 24_900) -> str:
    """As much of a mark as a text may hold."""
    return mark * min(FULL // len(mark.encode()), most_lines // max(1, mark.count("\n")) if "\n" in mark else FULL)


HOSTILE = {
    "20,000 brackets": "[" * 20_000,
    "20,000 quotations": ">" * 20_000 + " a",
    "20,000 stars": "*" * 20_000 + "a",
    "1 MiB of @": "@" * 1024 * 1024,
    "full of @": full_of("@"),
    "nested lists": "".join("  " * depth + "- a\n" for depth in range(700)),
    "nested quotations": "".join("> " * depth + "a\n" for depth in range(700)),
    "10,000 columns": "|a" * 10_000 + "|\n" + "|-" * 10_000 + "|\n" + "|b" * 10_000 + "|\n",
    "10,000 columns and many rows": "|a" * 10_000 + "|\n" + "|-" * 10_000 + "|\n" + ("|b" * 10_000 + "|\n") * 20,
    "short items": full_of("- a\n"),
    "short titles": full_of("# a\n"),
    "small tables": full_of("|a|b|\n|-|-|\n"),
    "blank lines": "a" + "\n" * 99_000 + "b",
    "opening tags": full_of("<b>"),
    "cells": full_of("<td>"),
    "open attributes": full_of("<a "),
    "open braces": full_of("<A b={"),
    "hidden elements": full_of("<b hidden>x</b>"),
    "hidden paragraphs": full_of("<p hidden>\n\n"),
    "remarks": full_of("%%a "),
    "open comments": full_of("{/*"),
    "citations": full_of("[ @"),
    "embeds": full_of("![[a|"),
    "footnotes": full_of("[^1]: a\n"),
    "directives": full_of("```{note}\n```\n"),
    "nested directives": "".join("`" * (3 + depth) + "{note}\n" for depth in range(500, 0, -1)),
    "containers": full_of(":::{tip}\n:a: b\n"),
    "modules": full_of("import a from 'b';\n"),
    "invisible": full_of("\u200b"),
    "terminal sequences": full_of("\x1b[1m"),
    "front matter of brackets": "---\na: " + "[" * 200_000 + "\n---\nx",
    "front matter of anchors": "---\na: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(4000)) + "---\nx",
    "front matter of merges": "---\na0: &a0 {x: y}\n"
    + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 60))
    + "---\nx",
    "front matter of dots": "+++\n" + "a." * 100_000 + "a = 1\n+++\nx",
    "open embargoes": full_of("[embargo until 2026-12-01 09:00 America/New_York] "),
    "embargoes": full_of("[embargo until 2026-12-01 09:00 UTC] word [/embargo]\n"),
    "lines under embargo": full_of("Embargo until 2026-12-01 09:00 UTC: word\n"),
    "items under embargo": full_of("- Embargo until 2026-12-01 09:00 UTC: x\n"),
    "struck out beside marks": full_of("~~a~~ [otr]b[/otr]\n"),
    "struck out before a mark": full_of("~~")[:-40] + " [otr] b [/otr]",
    "a talk off the record": "Ana: hi there all\nBob: hello\nAna: off the record from here.\n"
    + full_of("Ana: are we reading?\nBob: I stepped it.\n"),
    "stopped recorders": "Ana: hi there all\nBob: hello\n" + full_of("Ana: are we recording?\nBob: I stopped it.\n"),
    "embargoes in prose": full_of("x (embargoed until 2026-12-01 09:00 UTC)\n\n"),
}
RESTRUCTURED = {
    "nested notes": "".join("   " * depth + ".. note::\n" for depth in range(500)),
    "titles": full_of("a\n===\n"),
    "literal blocks": full_of("a::\n\n  b\n\n", 20_000),
    "tables": full_of("+--+\n|a|\n\n"),
    "open links": full_of("`a "),
    "links": full_of("`a <b>`_ "),
    "bars": full_of("|a| "),
    "notes": full_of(".. [1] a\n"),
}
CASES = [
    (f"{kind}: {name}", "x.md", front + text)
    for kind, front in (("note", ""), ("post", FRONT))
    for name, text in HOSTILE.items()
]
CASES += [(f"reStructuredText: {name}", "x.rst", text) for name, text in RESTRUCTURED.items()]


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


@pytest.mark.sampled(7)
@pytest.mark.parametrize(("name", "text"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_hostile_text_is_answered_within_the_limits(name: str, text: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", READER, name], input=text.encode(), capture_output=True, preexec_fn=limited, check=False
    )

    assert done.stdout.startswith((b"read ", b"refused x.")), (done.returncode, done.stderr[-300:])
