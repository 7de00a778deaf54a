"""What users would pick instead, each in an environment of its own, with the versions of requirements/bench.txt.

Whatever cannot be installed is told and left out: a machine without node measures everything but crosspost.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from packaging.markers import Marker

from benchmarks.rounds import REPOSITORY
from benchmarks.topics import Peers

LOCK = REPOSITORY / "requirements/bench.txt"
FOLDER = REPOSITORY / "build/bench/peers"
# Each with what it does not name itself.
PACKAGES: Mapping[str, Sequence[str]] = {
    "toot": ["toot"],
    "llm": ["llm"],
    "sqlite-utils": ["sqlite-utils"],
    "twarc": ["twarc", "setuptools", "six"],
    "Mastodon.py": ["Mastodon.py"],
    "ruamel.yaml": ["ruamel.yaml", "ruamel.yaml.clib"],
    "sumy": ["sumy", "numpy"],
    "sdks": ["typer", "openai", "Mastodon.py", "tweepy", "sqlite-utils", "PyYAML"],
}
# By exact version and without scripts: its lock is npm's own, of the one package.
CROSSPOST = "@humanwhocodes/crosspost@1.0.4"
_READY = ".ready"


def install(folder: Path = FOLDER, packages: Mapping[str, Sequence[str]] = PACKAGES) -> tuple[Peers, list[str]]:
    """Installs what is missing or has another version than the lock; returns the peers, and a sentence for each left out."""
    wanted = {name: [pinned(one) for one in names] for name, names in packages.items()}
    missing = [made(folder / name, pins, _install_python) for name, pins in wanted.items()]
    missing.append(made(folder / "crosspost", [CROSSPOST], _install_node))
    return Peers(folder), [sentence for sentence in missing if sentence]


def versions() -> Mapping[str, str]:
    """The versions that are compared with, by name."""
    pins = {name: pinned(names[0]).partition("==")[2] for name, names in PACKAGES.items() if name != "sdks"}
    return {**pins, "crosspost": CROSSPOST.rpartition("@")[2]}


def pinned(package: str) -> str:
    """A package with the version that is locked for this Python: ``toot==0.52.1``. Raises LookupError where none is."""
    name = re.sub(r"[-_.]+", "-", package).lower()
    for version, marker in re.findall(rf"^{re.escape(name)}==(\S+)(?: ; (.+))? \\$", LOCK.read_text("utf-8"), re.M):
        if not marker or Marker(marker).evaluate():
            return f"{name}=={version}"
    raise LookupError(f"{LOCK.name} has no {package}: run 'make lock'")


def made(place: Path, pins: Sequence[str], make: Callable[[Path, Sequence[str]], None]) -> str:
    """Installs one peer where that is needed; an empty text, or why it is left out."""
    ready, said = place / _READY, "\n".join([sys.version, *pins])
    if ready.exists() and ready.read_text("utf-8") == said:
        return ""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    try:
        make(place, pins)
    except (OSError, subprocess.CalledProcessError) as error:
        shutil.rmtree(place)
        lines = (getattr(error, "stderr", "") or str(error)).strip().splitlines()
        return f"{place.name} could not be installed and is left out: {lines[-1].strip()}"
    ready.write_text(said, "utf-8")
    return ""


def _install_python(place: Path, pins: Sequence[str]) -> None:
    _run([sys.executable, "-m", "venv", "--without-pip", str(place)])
    uv = str(Path(sys.executable).with_name("uv"))
    target = ["--python", str(place / "bin/python")]
    _run([uv, "pip", "install", "--quiet", *target, "--require-hashes", "--constraint", str(LOCK), *pins])
    # A user's start-up finds modules compiled, and so does the first round here.
    _run([str(place / "bin/python"), "-m", "compileall", "-q", "-j", "2", str(place / "lib")], accepted=(0, 1))


def _install_node(place: Path, pins: Sequence[str]) -> None:
    _run(["npm", "install", "--global", "--ignore-scripts", "--no-fund", "--no-audit", "--prefix", str(place), *pins])


def _run(command: Sequence[str], accepted: Sequence[int] = (0,)) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in accepted:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
