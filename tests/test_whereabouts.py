"""Where a project and its user's folders are, as far as that is known without reading settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from contentkit.whereabouts import name_in, root_above


def test_the_nearest_settings_make_the_root(tmp_path: Path) -> None:
    near = tmp_path / "far" / "near"
    (near / "drafts").mkdir(parents=True)
    (tmp_path / "far" / "contentkit.toml").write_text("")
    assert root_above(str(near / "drafts")) == str(tmp_path / "far")
    (near / "contentkit.toml").mkdir()
    assert root_above(str(near)) == str(tmp_path / "far"), "a folder of that name is none"
    (near / "contentkit.toml").rmdir()
    (near / "contentkit.toml").symlink_to(tmp_path / "far" / "contentkit.toml")
    assert root_above(str(near)) == str(near)
    assert root_above(str(tmp_path)) == ""


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ('version = 1\nproject = "our-posts"  # of the foundation\n', "our-posts"),
        ("project='our-posts'\n", "our-posts"),
        ('project   =    "a"\nproject = "b"\n', "a"),
        ('\r\nproject = "our-posts"\r\n', "our-posts"),
        ('projects = "a"\n# project = "b"\n  project = "c"\n', ""),
        ('project = """\na"""\n', ""),
        ("project = 5\nproject\n", ""),
        ('project = "../../elsewhere"', "../../elsewhere"),
        ("", ""),
    ],
)
def test_the_name_is_read_from_its_line_alone(settings: str, name: str) -> None:
    assert name_in(settings) == name
