"""One function sends, and everything passes the gate before it: read from the code, because no test can try all ways."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import contentkit.drafting

ROOT = Path(contentkit.drafting.__file__).parent
NETWORK = {
    "openai",
    "httpx",
    "httpx2",
    "httpcore",
    "requests",
    "urllib3",
    "socket",
    "ssl",
    "http",
    "aiohttp",
    "ftplib",
    "smtplib",
}
SENDER, WIRE = ROOT / "modelling/completions.py", ROOT / "modelling/transport.py"
# Reads what their errors mean, and calls nobody.
FATES = ROOT / "modelling/fates.py"


def modules() -> list[Path]:
    return sorted(ROOT.rglob("*.py"))


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_no_other_module_of_drafting_knows_a_network() -> None:
    found = {
        path
        for path in modules()
        for name in imported(ast.parse(path.read_text("utf-8")))
        if name.partition(".")[0] in NETWORK or name in ("urllib.request", "contentkit.web")
    }
    assert found == {SENDER, WIRE, FATES}


def calls_in(function: ast.AST) -> list[str]:
    return [ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)]


def functions(path: Path) -> dict[str, ast.FunctionDef]:
    return {
        node.name: node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)
    }


def test_one_function_asks_a_server_and_one_calls_it_after_the_gate() -> None:
    known = functions(SENDER)
    asking = [name for name, function in known.items() if any(call.endswith(".create") for call in calls_in(function))]
    assert asking == ["_once"]
    senders = [name for name, function in known.items() if "self._once" in calls_in(function)]
    assert senders == ["_sent"]
    lines = {ast.unparse(node.func): node.lineno for node in ast.walk(known["_sent"]) if isinstance(node, ast.Call)}
    assert lines["self.checked"] < lines["self.allowance.refuse_beyond"] < lines["self._once"]


def test_nobody_else_makes_a_client() -> None:
    makers = {
        (path.name, name)
        for path in modules()
        for name, function in functions(path).items()
        if {"OpenAI", "httpx.Client", "_client"} & set(calls_in(function))
    }
    assert makers == {("completions.py", "_client"), ("completions.py", "_once")}
