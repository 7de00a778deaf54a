from __future__ import annotations

from pathlib import Path

import pytest

from contentkit.config import DrafterSettings, parse_config
from contentkit.drafting.loading import load_drafter
from contentkit.drafting.withheld import Withheld
from contentkit.errors import ContentError
from contentkit.models import Account
from contentkit.platforms.loading import load_platform, nearest_platform, platform_names
from contentkit.plugins import PLATFORMS, versions

PLATFORM = """
from contentkit.platforms import Platform


class Thing(Platform):
    name = "guestbook"
    secrets = ()
    limits = None

    def length(self, text, warning, limits):
        return len(text)

    def connect(self, account, secrets, state):
        return None
"""


def install(folder: Path, package: str, group: str, name: str, module: str) -> None:
    """Puts a package of one module beside its entry point, as an installer does."""
    (folder / f"{package}.py").write_text(module)
    info = folder / f"{package}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{group}]\n{name} = {package}:Thing\n")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where packages are installed."""
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def test_what_is_installed_is_named_without_being_imported(site: Path) -> None:
    install(site, "guestbook_a", "contentkit.platforms", "guestbook", "raise SystemExit('imported')")
    assert "guestbook" in platform_names()


def test_what_is_installed_is_loaded_by_its_name(site: Path) -> None:
    install(site, "guestbook_b", "contentkit.platforms", "guestbook", PLATFORM)
    assert load_platform(Account(name="a", platform="guestbook")).name == "guestbook"


def test_a_plugin_that_cannot_be_imported_is_told_with_its_package(site: Path) -> None:
    install(site, "guestbook_c", "contentkit.platforms", "guestbook", "import a_module_that_is_not_there")
    with pytest.raises(ContentError) as caught:
        load_platform(Account(name="a", platform="guestbook"))
    assert caught.value.message == (
        "'guestbook' of the package guestbook_c cannot be loaded: "
        "ModuleNotFoundError: No module named 'a_module_that_is_not_there'"
    )
    assert "guestbook_c" in caught.value.hint


def test_a_plugin_that_lacks_what_its_entry_point_names_is_told_with_its_package(site: Path) -> None:
    install(site, "drafter_a", "contentkit.drafters", "mine", "")
    with pytest.raises(ContentError, match="of the package drafter_a cannot be loaded: AttributeError"):
        load_drafter(DrafterSettings(name="mine"), {}, Withheld())


def test_a_platform_for_another_contentkit_is_told_with_what_it_lacks(site: Path) -> None:
    install(site, "guestbook_e", "contentkit.platforms", "guestbook", PLATFORM.replace("limits", "limit"))
    with pytest.raises(ContentError, match="'guestbook' has no limits: it is not made for this contentkit"):
        load_platform(Account(name="a", platform="guestbook"))


def test_words_of_a_broken_plugin_cannot_steer_the_terminal(site: Path) -> None:
    install(site, "guestbook_d", "contentkit.platforms", "guestbook", "raise ValueError('\\x1b[2J' + 'x' * 5000)")
    with pytest.raises(ContentError) as caught:
        load_platform(Account(name="a", platform="guestbook"))
    assert "\x1b" not in caught.value.message
    assert len(caught.value.message) < 300


def test_no_package_takes_the_place_of_another(site: Path) -> None:
    install(site, "impostor", "contentkit.platforms", "mastodon", "class Thing:\n    pass")
    with pytest.raises(ContentError, match="'mastodon' is claimed by two packages: contentkit and impostor"):
        load_platform(Account(name="a", platform="mastodon"))


def test_the_packages_of_plugins_are_known_with_their_versions(site: Path) -> None:
    install(site, "guestbook_a", PLATFORMS, "guestbook", PLATFORM)
    assert versions(PLATFORMS, ["guestbook", "console", "nothing"]).keys() == {"guestbook_a", "contentkit"}
    assert versions(PLATFORMS, ["guestbook"]) == {"guestbook_a": "1.0"}


def test_an_unknown_platform_is_told_with_its_line_and_the_nearest_one() -> None:
    settings = 'version = 1\nproject = "ours"\n\n[accounts.ours]\nlanguage = "en"\nplatform = "mastadon"\n'
    [account] = parse_config(settings, "contentkit.toml").accounts.values()
    with pytest.raises(ContentError, match=r"^contentkit\.toml:6: account 'ours': no platform 'mastadon'") as told:
        load_platform(account)
    assert told.value.hint == "did you mean 'mastodon'?"


@pytest.mark.parametrize(
    ("word", "hint"),
    [("twitter", "did you mean 'x'?"), ("Twitter", "did you mean 'x'?"), ("weblog", "known are: console, mastodon, x")],
)
def test_a_network_may_be_called_as_it_was(word: str, hint: str) -> None:
    assert nearest_platform(word, ["console", "mastodon", "x"]) == hint


def test_a_former_name_is_no_hint_where_the_network_is_not_installed() -> None:
    assert nearest_platform("twitter", ["console"]) == "known are: console"
