"""A machine's own programs as small scripts on a PATH of their own: each keeps what it is told, and notes how it was asked."""

from __future__ import annotations

from pathlib import Path

from tests.cli.shell import Shell

# As Debian's: no crontab yet is an exit of 1, and a file is taken from standard input.
CRONTAB = """#!/bin/sh
echo "crontab $*" >> "$HOME/asked"
env >> "$HOME/environment"
case "$1" in
-l) [ -f "$HOME/crontab" ] || { echo "no crontab for ana" >&2; exit 1; }; cat "$HOME/crontab" ;;
-) cat > "$HOME/crontab" ;;
esac
"""
# A manager that reads one folder, enables only timers that are there, and knows which run.
SYSTEMCTL = """#!/bin/sh
echo "systemctl $*" >> "$HOME/asked"
env >> "$HOME/environment"
folder="$HOME/config/systemd/user"
case "$2" in
show) echo "/etc/systemd/user $folder $HOME/.config/systemd/user" ;;
enable)
  shift 3
  for timer in "$@"; do
    [ -f "$folder/$timer" ] || { echo "Failed to enable unit: Unit file $timer does not exist." >&2; exit 1; }
    touch "$HOME/runs-$timer"
  done ;;
disable) shift 3; for timer in "$@"; do rm -f "$HOME/runs-$timer"; done ;;
esac
"""
# An agent is loaded once; what is not loaded cannot be asked about or ended.
LAUNCHCTL = """#!/bin/sh
echo "launchctl $*" >> "$HOME/asked"
case "$1" in
print) [ -f "$HOME/runs-${2##*/}" ] || exit 113 ;;
bootstrap)
  name=$(basename "$3" .plist)
  [ -f "$HOME/runs-$name" ] && { echo "Bootstrap failed: 5: Input/output error" >&2; exit 5; }
  cp "$3" "$HOME/runs-$name" ;;
bootout) [ -f "$HOME/runs-${2##*/}" ] || exit 3; rm "$HOME/runs-${2##*/}" ;;
esac
"""


class Machine:
    """A machine on which just these programs are found, beside sh and what it needs; in their names a dash is an underscore."""

    def __init__(self, shell: Shell, **scripts: str) -> None:
        self.shell = shell
        self.folder = shell.home / "programs"
        self.folder.mkdir()
        for needed in ("sh", "cat", "env", "touch", "rm", "cp", "basename", "git"):
            self._link(needed)
        for name, script in scripts.items():
            path = self.folder / name.replace("_", "-")
            path.write_text(script)
            path.chmod(0o755)

    def _link(self, name: str) -> None:
        there = next(path for folder in ("/usr/bin", "/bin") if (path := Path(folder) / name).exists())
        (self.folder / name).symlink_to(there)

    @property
    def variables(self) -> dict[str, str]:
        return {"PATH": str(self.folder)}

    @property
    def crontab(self) -> bytes | None:
        """The user's crontab; None where there is none."""
        path = self.shell.home / "crontab"
        return path.read_bytes() if path.exists() else None

    @crontab.setter
    def crontab(self, content: bytes) -> None:
        (self.shell.home / "crontab").write_bytes(content)

    @property
    def running(self) -> list[str]:
        """The timers and agents that are obeyed now."""
        return sorted(path.name.removeprefix("runs-") for path in self.shell.home.glob("runs-*"))

    def asked(self, word: str = "") -> list[str]:
        """How its programs were asked, oldest first; only what has this word."""
        path = self.shell.home / "asked"
        return [line for line in path.read_text().splitlines() if word in line] if path.exists() else []

    @property
    def environment(self) -> str:
        """Everything that its programs saw of the environment."""
        return (self.shell.home / "environment").read_text()
