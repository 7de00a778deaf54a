"""A thread that is out on a Mastodon-compatible server and on X, for tests that change it afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.cli.shell import CONFIG, DRAFT, NOTE, Ran, Shell, entry, time_in
from tests.servers.compatible_server import MASTODON, CompatibleServer
from tests.servers.x_server import XServer

EDITED = "We threw the queue away, and gave each account a lane of its own."
SAID = "We threw the queue away, and made each account a lane of its own."
ADDED = "A correction: the lanes are one for each network."


@dataclass
class Published:
    """A project of which ``launch`` can be published on ``ours`` (Mastodon) and ``ours-x``, and what stands there."""

    shell: Shell
    server: CompatibleServer
    x: XServer

    def publish(self, *accounts: str) -> None:
        """Connects both accounts, and publishes the thread on these."""
        self.connect()
        self.enter(*accounts)
        assert self.run("approve", "launch", "--yes", "--by", "Ana").code == 0
        ran = self.run("post")
        assert (ran.code, ran.out.count(": sent: ")) == (0, 3 * len(accounts)), ran

    def connect(self, server: str = "") -> None:
        """The accounts as contentkit.toml has them; ``server`` stands in for the Mastodon server, as a proxy does."""
        words = f'[accounts.ours]\nplatform = "mastodon"\nserver = "{server or self.server.url}"\nlanguage = "en"\n'
        words += f'[accounts.ours-x]\nplatform = "x"\nserver = "{self.x.url}"\n[publishing]\nsettle = "0s"\n'
        self.shell.write("contentkit.toml", f"{CONFIG}{words}")
        keys = "".join(f'{name} = "{value}"\n' for name, value in self.x.keys.as_secrets().items())
        path = self.shell.home / "config/contentkit/secrets.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'[ours]\ntoken = "{self.server.token}"\n[ours-x]\n{keys}')
        path.chmod(0o600)

    def enter(self, *accounts: str) -> None:
        self.shell.enter(entry("launch", at=time_in(minutes=-1), accounts=", ".join(accounts)))

    def run(self, *words: str) -> Ran:
        return self.shell.run(*words)

    def edit(self, old: str = SAID, new: str = EDITED) -> None:
        """Other words in the draft, and in the note that it rests on."""
        for name in ("drafts/launch.md", "notes/call.md"):
            path = self.shell.project / name
            path.write_text(path.read_text().replace(old, new))

    def add(self, text: str = ADDED, *, only: str = "") -> None:
        """One more post at the end of the draft, and in the note that it rests on."""
        note, draft = (self.shell.project / name for name in ("notes/call.md", "drafts/launch.md"))
        note.write_text(f"{note.read_text()}\n{text}\n")
        line = len(note.read_text().splitlines())
        only = f"<!-- only: {only} -->\n" if only else ""
        draft.write_text(f"{draft.read_text()}\n---\n\n{text}\n<!-- evidence: notes/call.md#L{line} -->\n{only}")

    def drop_last(self) -> None:
        """The draft without its last post."""
        draft = self.shell.project / "drafts/launch.md"
        draft.write_text(draft.read_text().rpartition("---\n")[0])

    @property
    def toots(self) -> Sequence[Sequence[str]]:
        return self.server.threads()

    @property
    def tweets(self) -> Sequence[Sequence[str]]:
        return self.x.threads()


__all__ = ["ADDED", "DRAFT", "EDITED", "MASTODON", "NOTE", "SAID", "Published"]
