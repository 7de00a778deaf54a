from __future__ import annotations

import signal
from collections import Counter

import pytest

# A shell starts what it runs in the background with Ctrl-C ignored, and programs inherit that: then no test could press it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "sampled(every): of its cases one in so many is tried for every change, the others nightly"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leaves most cases of a test whose cases prove the same thing of many inputs to the nightly run, the same ones each time."""
    seen: Counter[str] = Counter()
    for item in items:
        mark = item.get_closest_marker("sampled")
        if mark:
            name = item.nodeid.partition("[")[0]
            if seen[name] % mark.args[0]:
                item.add_marker(pytest.mark.nightly)
            seen[name] += 1
