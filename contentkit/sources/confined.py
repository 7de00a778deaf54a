"""A converter in a process of its own: whatever a document does to it, the command answers.

Documents come from strangers, and the libraries that read them are large. The process gets the bytes on its standard
input and nothing else: no environment, no folder of the user's, no network, no file it could write, little time and room.
What it says in dying is not shown: it may be off the record.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from contentkit import errors
from contentkit.errors import ContentError, ContentkitError, StateError
from contentkit.sources.manuscript import Manuscript

if TYPE_CHECKING:
    from contentkit.sources.formats import Converter

ROOM = 512 * 1024 * 1024
SECONDS = 2.0
# A loaded machine may give the process little of its time; after this nobody waits any more.
_PATIENCE = 30.0
_BOOT = "import sys; sys.path[:] = sys.argv[1:]; from contentkit.sources.confined import answer; answer()"
_TOO_MUCH = 3
_REFUSED = ("socket.connect", "socket.getaddrinfo", "socket.gethostby", "socket.send", "subprocess.", "os.exec", "os.fork",
            "os.posix_spawn", "os.spawn", "os.system", "shutil.", "os.remove", "os.rename", "os.mkdir", "os.symlink")  # fmt: skip


def converted(place: str, data: bytes, name: str) -> Manuscript:
    """What the converter at ``place`` ("module:VALUE") makes of these bytes, of a file of this name.

    Raises the ContentkitError that the converter raises, and ContentError when it takes more than 2 s of the processor's
    time or 512 MiB.
    """
    question = json.dumps({"place": place, "name": name}).encode() + b"\n" + data
    root = str(Path(__file__).parents[2])
    paths = [root, *(path for path in sys.path if path and Path(path).is_absolute() and path != root)]
    command = [sys.executable, "-I", "-S", "-B", "-X", "utf8", "-c", _BOOT, *paths]
    try:
        # When this process ends early, by Ctrl-C or worse, the other reads the end of its input or runs out of time.
        done = subprocess.run(  # noqa: S603 - our own interpreter, and no word of the document's
            command,
            input=question,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(root).anchor,
            env={key: os.environ[key] for key in ("SYSTEMROOT",) if key in os.environ},
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_much(name) from None
    except OSError as error:
        raise StateError(
            f"{name}: the process that reads documents does not start: {error.strerror}", hint="try again"
        ) from None
    if done.returncode != 0:
        raise _too_much(name)
    return _manuscript(json.loads(done.stdout))


def _too_much(name: str) -> ContentError:
    return ContentError(
        f"{name}: takes too long or too much room to read",
        hint="take the part you need, or save it as plain text or Markdown",
    )


def _manuscript(reply: dict[str, Any]) -> Manuscript:
    if "error" in reply:
        kind = getattr(errors, reply["error"], ContentError)
        raise kind(reply["message"], hint=reply["hint"])
    return Manuscript(lines=tuple(reply["lines"]), converted=reply["converted"], removed=tuple(reply["removed"]))


def answer() -> NoReturn:
    """The other process: reads a question, converts, answers in JSON, and ends."""
    question, _, data = sys.stdin.buffer.read().partition(b"\n")
    asked = json.loads(question)
    _confine()
    try:
        reply = _reply(asked["place"], data, asked["name"])
        sys.stdout.buffer.write(json.dumps(reply).encode())
        sys.stdout.buffer.flush()
    except (MemoryError, RecursionError):
        os._exit(_TOO_MUCH)
    os._exit(0)


def _reply(place: str, data: bytes, name: str) -> dict[str, Any]:
    from contentkit.sources.decoding import refuse_long

    module, _, value = place.partition(":")
    try:
        converter: Converter = getattr(import_module(module), value)
        manuscript = converter.manuscript(data, name)
        refuse_long(manuscript, name)
    except ContentkitError as error:
        return {"error": type(error).__name__, "message": error.message, "hint": error.hint}
    except (MemoryError, RecursionError):
        raise
    except Exception as error:
        # A library stumbled over what nobody foresaw. Its words may be the document's; its kind is not.
        what = f"{name}: cannot be read ({type(error).__name__})"
        return {"error": "ContentError", "message": what, "hint": "save it again, or as plain text or Markdown"}
    return {"lines": manuscript.lines, "converted": manuscript.converted, "removed": manuscript.removed}


def _confine() -> None:
    """Little time, little room, no files, no network. Where the system knows no such limits (Windows), only the last."""
    sys.addaudithook(_refuse)
    try:
        import resource
        import signal
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    # What is in memory must not be found on a disk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The limit proper counts whole seconds and the start of Python too; the timer ends the process first.
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime + SECONDS) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))


def _refuse(event: str, _arguments: tuple[Any, ...]) -> None:
    if event.startswith(_REFUSED):
        raise PermissionError("a document is read, nothing else")
