"""What stands in the files of schedulers, whatever folders are called: read again as the schedulers read it."""

from __future__ import annotations

import plistlib
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from contentkit.cli.cron.crontab import crontab_lines
from contentkit.cli.cron.jobs import RHYTHMS, Job, Timetable, timetable_of
from contentkit.cli.cron.launchd import Launchd
from contentkit.cli.cron.systemd import Systemd
from contentkit.cli.project import Project
from contentkit.config import Config
from contentkit.errors import UsageError
from tests.cli.programs import SYSTEMCTL

# systemd looks what the folders of a unit lie on.
pytestmark = pytest.mark.on_disk

ODD = [
    "plain",
    "with a space",
    'quo\'te and "double"',
    "100% of %h",
    "$HOME ${HOME} $$",
    "back\\slash \\x41 \\n",
    "ñandú 時系列 🦙 \u3000",
    "semi;colon & pipe | star * # hash",
    "-dash",
]


@pytest.fixture(params=ODD)
def odd(request: pytest.FixtureRequest, tmp_path: Path) -> Timetable:
    """A project in a folder of such a name, published by a program in another."""
    home = tmp_path / request.param
    programs = home / "programs"
    programs.mkdir(parents=True)
    program = programs / "contentkit"
    program.write_text("#!/bin/sh\nfor word; do printf '%s\\n' \"$word\"; done\nprintf '%s\\n' \"$XDG_STATE_HOME\"\n")
    program.chmod(0o755)
    manager = programs / "systemctl"
    manager.write_text(SYSTEMCTL)
    manager.chmod(0o755)
    return timetable(home, program)


def timetable(home: Path, program: Path, every: int = 1) -> Timetable:
    words = (str(program), "-C", str(home / "project"))
    moved = {"XDG_STATE_HOME": str(home / "state")}
    jobs = (
        Job(name="post", words=(*words, "post"), variables=moved, every=every),
        Job(name="sync", words=(*words, "sync"), variables=moved, every=60, minute=17),
    )
    path = f"{program.parent}:/usr/bin:/bin"
    return Timetable(
        root=home / "project",
        title="ours-12345678",
        jobs=jobs,
        writes=(home / "project", home / "state"),
        alerts=False,
        environment={"HOME": str(home), "PATH": path},
    )


def setting(unit: str, name: str) -> str:
    [value] = re.findall(rf"^{name}=(.*)$", unit, re.MULTILINE)
    return str(value)


def words_of(value: str) -> Iterator[str]:
    """The words of a unit's line as systemd reads them: quotes, then escapes, then specifiers."""
    for quoted in re.findall(r'"((?:[^"\\]|\\.)*)"(?: |$)', value):
        yield re.sub(r"\\(.)", r"\1", quoted).replace("%%", "%")


def test_a_service_names_program_project_and_folders_as_they_are_called(odd: Timetable) -> None:
    for job in odd.jobs:
        service = Systemd().wanted(odd)[f"{odd.home}/.config/systemd/user/{odd.name_of(job.name)}.service"]
        program, *words = words_of(setting(service, "ExecStart"))
        assert not [word for word in words if re.search(r"(?<!\$)(?:\$\$)*\$(?!\$)", word)], "that is a variable's"
        told = [word.replace("$$", "$") for word in words]
        assert tuple(told if program == "/usr/bin/env" else [program, *told]) == job.words
        assert list(words_of(setting(service, "Environment"))) == [f"XDG_STATE_HOME={job.variables['XDG_STATE_HOME']}"]
        assert list(words_of(setting(service, "ReadWritePaths"))) == [f"-{path}" for path in odd.writes]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
def test_systemd_itself_has_nothing_against_the_units(odd: Timetable) -> None:
    units = written(odd)
    assert len(units) == 4
    assert verified(odd, units) == ""


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
@pytest.mark.parametrize("odd", [name for name in ODD if "quo" not in name and "back" not in name], indirect=True)
def test_systemd_finds_the_program_by_its_name_alone(odd: Timetable) -> None:
    """One escape too few or too many would be a program that is not there: that it tells."""
    Path(odd.jobs[0].words[0]).unlink()
    assert f"Command {odd.jobs[0].words[0]} is not executable" in verified(odd, written(odd))


def written(of: Timetable) -> dict[str, str]:
    units = Systemd().wanted(of)
    for path, words in units.items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(words)
    return units


def verified(of: Timetable, units: dict[str, str]) -> str:
    """What systemd-analyze has against these units; its complaints of this machine are left out."""
    done = subprocess.run(
        ["systemd-analyze", "--user", "--man=no", "verify", *(str(Path(path)) for path in units)],
        env={**of.environment, "XDG_RUNTIME_DIR": str(of.home), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return "\n".join(line for line in done.stderr.splitlines() if of.title in line or "contentkit" in line)


def test_a_line_of_the_crontab_starts_the_program_with_its_words(odd: Timetable) -> None:
    line = crontab_lines(odd)[0]
    times, command = line.split("  ", 1)
    assert times == "* * * * *"
    assert not re.search(r"(?<!\\)%", command), "to cron, a bare percent sign ends the command"
    given = command.replace(r"\%", "%")
    done = subprocess.run(["/bin/sh", "-c", given], env={"PATH": "/usr/bin:/bin"}, capture_output=True, check=False)
    assert done.stdout.decode().splitlines() == [*odd.jobs[0].words[1:], odd.jobs[0].variables["XDG_STATE_HOME"]]


def test_an_agent_names_them_too(odd: Timetable) -> None:
    [post, sync] = (plistlib.loads(words.encode()) for words in Launchd().wanted(odd).values())
    assert post["ProgramArguments"] == list(odd.jobs[0].words)
    assert sync["EnvironmentVariables"] == dict(odd.jobs[1].variables)


@pytest.mark.parametrize("every", RHYTHMS)
def test_a_rhythm_is_read_back_from_what_was_written(tmp_path: Path, every: int) -> None:
    rhythm = timetable(tmp_path, tmp_path / "contentkit", every)
    assert {one.rhythm(one.wanted(rhythm)) for one in (Systemd(), Launchd())} == {every}
    minutes = "*" if every == 1 else f"*/{every}"
    assert crontab_lines(rhythm)[0].startswith(f"{minutes} * * * *  ")


@pytest.mark.parametrize("name", ["two\nlines", "a\rreturn", "half\udcff"])
@pytest.mark.parametrize("moved", [False, True])
def test_a_folder_that_no_line_can_name_is_refused(name: str, moved: bool) -> None:
    environment = {"HOME": "/home/ana", **({"XDG_STATE_HOME": f"/state/{name}"} if moved else {})}
    with pytest.raises(UsageError, match="no scheduler can name it"):
        timetable_of(Project(Path("/posts") / ("fine" if moved else name), Config(project="ours"), environment))
