"""The watcher of one traced command: counts its calls, does to it what was planned, and keeps what it wrote."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from tests.publishing.syscalls.calls import CHANGING, MAKING, OPENING, REMOVING, RENAMING, SYNCING, WRITING, numbers
from tests.publishing.syscalls.plans import Event, Plan
from tests.publishing.syscalls.tracing import Answer, Call

_WITH_TWO_NAMES = (*RENAMING, "link", "linkat")
_RECORDED = (*OPENING, *REMOVING, *WRITING, *SYNCING, *_WITH_TWO_NAMES, "ftruncate", "sendto", *MAKING)
# Where the first name and the second stand among the arguments; the folder of a name stands before it.
_NAME_AT = {"open": 0, "mkdir": 0, "unlink": 0, "rename": 0, "link": 0}
_SECOND_AT = {"rename": 1, "link": 1}
_HERE = 0xFFFFFF9C


class Watcher:
    """Fills ``names`` with those of all calls from the beginning on, ``changing`` with the numbers of those whose effect others
    can see, ``growing`` with those of them that want room on a disk, ``events`` with what was recorded."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._numbers = numbers()
        self._begun = not plan.begin
        self._of_kind = 0
        self.happened = False
        self.names: list[str] = []
        self.changing: list[int] = []
        self.growing: list[int] = []
        self.events: list[Event] = []
        self._pending: dict[int, Event] = {}

    def before(self, call: Call) -> Answer | None:
        name = self._numbers.get(call.number, "?")
        if not self._begun:
            self._begun = name in OPENING and Path(_name(call, name)).name == self._plan.begin
            if not self._begun:
                return None
        self.names.append(name)
        if name in CHANGING or _makes_a_file(call, name):
            self.changing.append(len(self.names))
        if _needs_room(call, name):
            self.growing.append(len(self.names))
        if self._plan.record and name in _RECORDED:
            self._pending[call.thread] = self._event(call, name)
        answer = self._decided(call, name)
        self.happened |= answer is not None
        return answer

    def after(self, call: Call, result: int) -> bool:
        """Keeps what was recorded; False once there is nothing left to see or to do."""
        event = self._pending.pop(call.thread, None)
        if event is not None:
            self.events.append(Event(**{**vars(event), "result": result}))
        once = self._plan.fail_at and not self._plan.for_good
        return not (self.happened and once) or self._plan.record

    def _decided(self, call: Call, name: str) -> Answer | None:
        plan = self._plan
        if plan.kill_at and len(self.names) == plan.kill_at:
            return Answer(kill=True)
        if plan.fail_at and name == plan.fail:
            self._of_kind += 1
            if self._of_kind == plan.fail_at or (plan.for_good and self._of_kind > plan.fail_at):
                return Answer(error=plan.error)
        if plan.full_from and self.growing[-1:] == [len(self.names)] and len(self.growing) >= plan.full_from:
            return Answer(error=errno.ENOSPC)
        return None

    def _event(self, call: Call, name: str) -> Event:
        """What is known of a call before it is made."""
        number, one = len(self.names), call.arguments
        if name in OPENING:
            flags = one[1] if name == "open" else one[2]
            return Event(number=number, call=name, path=_name(call, name), result=0, flags=flags)
        if name in (*REMOVING, *MAKING):
            return Event(number=number, call=name, path=_name(call, name), result=0)
        if name in _WITH_TWO_NAMES:
            return Event(number=number, call=name, path=_name(call, name), to=_second_name(call, name), result=0)
        path = _file(call)
        if name == "ftruncate":
            return Event(number=number, call=name, path=path, length=one[1], result=0)
        if name in SYNCING:
            return Event(number=number, call=name, path=path, result=0)
        offset = one[3] if name == "pwrite64" else _position(call) if name == "write" else 0
        data = call.bytes_at(one[1], one[2])
        return Event(number=number, call=name, path=path, data=data, offset=offset, result=0)


def _name(call: Call, name: str) -> str:
    """The file that a call names, from the root on."""
    return _path(call, _NAME_AT.get(name, 1))


def _second_name(call: Call, name: str) -> str:
    return _path(call, _SECOND_AT.get(name, 3))


def _path(call: Call, position: int) -> str:
    text = call.text_at(call.arguments[position])
    # The calls of old have no folder before the name: theirs is the one that the process works in.
    folder = call.arguments[position - 1] & 0xFFFFFFFF if position % 2 else _HERE
    within = f"/proc/{call.thread}/cwd" if folder == _HERE else f"/proc/{call.thread}/fd/{folder}"
    return text if text.startswith("/") else str(Path(Path(within).readlink(), text))


def _file(call: Call) -> str:
    """The file, or the socket, that the first argument is a descriptor of; empty when it is none."""
    try:
        return str(Path(f"/proc/{call.thread}/fd/{call.arguments[0] & 0xFFFFFFFF}").readlink())
    except OSError:
        return ""


def _position(call: Call) -> int:
    """Where in the file the next ``write`` goes to."""
    try:
        lines = Path(f"/proc/{call.thread}/fdinfo/{call.arguments[0]}").read_text().splitlines()
        known = {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
        if int(known["flags"], 8) & os.O_APPEND:
            return Path(f"/proc/{call.thread}/fd/{call.arguments[0]}").stat().st_size
        return int(known["pos"])
    except (OSError, KeyError):
        return 0


def _makes_a_file(call: Call, name: str) -> bool:
    if name not in OPENING:
        return False
    flags = call.arguments[1 if name == "open" else 2]
    return bool(flags & os.O_CREAT) and not Path(_name(call, name)).exists()


def _needs_room(call: Call, name: str) -> bool:
    """Whether a call wants room on a disk: it writes to a plain file, or makes one."""
    if name in OPENING:
        return _makes_a_file(call, name)
    # What it prints goes to whoever reads it, not to this disk.
    if name not in (*WRITING, "fallocate") or call.arguments[0] in (1, 2):
        return False
    try:
        return stat.S_ISREG(Path(f"/proc/{call.thread}/fd/{call.arguments[0]}").stat().st_mode)
    except OSError:
        return False
