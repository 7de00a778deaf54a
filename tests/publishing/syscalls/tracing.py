"""A tracer over ptrace: every system call of a process and its threads, before the kernel has done it and after.

Only what these tests need, for Linux on x86_64 and aarch64. The process is a child of the caller that said
``trace_me`` itself. Every request comes from one and the same thread, as ptrace demands.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import struct
from collections.abc import Callable
from dataclasses import dataclass

_TRACEME, _CONT, _SYSCALL = 0, 7, 24
_SETOPTIONS, _GETREGSET, _SETREGSET, _GET_SYSCALL_INFO = 0x4200, 0x4204, 0x4205, 0x420E
# A stop of its own kind for system calls; forks, threads and new programs are traced too, and end with the tracer.
_OPTIONS = 0x1 | 0x2 | 0x4 | 0x8 | 0x10 | 0x100000
_SYSCALL_STOP = signal.SIGTRAP | 0x80
_EVERY_THREAD = 0x40000000
_ENTRY, _EXIT = 1, 2
_INFO = struct.Struct("=B3xIQQ7Q")
_GENERAL_REGISTERS, _ARM_SYSTEM_CALL = 1, 0x404
# Within the general registers, in words of 8 bytes: the number of the call on x86_64, and the answer on each.
_X86_NUMBER, _X86_ANSWER, _ARM_ANSWER = 15, 10, 0
_MOST_REGISTERS = 34

_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.restype = ctypes.c_long
_libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]


class NotPermitted(Exception):
    """This machine does not let a process trace its own child."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """A system call about to be made by a thread: its number and its arguments as they stand in the registers."""

    thread: int
    number: int
    arguments: tuple[int, ...]

    def bytes_at(self, address: int, size: int) -> bytes:
        """What stands at this address of the process."""
        memory = os.open(f"/proc/{self.thread}/mem", os.O_RDONLY)
        try:
            return os.pread(memory, size, address) if size else b""
        finally:
            os.close(memory)

    def text_at(self, address: int) -> str:
        """The text that ends with a zero at this address."""
        text = b""
        while b"\0" not in text and len(text) < os.pathconf("/", "PC_PATH_MAX"):
            # Never over the end of a page: the next one may not be there.
            text += self.bytes_at(address + len(text), 4096 - (address + len(text)) % 4096)
        return os.fsdecode(text.partition(b"\0")[0])


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a watcher wants to become of a call: an error of this number instead of it, or the end of the process."""

    error: int = 0
    kill: bool = False


# Sees a call before it is made. None: it is made. Sees it again with its result; False ends the watching.
Before = Callable[[Call], Answer | None]
After = Callable[[Call, int], bool]


def trace_me() -> None:
    """To be said by the child, which then waits for its tracer. Raises NotPermitted."""
    if _libc.ptrace(_TRACEME, 0, None, None):
        raise NotPermitted(os.strerror(ctypes.get_errno()))
    os.kill(os.getpid(), signal.SIGSTOP)


def trace(child: int, before: Before, after: After) -> int:
    """Watches a child from its first stop to its end, and returns its exit code; -9 when it was killed by signal 9.

    Raises NotPermitted when the child ended before it could be traced.
    """
    _, status = os.waitpid(child, 0)
    if not os.WIFSTOPPED(status):
        raise NotPermitted("the child could not be traced")
    _request(_SETOPTIONS, child, 0, _OPTIONS)
    _request(_SYSCALL, child)
    return _Watch(child, before, after).until_the_end()


class _Watch:
    """The threads of a process that are within a call, each with what becomes of it."""

    def __init__(self, child: int, before: Before, after: After) -> None:
        self._child, self._before, self._after = child, before, after
        self._within: dict[int, tuple[Call, Answer | None]] = {}
        self._resume = _SYSCALL
        self._new: set[int] = set()

    def until_the_end(self) -> int:
        while True:
            thread, status = os.waitpid(-1, _EVERY_THREAD)
            if os.WIFSTOPPED(status):
                self._stopped(thread, status)
            elif thread == self._child:
                return os.waitstatus_to_exitcode(status)

    def _stopped(self, thread: int, status: int) -> None:
        number, forwarded = os.WSTOPSIG(status), 0
        if number == _SYSCALL_STOP:
            self._at_call(thread)
        elif not status >> 16 and not (number == signal.SIGSTOP and thread != self._child):
            # Neither news of the tracing itself nor the first stop of a new thread: a signal for the program.
            forwarded = number
        _request(self._resume, thread, 0, forwarded)

    def _at_call(self, thread: int) -> None:
        stop, values = _stop_of(thread)
        if stop == _ENTRY:
            call = Call(thread=thread, number=values[0], arguments=values[1:])
            answer = self._before(call)
            self._within[thread] = call, answer
            if answer is not None and answer.kill:
                self._resume = _CONT
                os.kill(self._child, signal.SIGKILL)
            elif answer is not None:
                _skip(thread)
        elif stop == _EXIT and thread in self._within:
            call, answer = self._within.pop(thread)
            if answer is not None and answer.error:
                _answer(thread, -answer.error)
            result = -answer.error if answer is not None else _signed(values[0])
            if not self._after(call, result):
                self._resume = _CONT


def _signed(value: int) -> int:
    return value - (1 << 64) if value >> 63 else value


def _stop_of(thread: int) -> tuple[int, tuple[int, ...]]:
    """Whether a thread is before a call or after it, and the call's number and arguments, or its result."""
    buffer = ctypes.create_string_buffer(_INFO.size)
    _request(_GET_SYSCALL_INFO, thread, _INFO.size, ctypes.addressof(buffer))
    stop, _, _, _, *values = _INFO.unpack(buffer.raw)
    return stop, tuple(values)


def _skip(thread: int) -> None:
    """The call that this thread is about to make becomes none."""
    if platform.machine() == "aarch64":
        number = ctypes.c_int(-1)
        _registers(_SETREGSET, thread, _ARM_SYSTEM_CALL, ctypes.addressof(number), ctypes.sizeof(number))
    else:
        _set_register(thread, _X86_NUMBER, -1)


def _answer(thread: int, result: int) -> None:
    """What this thread finds as the result of its call."""
    _set_register(thread, _ARM_ANSWER if platform.machine() == "aarch64" else _X86_ANSWER, result)


def _set_register(thread: int, position: int, value: int) -> None:
    words = (ctypes.c_longlong * _MOST_REGISTERS)()
    size = _registers(_GETREGSET, thread, _GENERAL_REGISTERS, ctypes.addressof(words), ctypes.sizeof(words))
    words[position] = value
    _registers(_SETREGSET, thread, _GENERAL_REGISTERS, ctypes.addressof(words), size)


class _Piece(ctypes.Structure):
    """struct iovec."""

    _fields_ = (("address", ctypes.c_void_p), ("size", ctypes.c_size_t))


def _registers(request: int, thread: int, kind: int, address: int, size: int) -> int:
    """Reads or writes a set of registers; returns how many bytes it has."""
    piece = _Piece(address, size)
    _request(request, thread, kind, ctypes.addressof(piece))
    return int(piece.size)


def _request(request: int, thread: int, address: int = 0, data: int = 0) -> None:
    """One request to ptrace. A thread that was killed meanwhile is left to its end."""
    if _libc.ptrace(request, thread, address, data) < 0:
        error = ctypes.get_errno()
        if error != 3:  # ESRCH
            raise OSError(error, os.strerror(error))
