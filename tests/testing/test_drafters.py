"""Both drafters of our own keep the contract that a stranger's is held to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from contentkit.drafting import Drafter
from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.drafting.modelling.drafter import ModelDrafter
from contentkit.testing import DrafterContract
from contentkit.testing.loopback import Reply
from tests.drafting.model_server import ModelServer, says


class TestExtractive(DrafterContract):
    verbatim = True

    @pytest.fixture
    def drafter(self) -> Drafter:
        return ExtractiveDrafter()


class TestModel(DrafterContract):
    @pytest.fixture
    def drafter(self) -> Iterator[Drafter]:
        with ModelServer(rephrased).running() as server:
            yield ModelDrafter(base_url=server.base_url, model="tiny", api_key="sk-test", fallback=ExtractiveDrafter())


def rephrased(request: Mapping[str, Any]) -> Reply:
    """A model that says the numbered sentences one by one, each with a word of its own in front."""
    prompt = "\n".join(message["content"] for message in request["messages"])
    wanted = int((re.search(r"(\d+) posts", prompt) or ["", "1"])[1])
    sentences = re.findall(r"^(S\d+)\W+(.*)$", prompt, re.M)
    posts = [{"text": f"Así: {said}", "ids": [name]} for name, said in sentences[:wanted]]
    return says(json.dumps({"posts": posts}, ensure_ascii=False))
