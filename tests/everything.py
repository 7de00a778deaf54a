"""All that the program's modules hold, once all of them are loaded."""

from __future__ import annotations

import gc
from importlib import import_module
from pkgutil import walk_packages

import contentkit


def everything_loaded() -> list[object]:
    """Every object that Python's collector knows, with those of all modules of contentkit."""
    for module in walk_packages(contentkit.__path__, "contentkit."):
        if not module.name.startswith(("contentkit.testing", "contentkit.__main__")):
            import_module(module.name)
    # A warm process keeps what it loaded from the collector, which does not name it then.
    frozen = gc.get_freeze_count()
    gc.unfreeze()
    found = gc.get_objects()
    if frozen:
        gc.freeze()
    return found
