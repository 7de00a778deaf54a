from __future__ import annotations

import gc
import os
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.scale.cluster import OWNER, Cluster, shared_cluster

if TYPE_CHECKING:
    from tests.scale.stages import Workspaces

# No test measures time: the first example compiles patterns for those behind it, on a machine that others use as well.
settings.register_profile(
    "untimed",
    settings.get_profile(settings.get_current_profile_name()),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("untimed")

# A shell starts what it runs in the background with Ctrl-C ignored, and programs inherit that: then no test could press it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


# Looking for rubbish among all that the collection of thousands of tests keeps costs more than it finds.
gc.set_threshold(100_000, 50, 50)


# Journals are written durably, some ten thousand times in a run: in memory that costs a sixth less of everything.
_IN_MEMORY = Path("/dev/shm")
_ROOM = 4 * 1024**3


def _has_room(folder: Path) -> bool:
    """Whether folders of tests may lie there, programs to start included."""
    try:
        known = os.statvfs(folder)
    except OSError:
        return False
    has_room = known.f_bavail * known.f_frsize > _ROOM
    return has_room and not known.f_flag & os.ST_NOEXEC and os.access(folder, os.W_OK | os.X_OK)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--on-postgres", action="store_true", help="the journals of stages lie on PostgreSQL")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if not config.option.basetemp and _has_room(_IN_MEMORY):
        config.option.basetemp = tempfile.mkdtemp(prefix="contentkit-tests-", dir=_IN_MEMORY)
        config.add_cleanup(lambda: shutil.rmtree(config.option.basetemp, ignore_errors=True))
    config.addinivalue_line("markers", "on_disk: its folder lies on a disk, because the program tells memory from one")
    config.addinivalue_line("markers", "sqlite: about SQLite's own file, or asks it directly")
    config.addinivalue_line(
        "markers", "sampled(every): of its cases one in so many is tried for every change, the others nightly"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leaves most cases of a test whose cases prove the same thing of many inputs to the nightly run, the same ones each time."""
    if items and items[0].config.option.on_postgres:
        items[:] = [item for item in items if not item.get_closest_marker("sqlite")]
    seen: Counter[str] = Counter()
    for item in items:
        mark = item.get_closest_marker("sampled")
        if mark:
            name = item.nodeid.partition("[")[0]
            if seen[name] % mark.args[0]:
                item.add_marker(pytest.mark.nightly)
            seen[name] += 1


def pytest_collection_finish() -> None:
    """What was collected stays to the end: it is never looked through again."""
    gc.freeze()


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """The folder of a test: in memory, where there is room, unless the test says ``on_disk``."""
    if not request.node.get_closest_marker("on_disk"):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def cluster(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """The run's own PostgreSQL, which its processes share: made when the first test asks for it."""
    folder = tmp_path_factory.getbasetemp()
    with shared_cluster(folder.parent if hasattr(request.config, "workerinput") else folder) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def workspaces(cluster: Cluster) -> Iterator[Workspaces]:
    """A database of this process's own, in which each stage has its workspace."""
    from tests.scale.stages import Workspaces

    with closing(Workspaces(cluster.address(cluster.new_database(), OWNER))) as workspaces:
        yield workspaces


@pytest.fixture
def database(cluster: Cluster) -> Iterator[str]:
    """Where the owner of a new, empty database finds it, as libpq wants it told."""
    name = cluster.new_database()
    yield cluster.address(name, OWNER)
    cluster.query(f"DROP DATABASE {name} WITH (FORCE)")
