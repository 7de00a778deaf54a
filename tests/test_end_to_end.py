"""From a founder's note to a published thread: the installed command, one process after the other, over real HTTP."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from contentkit.testing.loopback import Reply
from tests.drafting.model_server import ModelServer, says
from tests.publishing.project import ProjectOnDisk
from tests.servers.faulty_proxy import FaultyProxy
from tests.servers.mock_mastodon import MockMastodon

CANARY = "zanzibar-acquisition"
CALL = f"""# Call with Ana about the queue

**Ben:** What happened with the old queue?

**Ana Torres:** We lost 112 jobs in one night in February. The retries were not idempotent, so a retry could delete the
job that it was meant to save. Nobody noticed until a customer called us in the morning.

**Ben:** And then?

**Ana Torres:** Then we moved the queue to Postgres. We expected it to be slower. The median went from 40 ms to 25 ms,
because the old one spent its time on locks that we never needed.

[off the record] We are also talking to {CANARY} people about selling, which would
change the roadmap. [/off the record]

**Ben:** What would you tell somebody who starts today?

**Ana Torres:** Start with the database that you already run. A queue is a table with a good index until you can prove
that it is not. We could prove it only after three years and 2 billion jobs.
"""


def _files_with(word: str, *folders: Path) -> list[Path]:
    return [
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and word.encode() in path.read_bytes() and path.name != "call.md"
    ]


def test_a_note_becomes_a_published_thread(tmp_path: Path) -> None:
    with MockMastodon() as server, FaultyProxy(server.url) as proxy:
        project = ProjectOnDisk.made(tmp_path / "project", server=proxy.url, token=server.token)
        (project.root / "notes" / "call.md").write_text(CALL)

        read = json.loads(project.run("ingest", "notes/call.md", "--json").stdout)
        assert [(one["kind"], one["redactions"], one["new"]) for one in read] == [("transcript", 1, True)]
        assert json.loads(project.run("ingest", "notes/call.md", "--json").stdout)[0]["new"] is False

        drafted = project.run("draft", "notes/call.md", "--speaker", "Ana", "--slug", "queue")
        draft = (project.root / "drafts" / "queue.md").read_text()
        assert draft.count("<!-- evidence: notes/call-on-the-record.md#L") >= draft.count("\n---\n") - 1
        assert "Ben:" not in drafted.stdout
        project.run("check")

        project.run("schedule", "queue", "--at", "now")
        previewed = json.loads(project.run("preview", "queue", "--json").stdout)
        words = [part["text"] for part in previewed[0]["parts"]]
        assert 2 <= len(words) <= 10

        calendar = (project.root / "calendar.yaml").read_text()
        assert project.run("post").stdout == "", "nothing is published before it is approved"
        project.run("approve", "queue", "--by", "Ana", "--yes")
        approved = (project.root / "calendar.yaml").read_text().splitlines(keepends=True)
        assert "".join(line for line in approved if not line.startswith("    approved: ")) == calendar

        assert project.run("post", "--dry-run").stdout.count("---") == len(words)
        assert server.threads() == []
        posted = project.run("post")
        assert posted.stdout.count("sent") == len(words)
        assert server.threads() == [words]
        quiet = project.run("post")
        assert (quiet.stdout, quiet.stderr) == ("", "")

        queue = json.loads(project.run("queue", "--json").stdout)
        assert [(row["entry"], row["account"], row["state"]) for row in queue] == [("queue", "mine", "sent")]
        assert project.run("status").stdout == "Nothing waits for a person.\n"
        receipts = (project.root / "receipts.jsonl").read_text().splitlines()
        assert [json.loads(line)["part"] for line in receipts] == list(range(len(words)))
        sent = b"".join(exchange.request.body for exchange in proxy.history)

    assert _files_with(CANARY, project.root, project.state.parent) == []
    assert CANARY.encode() not in sent
    assert _files_with("mock_token", project.root, project.state.parent) == []
    assert server.token.encode() not in sent


def test_an_edit_after_the_approval_is_not_published(tmp_path: Path) -> None:
    with MockMastodon() as server:
        project = ProjectOnDisk.made(tmp_path / "project", server=server.url, token=server.token)
        draft = project.write_draft(["We ship on Monday.", "It is free."])
        project.approve_now()
        draft.write_text(draft.read_text().replace("free", "cheap"))
        done = project.run("post", code=4)
        assert "HELD: edited after the approval" in done.stdout
        assert server.threads() == []
        project.run("status", code=4)
        draft.write_text(draft.read_text().replace("cheap", "free"))
        project.run("resolve", "launch", "--again", "--by", "Ana")
        project.run("post")
        assert server.threads() == [["We ship on Monday.", "It is free."]]


def test_an_approval_written_by_hand_posts_nothing(tmp_path: Path) -> None:
    with MockMastodon() as server:
        first = ProjectOnDisk.made(tmp_path / "first", server=server.url, token=server.token)
        first.write_draft(["We ship on Monday."])
        first.approve_now()
        second = ProjectOnDisk.made(tmp_path / "second", server=server.url, token=server.token)
        second.write_draft(["We ship on Monday."])
        calendar = (first.root / "calendar.yaml").read_text()
        (second.root / "calendar.yaml").write_text(re.sub(r", clone: \S+}", "}", calendar))
        assert "NOT PUBLISHED" in second.run("post", code=4).stdout
        assert second.run("post").stdout == ""
        assert second.run("status", code=4).stdout.startswith("launch: not published")
        queue = json.loads(second.run("queue", "--json").stdout)
        assert queue[0]["state"] == ""
        assert queue[0]["why"] == "approved by Ana elsewhere; no receipt yet (no receipts here)"
        assert server.threads() == []


def test_a_journal_of_approvals_without_its_key_posts_nothing(tmp_path: Path) -> None:
    with MockMastodon() as server:
        project = ProjectOnDisk.made(tmp_path / "project", server=server.url, token=server.token)
        project.write_draft(["We ship on Monday."])
        project.approve_now()
        (project.state / "seal.key").unlink()
        assert "not made on this machine" in project.run("post", code=4).stdout
        assert server.threads() == []


def test_a_model_drafts_what_was_said_and_never_sees_what_was_off_the_record(tmp_path: Path) -> None:
    words = (
        "We lost 112 jobs in one night in February.",
        "Then we moved the queue to Postgres.",
        "Start with the database that you already run.",
    )

    def cite(request: Mapping[str, Any]) -> Reply:
        """Says these sentences, citing them by the numbers that the drafter gave them."""
        prompt = "\n".join(message["content"] for message in request["messages"])
        numbered = re.findall(r"(S\d+)\W+(.*)", prompt)
        posts = [{"text": one, "ids": [name for name, said in numbered if said.startswith(one)]} for one in words]
        return says(json.dumps({"posts": posts}))

    with ModelServer(cite).running() as server:
        project = ProjectOnDisk.made(tmp_path / "project")
        config = (project.root / "contentkit.toml").read_text()
        drafter = f'[drafter]\nname = "openai"\nbase_url = "{server.base_url}"\nmodel = "m"\n'
        (project.root / "contentkit.toml").write_text(config.replace("[publishing]", f"{drafter}[publishing]"))
        (project.root / "notes" / "call.md").write_text(CALL)
        project.run("draft", "notes/call.md", "--speaker", "Ana", "--slug", "queue")
        assert server.prompts
        assert all(CANARY not in prompt for prompt in server.prompts)
        draft = (project.root / "drafts" / "queue.md").read_text()
        assert "drafter: openai:m" in draft or 'drafter: "openai:m"' in draft
        assert "Then we moved the queue to Postgres." in draft
        project.run("check")
