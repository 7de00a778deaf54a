"""The journal keeps the same promises on both databases: the tests of its verbs, and all of publishing's by night."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.publishing.test_amendment_verbs import (  # noqa: F401 - with the stage of this folder
    test_a_part_that_is_held_keeps_what_it_hangs_under,
    test_a_thread_is_deleted_from_its_end,
    test_an_approval_decides_the_changes_of_what_is_out_in_the_same_breath,
    test_the_doubts_of_a_change_are_none_of_the_part,
)
from tests.publishing.test_journal import (  # noqa: F401
    test_a_later_part_cannot_be_claimed_before_the_earlier_one_is_sent,
    test_a_part_is_claimed_once_by_however_many_programs,
    test_a_verb_on_a_row_that_somebody_else_moved_fails_loudly,
    test_a_wait_for_absence_starts_again_after_a_reboot,
    test_approving_anew_replaces_what_has_not_left_and_keeps_what_has,
    test_each_attempt_is_noted_with_its_number_whatever_its_caller_has_read,
    test_nothing_is_claimed_after_stop_nor_before_the_wait_is_over,
)

_OVERTAKES = "test_a_doubt_that_cannot_be_looked_for_does_not_stop_the_next_thread"


@pytest.mark.nightly
@pytest.mark.timeout(1800)
def test_all_of_publishing_is_the_same_on_postgresql() -> None:
    root = Path(__file__).parents[2]
    # Where nothing asks a stage, the journal is SQLite's all the same.
    others = ("--ignore=tests/publishing/test_simulation.py", "--ignore=tests/publishing/syscalls")
    # There nothing overtakes what a worker may yet send.
    apart = f"--deselect=tests/publishing/test_publisher.py::{_OVERTAKES}"
    options = ("-q", "-n", "0", "-m", "not nightly", "--on-postgres", *others, apart)
    command = [sys.executable, "-m", "pytest", *options, "tests/publishing"]
    ran = subprocess.run(command, cwd=root, text=True, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stdout[-3000:]
