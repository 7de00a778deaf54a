from __future__ import annotations

from datetime import timedelta

import pytest

from contentkit.config import DrafterSettings
from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.drafting.loading import load_drafter
from contentkit.drafting.model import ModelDrafter
from contentkit.errors import ContentError, StateError, UsageError
from contentkit.forbidden import Forbidden

NOTHING = Forbidden()


def test_the_offline_drafter_is_found_by_its_entry_point() -> None:
    assert isinstance(load_drafter(DrafterSettings(), {}, NOTHING), ExtractiveDrafter)


def test_the_model_drafter_gets_its_key_from_the_named_variable() -> None:
    settings = DrafterSettings(
        name="openai", base_url="http://127.0.0.1:9/v1", model="m", key_variable="MY_KEY", timeout=timedelta(seconds=5)
    )
    assert isinstance(load_drafter(settings, {"MY_KEY": "secret"}, NOTHING), ModelDrafter)
    with pytest.raises(StateError, match="MY_KEY is empty"):
        load_drafter(settings, {"OPENAI_API_KEY": "another"}, NOTHING)


def test_a_model_that_is_nowhere_is_a_mistake_in_the_settings() -> None:
    with pytest.raises(ContentError, match="where the model is"):
        load_drafter(DrafterSettings(name="openai"), {}, NOTHING)


def test_an_unknown_drafter_names_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        load_drafter(DrafterSettings(name="extractiv"), {}, NOTHING)
    assert "extractive" in caught.value.hint
