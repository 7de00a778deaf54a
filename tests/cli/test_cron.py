from __future__ import annotations

import plistlib
from dataclasses import replace

import pytest

from tests.cli.programs import CRONTAB, LAUNCHCTL, SYSTEMCTL, Machine
from tests.cli.shell import CONFIG, DRAFT, NOTE, Ran, Shell, entry, time_in
from tests.cli.test_approve import texts_at
from tests.cli.test_doctor_cron import MASTODON, Cron, line_command

NO_MANAGER = "#!/bin/sh\necho 'Failed to connect to bus: No medium found' >&2\nexit 1\n"
OTHERS = b"MAILTO=ana@example.org\n# caf\xe9, written long ago\n\n0 3 * * *\ttar czf 'x %' ~/posts\n@reboot true\n"


def cron(machine: Machine, *words: str) -> Ran:
    return machine.shell.run("cron", *words, variables=machine.variables)


@pytest.fixture
def machine(shell: Shell) -> Machine:
    """A machine with cron, and a systemd that runs no manager for its users."""
    return Machine(shell, crontab=CRONTAB, systemctl=NO_MANAGER)


@pytest.fixture
def modern(shell: Shell) -> Machine:
    return Machine(shell, crontab=CRONTAB, systemctl=SYSTEMCTL)


@pytest.fixture
def mac(shell: Shell) -> Machine:
    return Machine(shell, launchctl=LAUNCHCTL)


# -- crontab


@pytest.mark.parametrize("before", [None, b"", OTHERS])
def test_a_crontab_gets_this_projects_lines_and_keeps_every_other_byte(machine: Machine, before: bytes | None) -> None:
    if before is not None:
        machine.crontab = before
    ran = cron(machine, "install")
    root = machine.shell.project
    xdg = f"XDG_STATE_HOME={machine.shell.home}/state XDG_CONFIG_HOME={machine.shell.home}/config"
    line = f"* * * * *  {xdg} {line_command()} -C {root} post"
    assert (ran.code, ran.out.splitlines()) == (0, ["crontab", f"  {line}"])
    block = f"# contentkit: begin {root}\n{line}\n# contentkit: end {root}\n".encode()
    assert machine.crontab == (before or b"") + block
    assert cron(machine, "uninstall").code == 0
    assert machine.crontab == (before or b"")


def test_installed_again_nothing_is_written_again(machine: Machine) -> None:
    cron(machine, "install")
    ran = cron(machine, "install")
    assert (ran.code, ran.out, "as it would be written now" in ran.err) == (0, "", True)
    assert machine.asked("crontab -") != []
    assert [line for line in machine.asked() if line == "crontab -"] == ["crontab -"]


def test_what_stands_below_the_lines_stays_below_them(machine: Machine) -> None:
    cron(machine, "install")
    assert machine.crontab is not None
    machine.crontab += OTHERS
    assert cron(machine, "install", "--every", "5").code == 0
    assert b"\n*/5 * * * *  XDG" in machine.crontab
    assert machine.crontab.endswith(f"# contentkit: end {machine.shell.project}\n".encode() + OTHERS)
    cron(machine, "uninstall")
    assert machine.crontab == OTHERS


def test_a_crontab_without_a_last_line_end_gets_one(machine: Machine) -> None:
    machine.crontab = b"@reboot true"
    cron(machine, "install")
    assert (machine.crontab or b"").startswith(b"@reboot true\n# contentkit: begin ")


def test_a_rhythm_stays_until_another_is_asked_for(machine: Machine) -> None:
    cron(machine, "install", "--every", "15")
    assert "as it would be written now" in cron(machine, "install").err
    assert "crontab: installed, each 15 minutes" in cron(machine).out
    assert cron(machine, "install", "--every", "1").code == 0
    assert "crontab: installed, each minute" in cron(machine).out


def test_the_line_of_the_crontab_publishes_however_folders_are_called(shell: Shell) -> None:
    odd = replace(shell, home=shell.home / 'Ana\'s 100% $HOME ñ"quoted"')
    odd = odd.at(odd.project)
    for name, content in (("contentkit.toml", CONFIG), ("notes/call.md", NOTE), ("drafts/launch.md", DRAFT)):
        odd.write(name, content)
    odd.enter(entry("launch", at=time_in(seconds=-60)))
    assert odd.run("approve", "launch", "--yes").code == 0
    machine = Machine(odd, crontab=CRONTAB)
    assert cron(machine, "install").code == 0
    assert machine.crontab is not None
    [_, line, _] = machine.crontab.decode().splitlines()
    ran = Cron(odd).run(line)
    assert (ran.code, ran.err) == (0, "")
    assert len(texts_at(odd)) == 3


def test_where_figures_can_be_had_a_second_line_asks_for_them_and_goes_with_the_account(machine: Machine) -> None:
    machine.shell.write("contentkit.toml", MASTODON)
    cron(machine, "install")
    assert machine.crontab is not None
    assert [line.split()[-1] for line in machine.crontab.decode().splitlines()[1:-1]] == ["post", "sync"]
    machine.shell.write("contentkit.toml", CONFIG)
    assert "differs from what 'contentkit cron install' would write" in cron(machine).out
    cron(machine, "install")
    assert b"sync" not in machine.crontab


def test_a_look_writes_nothing(machine: Machine) -> None:
    ran = cron(machine, "install", "--dry-run")
    assert (ran.code, ran.out.splitlines()[0], ran.err) == (0, "crontab", "Nothing was written.\n")
    assert machine.crontab is None
    cron(machine, "install")
    before = machine.crontab
    assert cron(machine, "uninstall", "--dry-run").out == "crontab\n"
    assert machine.crontab == before


def test_two_projects_stand_in_one_crontab(machine: Machine) -> None:
    cron(machine, "install")
    first = machine.crontab
    other = machine.shell.at(machine.shell.home / "other")
    other.here.mkdir()
    (other.here / "contentkit.toml").write_text(CONFIG)
    assert other.run("cron", "install", variables=machine.variables).code == 0
    assert other.run("cron", "uninstall", variables=machine.variables).code == 0
    assert machine.crontab == first


def test_a_crontab_that_cannot_be_read_is_told_and_not_overwritten(shell: Shell) -> None:
    refusing = "#!/bin/sh\necho 'You (ana) are not allowed to use this program (crontab)' >&2\nexit 1\n"
    ran = cron(Machine(shell, crontab=refusing), "install")
    assert (ran.code, ran.out) == (1, "")
    assert "'crontab -l' failed: You (ana) are not allowed to use this program" in ran.err


def test_a_crontab_that_takes_something_else_is_told(shell: Shell) -> None:
    forgetful = CRONTAB.replace('-) cat > "$HOME/crontab"', "-) cat > /dev/null")
    ran = cron(Machine(shell, crontab=forgetful), "install")
    assert (ran.code, "not what was written" in ran.err) == (1, True)


@pytest.mark.parametrize("marks", ["begin", "end", "end begin", "begin end begin end"])
def test_marks_that_are_no_pair_are_left_to_a_person(machine: Machine, marks: str) -> None:
    content = "".join(f"# contentkit: {kind} {machine.shell.project}\n" for kind in marks.split()).encode()
    machine.crontab = content
    for word in ("install", "uninstall"):
        ran = cron(machine, word)
        assert (ran.code, "are not one pair" in ran.err, machine.crontab) == (1, True, content)


def test_a_line_that_somebody_wrote_by_hand_is_named(machine: Machine) -> None:
    line = f"* * * * *  cd {machine.shell.project} && ~/.local/bin/contentkit post"
    machine.crontab = f"# {line}\n{line}\n17 * * * * contentkit -C /elsewhere post\n".encode()
    assert cron(machine).out == f"your crontab has a line of its own for this project: {line}\n"
    assert f"take it out (crontab -e): {line}" in cron(machine, "install").err


# -- systemd


def units(machine: Machine) -> dict[str, str]:
    """The user's units by name."""
    folder = machine.shell.home / "config/systemd/user"
    return {path.name: path.read_text() for path in folder.iterdir()} if folder.exists() else {}


def test_where_a_user_has_a_manager_its_timers_are_taken(modern: Machine) -> None:
    modern.shell.write("contentkit.toml", MASTODON)
    ran = cron(modern, "install")
    assert (ran.code, modern.crontab) == (0, None)
    assert [name.rpartition("-")[2] for name in sorted(units(modern))] == [
        "post.service",
        "post.timer",
        "sync.service",
        "sync.timer",
    ]
    assert [name.rpartition("-")[2] for name in modern.running] == ["post.timer", "sync.timer"]
    assert "loginctl enable-linger" in ran.err
    timers = "".join(words for name, words in units(modern).items() if name.endswith(".timer"))
    assert "OnCalendar=minutely" in timers
    assert "OnCalendar=*:17" in timers
    assert timers.count("Persistent=true") == 2
    assert modern.asked("daemon-reload") != []


def test_the_service_may_write_where_the_log_lies_and_is_told_what_an_alert_command_may_do(modern: Machine) -> None:
    settings = modern.shell.home / "config/contentkit"
    settings.mkdir(parents=True)
    words = 'version = 1\n[alerts]\ncommand = ["/bin/true"]\n[log]\nfile = "~/logs/contentkit.jsonl"\n'
    (settings / "machine.toml").write_text(words)
    (settings / "machine.toml").chmod(0o600)
    ran = cron(modern, "install")
    assert (ran.code, "your alert command may do no more than the service" in ran.err) == (0, True)
    [service] = [words for name, words in units(modern).items() if name.endswith(".service")]
    [writes] = [line for line in service.splitlines() if line.startswith("ReadWritePaths=")]
    home = modern.shell.home
    folders = (modern.shell.project, modern.shell.state, settings, home / "logs")
    assert writes == "ReadWritePaths=" + " ".join(f'"-{folder}"' for folder in folders)


def test_what_timers_start_goes_with_them(modern: Machine) -> None:
    modern.shell.write("contentkit.toml", MASTODON)
    cron(modern, "install", "--every", "10")
    modern.shell.write("contentkit.toml", CONFIG)
    assert cron(modern, "install").code == 0
    assert [name.rpartition("-")[2] for name in modern.running] == ["post.timer"]
    assert "systemd: installed, each 10 minutes" in cron(modern).out
    ran = cron(modern, "uninstall")
    assert (ran.code, units(modern), modern.running) == (0, {}, [])


def test_one_scheduler_is_enough(modern: Machine) -> None:
    cron(modern, "install", "--with", "crontab")
    ran = cron(modern, "install", "--with", "systemd")
    assert (ran.code, units(modern)) == (2, {})
    assert "crontab starts this project already" in ran.err
    assert "as it would be written now" in cron(modern, "install").err


def test_a_timer_that_cannot_be_enabled_is_told_in_the_managers_words(shell: Shell) -> None:
    broken = SYSTEMCTL.replace("enable)", 'enable) echo "Failed to enable unit: Read-only file system" >&2; exit 1')
    ran = cron(Machine(shell, systemctl=broken), "install")
    assert (ran.code, "Failed to enable unit: Read-only file system" in ran.err) == (1, True)


@pytest.mark.parametrize("status", [0, 226])
def test_a_manager_that_can_build_no_walls_is_found_out_before_anything_is_written(shell: Shell, status: int) -> None:
    trying = f'#!/bin/sh\necho "systemd-run $*" >> "$HOME/asked"\nexit {status}\n'
    machine = Machine(shell, systemctl=SYSTEMCTL, systemd_run=trying)
    ran = cron(machine, "install")
    assert (ran.code, units(machine) == {}) == ((0, False) if status == 0 else (1, True))
    assert ("status 226" in ran.err, "--with crontab" in ran.err) == (bool(status), bool(status))
    [tried] = machine.asked("systemd-run")
    assert "--property=ProtectSystem=strict" in tried


# -- launchd


def agents(machine: Machine) -> dict[str, bytes]:
    folder = machine.shell.home / "Library/LaunchAgents"
    return {path.stem: path.read_bytes() for path in folder.glob("*")} if folder.exists() else {}


def test_a_mac_gets_an_agent_for_each_job_and_loads_it(mac: Machine) -> None:
    mac.shell.write("contentkit.toml", MASTODON)
    assert cron(mac, "install").code == 0
    post, sync = (plistlib.loads(words) for _, words in sorted(agents(mac).items()))
    assert post["ProgramArguments"] == [line_command(), "-C", str(mac.shell.project), "post"]
    assert post["EnvironmentVariables"]["XDG_STATE_HOME"] == str(mac.shell.home / "state")
    assert (post["StartInterval"], post["Umask"], sync["StartCalendarInterval"]) == (60, 0o077, {"Minute": 17})
    assert mac.running == sorted(agents(mac)) == [post["Label"], sync["Label"]]
    assert cron(mac, "install").out == ""


def test_an_agent_that_changes_is_loaded_anew_and_leaves_nothing_behind(mac: Machine) -> None:
    cron(mac, "install")
    assert cron(mac, "install", "--every", "5").code == 0
    [name] = mac.running
    assert plistlib.loads((mac.shell.home / f"runs-{name}").read_bytes())["StartInterval"] == 300
    assert cron(mac, "uninstall").code == 0
    assert (agents(mac), mac.running) == ({}, [])


# -- on every machine


def test_at_a_desk_nothing_is_installed_unless_a_person_says_so(machine: Machine) -> None:
    copy = 'approved: {by: Ana, at: 2026-11-22T18:04:00Z, digest: "sha256:0", clone: "0123"}'
    machine.shell.enter(entry("launch", at=time_in(hours=1), more=copy))
    ran = cron(machine, "install")
    assert (ran.code, machine.crontab) == (1, None)
    assert "cron publishes on the publisher's machine, and this is not it" in ran.err
    assert cron(machine, "install", "--yes").code == 0
    assert machine.crontab is not None


def test_a_machine_without_any_scheduler_says_what_it_looked_for(shell: Shell) -> None:
    ran = cron(Machine(shell, systemctl=NO_MANAGER), "install")
    assert (ran.code, ran.out) == (1, "")
    assert "systemd runs no manager for this user's session; there is no 'crontab'; there is no 'launchctl'" in ran.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--with", "crontabs"], 2, "did you mean 'crontab'?"),
        (["--with", "launchd"], 1, "launchd cannot be used here: there is no 'launchctl'"),
        (["--every", "7"], 2, "an hour has no such parts"),
        (["--every", "0"], 2, "an hour has no such parts"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    machine: Machine, words: list[str], code: int, said: str
) -> None:
    ran = cron(machine, "install", *words)
    assert (ran.code, said in ran.err, machine.crontab) == (code, True, None)


def test_nothing_installed_is_told_and_no_fault(machine: Machine) -> None:
    for words, said in (([], "contentkit cron install"), (["uninstall"], "Nothing is installed")):
        ran = cron(machine, *words)
        assert (ran.code, ran.out, said in ran.err) == (0, "", True)


@pytest.mark.parametrize("kind", ["crontab", "systemd"])
def test_no_secret_reaches_what_is_written_or_who_is_asked(modern: Machine, kind: str) -> None:
    modern.shell.write("contentkit.toml", MASTODON)
    secret = {**modern.variables, "CONTENTKIT_OURS_TOKEN": "horse-battery"}
    assert modern.shell.run("cron", "install", "--with", kind, variables=secret).code == 0
    assert "XDG_CONFIG_HOME=" in modern.environment
    written = "".join([*units(modern).values(), (modern.crontab or b"").decode()])
    assert "post" in written
    assert "horse-battery" not in written + modern.environment


def test_what_is_installed_is_a_value_for_a_program(machine: Machine) -> None:
    cron(machine, "install", "--every", "5")
    [one] = cron(machine, "--json").json
    assert (one["scheduler"], one["every"], list(one["pieces"])) == ("crontab", 5, ["crontab"])


# -- doctor knows what is installed


def _installed(machine: Machine, level: str) -> list[str]:
    """What doctor says of that, as far as it is of this level."""
    rows = machine.shell.run("doctor", "--cron", variables=machine.variables).rows
    return [row[2] for row in rows if row[:2] == [level, "installed"]]


def test_doctor_tells_what_is_installed_and_when_it_is_no_longer_as_it_would_be(machine: Machine) -> None:
    assert _installed(machine, "ok") == ["nothing starts this project here yet: contentkit cron install"]
    cron(machine, "install")
    assert _installed(machine, "ok") == ["crontab: installed, each minute"]
    assert machine.crontab is not None
    machine.crontab = machine.crontab.replace(b"/contentkit -C", b"/old-contentkit -C")
    assert _installed(machine, "warning") == ["crontab: differs from what 'contentkit cron install' would write"]


def test_doctor_tells_of_two_things_that_start_one_project(machine: Machine) -> None:
    cron(machine, "install")
    assert machine.crontab is not None
    machine.crontab += f"* * * * * contentkit -C {machine.shell.project} post\n".encode()
    assert _installed(machine, "warning") == ["more than one thing starts this project here"]


def test_the_folder_of_a_project_is_found_from_below(machine: Machine) -> None:
    below = replace(machine.shell, here=machine.shell.project / "drafts")
    assert below.run("cron", "install", variables=machine.variables).code == 0
    assert machine.crontab is not None
    assert f"-C {machine.shell.project} post" in machine.crontab.decode()


def test_lines_that_install_wrote_are_those_that_doctor_prints(machine: Machine) -> None:
    machine.shell.write("contentkit.toml", MASTODON)
    ran = machine.shell.run("doctor", "--cron", variables=machine.variables)
    cron(machine, "install")
    assert machine.crontab is not None
    assert machine.crontab.decode().splitlines()[1:-1] == ran.out.splitlines()[-2:]
