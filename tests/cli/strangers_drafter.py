"""A stranger's drafter, installed beside contentkit: its drafts follow from the note alone, so that tests can foretell them."""

from __future__ import annotations

from pathlib import Path

from tests.cli.shell import CONFIG, Ran, Shell

# A post for each paragraph behind the heading; the stories are its halves; other words for a post stand behind "or:" below it.
_DRAFTER = """
from contentkit.errors import ContentError
from contentkit.models import Alternative, Draft, Post
from contentkit.text import slug_of

class Paragraphs:
    def draft(self, source, brief):
        return self._draft(source, source.title or "untold", self._posts(source)[: brief.posts])

    def stories(self, source, brief, number):
        posts = self._posts(source)
        share = max(1, -(-len(posts) // number))
        told = [posts[place : place + share] for place in range(0, len(posts), share)]
        return [self._draft(source, f"Story {place}", posts) for place, posts in enumerate(told, 1)]

    def alternatives(self, source, brief, post, number):
        if "refuse" in source.title:
            raise ContentError(f"{source.path}: nobody may draft from this", hint="ask first")
        others = [other for one in self._posts(source, all_others=True) if one.text == post.text for other in one.alternatives]
        return others[:number]

    def _draft(self, source, title, posts):
        return Draft(
            slug=slug_of(title), title=title, posts=tuple(posts), sources=(source.path,), language="en", drafter="paragraphs"
        )

    def _posts(self, source, all_others=False):
        posts = []
        for one in source.passages:
            evidence = (source.evidence(one.first, one.last),)
            if one.text.startswith("or: "):
                other = Alternative(text=one.text.removeprefix("or: "), evidence=evidence)
                kept = (*posts[-1].alternatives, other) if all_others else posts[-1].alternatives
                posts[-1] = Post(text=posts[-1].text, evidence=posts[-1].evidence, alternatives=kept)
            elif one.kind == "paragraph":
                posts.append(Post(text=one.text, evidence=evidence))
        return posts

class Silent:
    def draft(self, source, brief):
        return Paragraphs().draft(source, brief)

def paragraphs(settings, key, withheld):
    return Paragraphs()

def silent(settings, key, withheld):
    return Silent()
"""
_POINTS = "[contentkit.drafters]\nparagraphs = strangers_drafter:paragraphs\nsilent = strangers_drafter:silent\n"
_SETTINGS = '\n[drafter]\nname = "paragraphs"\n'


class Stranger:
    """A project whose drafts a stranger's drafter writes."""

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.folder: Path = shell.home / "plugins"
        info = self.folder / "stranger-1.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1\n")
        (info / "entry_points.txt").write_text(_POINTS)
        (self.folder / "strangers_drafter.py").write_text(_DRAFTER)
        shell.write("contentkit.toml", CONFIG + _SETTINGS)

    @property
    def variables(self) -> dict[str, str]:
        return {"PYTHONPATH": str(self.folder)}

    def run(self, *words: str) -> Ran:
        return self.shell.run(*words, variables=self.variables)

    def note(self, *paragraphs: str, title: str = "The lanes") -> None:
        """Makes these the paragraphs of ``notes/lanes.md``."""
        self.shell.write("notes/lanes.md", "\n\n".join((f"# {title}", *paragraphs)) + "\n")

    def drafted(self, *paragraphs: str) -> Path:
        """The file of a fresh draft with these posts."""
        self.note(*paragraphs)
        ran = self.run("draft", "notes/lanes.md", "--slug", "lanes")
        assert ran.code == 0, ran.err
        return self.shell.project / "drafts/lanes.md"
