"""Dataclasses whose methods are written when they are first needed, and not when their module is loaded.

To write the methods of one takes a tenth of the time in which Python starts. A command makes few of the values that the modules
it loads know, and compares or shows fewer of them.
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
        """What ``dataclasses.dataclass`` gives; at once where it makes another class, where values are put in order, and
        where the class has a base or one of these methods of its own."""
        if cls is None:
            return lambda cls: dataclass(cls, **how)
        if how.keys() - _SIMPLE or cls.__bases__ != (object,) or not _WRITTEN.isdisjoint(vars(cls)):
            from dataclasses import dataclass as written

            return written(cls, **how)
        return _put_off(cls, how)


# What a class is called on which the methods of another one are written.
STAND_IN = "<fields>"
_SIMPLE = {"frozen", "kw_only", "eq"}
_WRITTEN = {"__init__", "__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__"}


def _put_off(cls: Any, how: dict[str, bool]) -> Any:
    """The class, which becomes a dataclass when one of it is made, or when somebody asks for its fields."""
    body = _body(cls)
    write = _once(cls, body, how)

    def first(self: Any, *arguments: Any, **named: Any) -> None:
        write()
        cls.__init__(self, *arguments, **named)

    cls.__init__ = first
    cls.__dataclass_fields__ = _Fields(write)
    cls.__repr__ = _later(cls, "__repr__", body)
    if how.get("eq", True):
        cls.__eq__ = _later(cls, "__eq__", body)
        cls.__hash__ = _later(cls, "__hash__", body) if how.get("frozen") else None
    return cls


def _body(cls: Any) -> dict[str, Any]:
    """What ``dataclasses`` looks at in a class: its fields with what they are where nobody says it."""
    known = vars(cls)
    fields = known.get("__annotations__", {})
    names = ("__module__", "__qualname__", "__annotations__", "__post_init__", *fields)
    return {"__doc__": "As above."} | {name: known[name] for name in names if name in known}


class _Fields:
    """The fields of a class, for ``dataclasses.fields`` and for classes that are made of it."""

    def __init__(self, write: Callable[[], None]) -> None:
        self._write = write

    def __get__(self, instance: object, kind: Any) -> Any:
        self._write()
        return kind.__dataclass_fields__


def _once(cls: Any, body: dict[str, Any], how: dict[str, bool]) -> Callable[[], None]:
    """What writes the first method; whoever comes while another thread does it waits."""
    from _thread import RLock

    lock, waiting = RLock(), [cls]

    def write() -> None:
        from dataclasses import Field, dataclass

        with lock:
            if not waiting:
                return
            plain = {"init": False, "repr": False, "eq": False, "kw_only": how.get("kw_only", False)}
            made: Any = dataclass(type(STAND_IN, (), dict(body)), **plain)
            for name in [name for name, value in body.items() if isinstance(value, Field)]:
                delattr(cls, name)
            for name, value in vars(made).items():
                if name not in vars(cls) or name == "__dataclass_fields__":
                    setattr(cls, name, value)
            cls.__dataclass_params__.frozen = how.get("frozen", False)
            if how.get("frozen"):
                cls.__setattr__, cls.__delattr__ = _refusing(cls, "assign to"), _refusing(cls, "delete")
            # The last, so that no thread finds a class that is not whole.
            cls.__init__ = _first(cls, frozen=how.get("frozen", False))
            waiting.clear()

    return write


def _first(cls: Any, *, frozen: bool) -> Any:
    """The first method, as ``dataclasses`` writes it: but that writes two others beside it for what is frozen, at three times
    the price. No value here has an ``InitVar``."""
    from dataclasses import MISSING, fields

    # To write into ``__dict__`` is quicker once, but each reading of a field then takes four times as long (CPython 3.11).
    known: dict[str, Any] = {"set_": object.__setattr__, "missing_": MISSING}
    places, names, lines = ["self"], list[str](), list[str]()
    for one in fields(cls):
        name, value, default = one.name, one.name, ""
        if one.default_factory is not MISSING:
            known[f"make_{name}"], default = one.default_factory, "=missing_"
            value = f"make_{name}() if {name} is missing_ else {name}" if one.init else f"make_{name}()"
        elif one.default is not MISSING:
            known[f"given_{name}"], default = one.default, f"=given_{name}"
        if one.init:
            (names if one.kw_only else places).append(name + default)
        if one.init or value != name:
            lines.append(f"set_(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    asked = ", ".join([*places, *(["*", *names] if names else [])])
    # These are names of fields, and so words of Python.
    exec(f"def __init__({asked}): {'; '.join(lines) or 'pass'}", known)  # noqa: S102
    method = known["__init__"]
    method.__qualname__ = f"{cls.__qualname__}.__init__"
    return method


def _refusing(cls: Any, verb: str) -> Any:
    """A method of what is frozen, which says so."""

    def method(self: Any, name: str, *value: Any) -> None:
        from dataclasses import FrozenInstanceError

        if type(self) is cls or name in cls.__dataclass_fields__:
            raise FrozenInstanceError(f"cannot {verb} field {name!r}")
        (object.__setattr__ if value else object.__delattr__)(self, name, *value)

    return method


def _later(cls: Any, name: str, body: dict[str, Any]) -> Any:
    """A method that few values are asked for: it is written when one is, and then stands in its own place."""
    how = {"repr": name == "__repr__", "eq": name != "__repr__", "unsafe_hash": name == "__hash__"}

    def method(self: Any, *others: Any) -> Any:
        from dataclasses import dataclass

        made: Any = dataclass(type(STAND_IN, (), dict(body)), init=False, **how)
        setattr(cls, name, getattr(made, name))
        return getattr(cls, name)(self, *others)

    return method
