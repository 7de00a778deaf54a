"""What was said off the record, and names that are confidential, come out nowhere, whatever is done with the notes.

Notes of every format hold words that occur nowhere else. Every command is run on them, also into errors and tracebacks,
against a model that sends back whatever it is told. Then each request, file, database, output and git object is searched
for the words: as they are, in any case, backwards, in base64, in hexadecimal, in UTF-16, percent-encoded, torn by line ends.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from contentkit.testing.loopback import Answer, LoopbackServer, Reply, Request
from tests.canary_notes import FORMATS, SAID, Builder, Canaries, base64_forms_of, every_mark, forms_of
from tests.cli.shell import COMMAND, CONFIG, Ran, Shell, entry, time_in
from tests.drafting.model_server import ModelServer, fails, says
from tests.test_plugins import install

TOWNS = ("Ridgeway", "Halcombe", "Ostrava", "Pellworm", "Quimper")
NAMES = tuple(f"{town} {trade}" for town in TOWNS for trade in ("Foods", "Freight"))
pytestmark = pytest.mark.timeout(900)
PUBLISHED = "extractive-chat-txt"
# A drafter that dies with all that it knows on its lips.
INDISCREET = """
class Thing:
    def __init__(self, settings, key, withheld):
        self.known = (settings, withheld)

    def draft(self, source, brief):
        raise ValueError(repr((self.known, source, vars(source) if hasattr(source, "__dict__") else "")))
"""


def indiscreet(request: Mapping[str, Any]) -> Reply:
    """A model that cites every sentence, says it, and repeats all that it was told."""
    prompt = "\n".join(message["content"] for message in request["messages"])
    numbered = re.findall(r"^(S\d+): (.*)", prompt, re.M)
    posts = [{"text": said, "ids": [number]} for number, said in numbered]
    return says(json.dumps({"posts": posts, "told": prompt}))


@dataclass
class World:
    """A project with its notes, and all that came out of it. ``canaries`` must not come out, ``names`` only in notes."""

    shell: Shell
    canaries: Canaries = field(default_factory=lambda: Canaries(0))
    ran: dict[str, Ran] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    raw: set[str] = field(default_factory=set)

    def run(self, *arguments: str, variables: Mapping[str, str] | None = None) -> Ran:
        """Runs a command, and keeps what it says."""
        done = self.shell.run(*arguments, variables=variables)
        self.ran[f"{len(self.ran)}: {' '.join(arguments)}"] = done
        return done

    def plant(self, name: str, content: bytes) -> None:
        """Writes a raw file. It may hold what must not come out, and is not searched."""
        self.shell.write(name, content)
        self.raw.add(name)

    def git(self, *arguments: str) -> bytes:
        who = {"GIT_AUTHOR_NAME": "Ana", "GIT_AUTHOR_EMAIL": "a@example.org"}
        who |= {"GIT_COMMITTER_NAME": "Ana", "GIT_COMMITTER_EMAIL": "a@example.org"}
        command = ["git", *arguments]
        return subprocess.run(
            command, cwd=self.shell.project, env=self.shell.environment(who), capture_output=True, check=True
        ).stdout

    def outputs(self) -> Iterator[tuple[str, bytes]]:
        for command, done in self.ran.items():
            yield f"output of {command}", done.out.encode()
            yield f"talk of {command}", done.err.encode()

    def asked(self) -> Iterator[tuple[str, bytes]]:
        for number, request in enumerate(self.requests):
            yield f"request {number}", repr((request.target, request.headers)).encode() + request.body

    def files(self, *apart: str) -> Iterator[tuple[str, bytes]]:
        """Each file of project, state and settings but the raw ones and those below ``apart``."""
        for path in sorted(self.shell.home.rglob("*")):
            name = path.relative_to(self.shell.home).as_posix().removeprefix("project/")
            if path.is_file() and name not in self.raw and not name.startswith(("notes/raw/", "site/", *apart)):
                yield name, name.encode() + b"\n" + path.read_bytes()

    def objects(self) -> Iterator[tuple[str, bytes]]:
        yield "git's objects", self.git("cat-file", "--batch-all-objects", "--batch")


def held(places: Iterator[tuple[str, bytes]], words: list[str]) -> list[tuple[str, str]]:
    """Which word is found in which place, in whatever form."""
    forms = [(word, list(forms_of(word)), list(base64_forms_of(word))) for word in words]
    found = []
    for place, content in places:
        joined = re.sub(rb"\s|\\n|\\r|=\r?\n", b"", content)
        small = content.lower() + b"\n" + joined.lower()
        encoded = content + b"\n" + joined
        for word, plain, base64 in forms:
            if any(form in small for form in plain) or any(form in encoded for form in base64):
                found.append((place, word))
    return found


@pytest.fixture(scope="module", params=["once", pytest.param("thoroughly", marks=pytest.mark.nightly)])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> World:
    """Each note drafted once, by one drafter or the other; or by both, with every mark in every kind of text."""
    home = tmp_path_factory.mktemp("canaries")
    (home / "project").mkdir()
    site = home / "site"
    site.mkdir()
    install(site, "indiscreet", "contentkit.drafters", "indiscreet", INDISCREET)
    world = World(Shell(home=home, here=home / "project"))
    builders = FORMATS if request.param == "once" else FORMATS | every_mark()
    with ModelServer(indiscreet).running() as model, LoopbackServer(lambda _: served(world)) as web:
        settings(world, model.base_url, web.url)
        notes(world, builders)
        read(world, web.url)
        for number, name in enumerate(sorted(builders)):
            drafters = (
                ("extractive", "openai") if request.param == "thoroughly" else (("extractive", "openai")[number % 2],)
            )
            for drafter in drafters:
                draft(world, name, drafter)
        worked_on(world)
        published(world)
        troubles(world, model, str(site))
        world.requests += model.received
    return world


def served(world: World) -> Answer:
    """A page of the web with words off the record on it."""
    body = FORMATS["page.html"](world.canaries, NAMES[8])
    return Answer(status=200, headers=(("Content-Type", "text/html; charset=utf-8"),), body=body)


def settings(world: World, model: str, web: str) -> None:
    world.git("init", "-q")
    world.run("init", "--name", "our-posts")
    drafter = f'[drafter]\nname = "extractive"\nbase_url = "{model}"\nmodel = "m"\nretries = 0\n'
    world.shell.write("contentkit.toml", f"{CONFIG}\n{drafter}")
    world.plant("confidential.txt", "\n".join(f"{name} | {name.split()[0]}" for name in NAMES).encode())
    machine = world.shell.home / "config" / "contentkit" / "machine.toml"
    machine.parent.mkdir(parents=True)
    machine.write_text(f'version = 1\n[web]\nhosts = ["{web.removeprefix("http://")}"]\n')
    machine.chmod(0o600)


def notes(world: World, builders: Mapping[str, Builder]) -> None:
    """The raw notes, and one that lies among the others."""
    for place, (name, build) in enumerate(builders.items()):
        world.plant(f"notes/raw/{name}", build(world.canaries, NAMES[place % len(NAMES)]))
    world.plant("notes/in-the-open.md", FORMATS["monday.md"](world.canaries, NAMES[0]))
    world.plant("notes/raw/silent.md", f"off_record: true\n\nThe board of {world.canaries.next()} sells.\n".encode())
    broken = f"{SAID[0]} The board of {world.canaries.next()} sells. [/off the record] And {world.canaries.next()}.\n"
    world.plant("notes/raw/broken.md", broken.encode())


def read(world: World, web: str) -> None:
    world.run("ingest", "notes/raw", "notes/in-the-open.md")
    world.run("ingest", "notes/raw", "--json")
    world.run("ingest", f"{web}/queue")
    piped = FORMATS["monday.md"](world.canaries, NAMES[9])
    done = subprocess.run(
        [*COMMAND, "ingest", "-"],
        cwd=world.shell.here,
        env=world.shell.environment(),
        input=piped,
        capture_output=True,
        check=False,
    )
    world.ran["ingest -"] = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def draft(world: World, name: str, drafter: str) -> None:
    speaker = ("--speaker", "Ana Torres") if is_talk(name) else ()
    slug = f"{drafter}-{name.replace('.', '-')}"
    world.run("draft", f"notes/raw/{name}", "--drafter", drafter, "--slug", slug, *speaker)


def worked_on(world: World) -> None:
    """Drafts of several sources, several of one, other words, all of it again from a source that changed."""
    talk, monday, speaker = "notes/raw/talk.md", "notes/raw/monday.md", ("--speaker", "Ana Torres")
    world.run("draft", talk, monday, *speaker, "--slug", "together")
    world.run("draft", talk, *speaker, "--stories", "2", "--slug", "told")
    world.run("draft", monday, "--angle", f"why the board of {world.canaries.given[0]} sells")
    for drafter in ("extractive", "openai"):
        world.run("redraft", "together", "--post", "1", "--drafter", drafter)
    world.plant(monday, (world.shell.project / monday).read_bytes() + f"\n{SAID[0]}\n".encode())
    world.run("ingest", "notes/raw")
    for drafter in ("extractive", "openai"):
        world.run("draft", "together", "--again", "--drafter", drafter)
    world.run("redraft", "together", "--post", "1", "--choose", "1")


def is_talk(name: str) -> bool:
    return name.startswith(("talk", "call", "chat", "otter"))


def published(world: World) -> None:
    world.run("check", "--json")
    world.run("preview", PUBLISHED, "--evidence")
    world.run("evidence", PUBLISHED)
    world.run("evidence", PUBLISHED, "--json")
    world.run("evidence", PUBLISHED, "--mend")
    world.run("schedule", PUBLISHED, "--at", "now")
    world.run("approve", PUBLISHED, "--yes", "--by", "Ana")
    world.run("queue")
    world.run("post")
    world.run("status")
    world.run("resolve", PUBLISHED, "--skip", "--by", "Ana")
    world.run("sync")
    world.run("stats")
    world.run("stop")
    world.run("start")
    world.run("doctor")
    world.git("add", "--all")
    world.git("commit", "-q", "-m", "Notes and drafts")


def troubles(world: World, model: ModelServer, site: str) -> None:
    """What goes wrong tells nothing either."""
    world.run("ingest", "notes/raw/broken.md")
    world.run("draft", "notes/raw/silent.md")
    world.run("draft", "notes/raw/monday.txt", "--drafter", "indiscreet", variables={"PYTHONPATH": site})
    world.run("draft", "notes/raw/talk.md", "--speaker", "Nobody")
    world.run("draft", "notes/raw/talk.md", "--drafter", "openai", "--speaker", "Ana Torres", "--show-prompt")
    model.script = [fails(500)]
    world.run("draft", "notes/raw/monday.md", "--drafter", "openai", "--slug", "never")
    model.script = [says("I would rather not.")]
    world.run("draft", "notes/raw/monday.md", "--drafter", "openai", "--slug", "never")
    leaked = world.canaries.given[0].upper()
    world.plant("drafts/leak.md", leaky(f"The board of {leaked} wants to sell, and {NAMES[0]} buys."))
    for command in ("check leak", "check leak --json", "schedule leak --at now", "approve leak --yes --by Ana"):
        world.run(*command.split())
    (world.shell.project / "drafts/leak.md").unlink()
    world.shell.enter(entry("gone", at=time_in(days=1), draft="drafts/leak.md"))
    for command in ("doctor", "ingest notes/raw"):
        world.run(*command.split())
    for name in ("notes/raw/talk.md", "notes/raw/call.srt"):
        (world.shell.project / name).unlink()
    world.run("check")
    world.git("add", "--all")
    world.git("commit", "-q", "-m", "Later")


def leaky(text: str) -> bytes:
    front = "version: 1\ntitle: A leak\nsources: [notes/monday.md]"
    return f"---\n{front}\n---\n{text}\n<!-- evidence: notes/monday.md#L3 -->\n".encode()


def test_there_are_enough_canaries_and_the_commands_did_their_work(world: World) -> None:
    assert len(world.canaries.given) >= 40
    assert len(set(world.canaries.given)) == len(world.canaries.given)
    codes = {command.partition(": ")[2]: done.code for command, done in world.ran.items()}
    assert codes["post"] == 0, "something was published"
    assert codes["ingest notes/raw/broken.md"] == 1
    assert codes["check leak"] == 1
    assert codes["draft notes/raw/silent.md"] == 1
    assert codes["draft notes/raw/monday.txt --drafter indiscreet"] == 3, (
        "the bug of a plug-in is told with its traceback"
    )
    made = {path.stem.partition("-")[0] for path in (world.shell.project / "drafts").glob("*-*.md")}
    assert made == {"extractive", "openai", "told"}
    assert codes["draft together --again --drafter extractive"] == 0
    assert codes["redraft together --post 1 --drafter extractive"] == 0
    assert len(list((world.shell.project / "drafts").glob("*-*.md"))) >= len(FORMATS)
    assert len(world.requests) >= 5
    assert b"The median went from 40 ms to 25 ms" in b"".join(content for _, content in world.asked())


def test_what_is_off_the_record_is_in_no_request(world: World) -> None:
    assert held(world.asked(), world.canaries.given) == []


def test_what_is_off_the_record_is_in_no_output(world: World) -> None:
    assert held(world.outputs(), world.canaries.given) == []


def test_what_is_off_the_record_is_in_no_file(world: World) -> None:
    assert held(world.files(), world.canaries.given) == []


def test_what_is_off_the_record_is_in_no_object_of_git(world: World) -> None:
    # What a person added: the note that lies in the open, and is told to be moved.
    assert "notes/in-the-open.md" in world.ran["1: ingest notes/raw notes/in-the-open.md"].err
    assert held(world.objects(), [one for one in world.canaries.given if one not in in_the_open(world)]) == []


def in_the_open(world: World) -> str:
    return (world.shell.project / "notes/in-the-open.md").read_text().lower()


def test_confidential_names_are_in_no_request_and_no_output(world: World) -> None:
    names = list(TOWNS)
    assert held(world.asked(), names) == []
    assert held(world.outputs(), names) == []


def test_confidential_names_are_in_no_file_but_the_notes(world: World) -> None:
    names = list(TOWNS)
    assert held(world.files("notes/", ".git/"), names) == []


@pytest.mark.parametrize(
    "form",
    [
        b"x zarandu y",
        b"ZARANDUF and ZarAnduF",
    ],
)
def test_the_search_does_not_find_what_is_not_there(form: bytes) -> None:
    assert held(iter([("place", form)]), ["brixoteg"]) == []


@pytest.mark.parametrize(
    "form",
    [
        "…zaranduf…",
        "ZARANDUF",
        "zar\nanduf",
        '"zar\\nanduf"',
        "fudnaraz",
        "AAAA" + "emFyYW5kdWY=",
        "eHphcmFuZHVm",
        "eHl6YXJhbmR1Zg==",
        "7a6172616e647566",
        "%7A%61%72%61%6E%64%75%66",
        "z\0a\0r\0a\0n\0d\0u\0f\0",
    ],
)
def test_the_search_finds_a_word_in_each_form(form: str) -> None:
    assert held(iter([("place", form.encode())]), ["zaranduf"]) == [("place", "zaranduf")]
