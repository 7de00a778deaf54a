"""Dataclasses whose methods are written when the first instance is made, and not when their module is loaded.

To write the methods of one takes a tenth of the time in which Python starts, and a command makes few of the values that the
modules it loads know.
"""

from __future__ import annotations

__all__ = ["dataclass"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass
    from typing import Any
else:

    def dataclass(cls: type | None = None, /, **how: bool) -> Any:
        """What ``dataclasses.dataclass`` gives; at once where it makes another class, or where the class has a base or a
        first method of its own."""
        if cls is None:
            return lambda cls: dataclass(cls, **how)
        if how.get("slots") or cls.__bases__ != (object,) or "__init__" in vars(cls):
            from dataclasses import dataclass as written

            return written(cls, **how)
        return _put_off(cls, how)


def _put_off(cls: Any, how: dict[str, bool]) -> Any:
    """The class, which becomes a dataclass when one of it is made, or when somebody asks for its fields."""
    write = _once(cls, how)

    def first(self: Any, *arguments: Any, **named: Any) -> None:
        write()
        cls.__init__(self, *arguments, **named)

    cls.__init__ = first
    cls.__dataclass_fields__ = _Fields(write)
    return cls


class _Fields:
    """The fields of a class, for ``dataclasses.fields`` and for classes that are made of it."""

    def __init__(self, write: Callable[[], None]) -> None:
        self._write = write

    def __get__(self, instance: object, kind: Any) -> Any:
        self._write()
        return kind.__dataclass_fields__


def _once(cls: Any, how: dict[str, bool]) -> Callable[[], None]:
    """What writes the methods; whoever comes while another thread does it waits."""
    from _thread import RLock

    lock, waiting = RLock(), [cls]

    def write() -> None:
        from dataclasses import dataclass as written

        with lock:
            if not waiting:
                return
            written(cls, init=False, **how)
            # Its first method comes last and from a subclass, so that no thread finds it without one.
            names = {"__qualname__": cls.__qualname__, "__module__": cls.__module__, "__doc__": "As above."}
            below: Any = type(cls.__name__, (cls,), names)
            cls.__init__ = written(below, repr=False, eq=False, frozen=how.get("frozen", False)).__init__
            waiting.clear()

    return write
