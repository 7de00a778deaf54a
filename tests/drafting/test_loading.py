from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from contentkit.confidential import Confidential
from contentkit.config import DrafterSettings
from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.drafting.loading import load_drafter
from contentkit.drafting.modelling.drafter import ModelDrafter
from contentkit.drafting.veiled import Veiled
from contentkit.drafting.withheld import Withheld
from contentkit.errors import ContentError, StateError, UsageError

NOTHING = Withheld()


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


REMOTE = DrafterSettings(name="openai", base_url="https://models.example.org/v1", model="m")


def allowed(folder: Path, *lines: str) -> dict[str, str]:
    """The environment of a user whose machine.toml has these lines."""
    place = folder / "contentkit" / "machine.toml"
    place.parent.mkdir()
    place.write_text("\n".join(("version = 1", *lines)))
    place.chmod(0o600)
    return {"XDG_CONFIG_HOME": str(folder)}


@pytest.mark.parametrize("host", ["models.example.org", "Models.Example.org", "models.example.org:443"])
def test_a_server_that_this_machine_allows_may_be_asked(tmp_path: Path, host: str) -> None:
    environment = allowed(tmp_path, "[models]", f'hosts = ["{host}"]')
    assert isinstance(load_drafter(REMOTE, environment, NOTHING), ModelDrafter)


@pytest.mark.parametrize("host", ["example.org", "models.example.org:8443", "models.example.org.evil.example"])
def test_another_server_is_refused_although_the_project_names_it(tmp_path: Path, host: str) -> None:
    environment = allowed(tmp_path, "[models]", f'hosts = ["{host}"]')
    with pytest.raises(StateError, match=r"would send sources to models\.example\.org, which this machine") as refused:
        load_drafter(REMOTE, environment, NOTHING)
    assert refused.value.hint == (
        f'if you trust it, write into {tmp_path}/contentkit/machine.toml:\n  [models]\n  hosts = ["models.example.org"]'
    )


def test_where_nothing_is_allowed_yet_the_whole_file_is_told_and_it_works(tmp_path: Path) -> None:
    environment = {"XDG_CONFIG_HOME": str(tmp_path)}
    with pytest.raises(StateError) as refused:
        load_drafter(REMOTE, environment, NOTHING)
    allowed(tmp_path, *(line.strip() for line in refused.value.hint.split("\n")[2:]))
    assert "version = 1" in refused.value.hint
    assert isinstance(load_drafter(REMOTE, environment, NOTHING), ModelDrafter)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/v1", "http://localhost:9/v1", "http://[::1]:9/v1", "http://LOCALHOST/v1"]
)
def test_a_server_on_this_machine_needs_no_leave(tmp_path: Path, address: str) -> None:
    settings = DrafterSettings(name="openai", base_url=address, model="m")
    assert isinstance(load_drafter(settings, {"XDG_CONFIG_HOME": str(tmp_path)}, NOTHING), ModelDrafter)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1@evil.example/v1",
        "http://127.0.0.1\\@evil.example/v1",
        "http://127.0.0.1\t.evil.example/v1",
        "http://localhost.evil.example/v1",
        "http://127.0.0.1.evil.example/v1",
        "http://0x7f.1/v1",
        "https:///v1",
        "https://évil.example/v1",
    ],
)
def test_no_spelling_makes_a_strange_server_look_like_this_machine(tmp_path: Path, address: str) -> None:
    settings = DrafterSettings(name="openai", base_url=address, model="m")
    with pytest.raises(StateError):
        load_drafter(settings, {"XDG_CONFIG_HOME": str(tmp_path)}, NOTHING)


def test_a_strangers_drafter_with_a_server_needs_leave_too(tmp_path: Path) -> None:
    settings = DrafterSettings(name="not-ours", base_url="https://models.example.org/v1")
    with pytest.raises(StateError, match="does not allow"):
        load_drafter(settings, {"XDG_CONFIG_HOME": str(tmp_path)}, NOTHING)


def test_the_offline_drafter_needs_no_leave_whatever_server_is_named(tmp_path: Path) -> None:
    settings = DrafterSettings(name="extractive", base_url="https://models.example.org/v1")
    assert isinstance(load_drafter(settings, {"XDG_CONFIG_HOME": str(tmp_path)}, NOTHING), ExtractiveDrafter)


def test_where_names_are_confidential_every_drafter_is_veiled() -> None:
    drafter = load_drafter(DrafterSettings(), {}, Withheld(confidential=Confidential([["Acme"]])))
    assert isinstance(drafter, Veiled)
