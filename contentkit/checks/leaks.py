"""Words off the record that nobody here can compare a draft with."""

from __future__ import annotations

from contentkit.checks.findings import Finding, warning


def not_comparable(source: str) -> Finding:
    """CK305: of this copy the raw file is not here. An approval waits until somebody has waived it by name."""
    return warning(
        "CK305",
        f"what was off the record in the original of {source} cannot be compared: its raw file is not on this machine",
        words=source,
        remedy="ingest the raw file here; or compare, and waive it below the first post",
        holds=True,
    )
