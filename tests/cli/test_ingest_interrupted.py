"""Ctrl-C while many files are read: what was done, and how to go on."""

from __future__ import annotations

import os

from tests.cli.shell import NOTE, Shell, finished, interrupt
from tests.cli.test_interrupted import writer_of


def test_an_interrupted_ingest_says_how_far_it_came(shell: Shell) -> None:
    shell.write("notes/raw/first.md", f"{NOTE}\nOTR: nearly broke.\n")
    os.mkfifo(shell.project / "pipe")
    process = shell.start("ingest", "notes/raw/first.md", "pipe")
    writer = writer_of(shell.project / "pipe")
    interrupt(process)
    os.close(writer)
    ran = finished(process)
    assert ran.code == 130
    assert (
        "interrupted: 1 of 2 were read, and the copies that they need are in notes/. The same command goes on."
        in ran.err
    )
