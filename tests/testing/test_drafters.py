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
    sentences = re.findall(r"^(S\d+)\W+(.*)$", prompt, re.M)
    if "Pick the numbers" in prompt:
        return says(json.dumps({"ids": [name for name, _ in sentences[:8]]}))
    posts = [{"text": f"Así: {said}", "ids": [name]} for name, said in sentences[:9]]
    hooks = [{"text": f"Aquí: {said}", "ids": [name]} for name, said in sentences[:3]]
    return says(json.dumps({"hooks": hooks, "posts": posts}, ensure_ascii=False))
