"""What a figure was measured on, as far as a reader needs it to judge the figure."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
import sysconfig
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

_LIBRARIES = ("typer", "rich", "PyYAML", "requests", "Mastodon.py", "tweepy", "sqlite-utils")


def facts() -> Mapping[str, str]:
    """Name and value of each fact, in the order in which they are told."""
    return {
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "Python": f"{platform.python_implementation()} {platform.python_version()}, {_build()}",
        "SQLite": sqlite3.sqlite_version,
        "libraries": ", ".join(f"{name} {version(name)}" for name in _LIBRARIES),
    }


def load() -> float:
    """How many processes wanted to run in the last minute, on average."""
    return round(os.getloadavg()[0], 1)


def _processor() -> str:
    if sys.platform == "linux":
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _build() -> str:
    """How the interpreter was optimised, which is a few per cent of everything."""
    options = str(sysconfig.get_config_var("CONFIG_ARGS"))
    found = [name for name, option in (("PGO", "optimizations"), ("LTO", "with-lto")) if option in options]
    return f"built with {' and '.join(found)}" if found else "built without PGO and LTO"
