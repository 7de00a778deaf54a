"""Talk that is meant to be slow to read."""

from __future__ import annotations

import subprocess
import sys

UNITS = [
    "I won. ", "Peter lost it. ", "I lost it... ", "I lost -- we lost it all in May. ", 'I said "We lost it all." ', "[", "a ",
    "And so I said that and and ", "x", "-- ", "“", "My co-founder, my boss, ", "Why did you lose boats? ", "¿Y? ", "I mean, ",
]  # fmt: skip
READ = """
import resource
resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.errors import ContentError
from tests.drafting.interviews.test_hostile import UNITS
from tests.drafting.made import brief, interview_of
for unit in UNITS:
    talk = unit * (100_000 // len(unit))
    try:
        ExtractiveDrafter().stories(interview_of(("Ann", talk), ("Bo", talk)), brief(speaker="Bo"), 3)
    except ContentError:
        pass
print("read")
"""


def test_hostile_talk_takes_linear_time() -> None:
    run = subprocess.run([sys.executable, "-c", READ], capture_output=True, text=True, check=False)
    assert run.stdout == "read\n", run.stderr
