"""What we read of the packages beside us is what Python tells of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, DistributionFinder, entry_points, version
from pathlib import Path
from zipfile import ZipFile

import pytest

from contentkit.packages import Plugin, plugins_of, version_of

GROUP = "contentkit.platforms"
METADATA = "Metadata-Version: 2.1\nName: Guest.Book\nVersion: 1.0\nSummary: x\n\nVersion: 7\n"
POINTS = f"""
[console_scripts]
book = guest:main

[{GROUP}]
# ours = guest:Old
ours = guest:Book [fast]

[other]
x = guest:X
"""


def told(group: str) -> list[Plugin]:
    """What Python's own library says."""
    points = ((point, point.dist) for point in entry_points(group=group))
    return sorted_by_all(
        Plugin(name=point.name, target=point.value, package=dist.name, version=dist.version)
        for point, dist in points
        if dist
    )


def sorted_by_all(plugins: Iterator[Plugin]) -> list[Plugin]:
    return sorted(plugins, key=lambda one: (one.name, one.target, one.package, one.version))


def install(folder: Path, info: str = "Guest.Book-1.0.dist-info", metadata: str = METADATA) -> None:
    (folder / info).mkdir(parents=True)
    (folder / info / ("METADATA" if info.endswith("dist-info") else "PKG-INFO")).write_text(metadata)
    (folder / info / "entry_points.txt").write_text(POINTS)


@pytest.mark.parametrize("group", [GROUP, "contentkit.drafters", "console_scripts", "pytest11", "nobody's"])
def test_entry_points_are_those_that_python_finds(group: str) -> None:
    assert sorted_by_all(plugins_of(group)) == told(group)


@pytest.mark.parametrize("info", ["Guest.Book-1.0.dist-info", "guest_book.egg-info", "guest_book-1.0-py3.11.egg-info"])
def test_packages_are_read_however_they_were_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, info: str
) -> None:
    install(tmp_path, info)
    monkeypatch.syspath_prepend(tmp_path)
    assert Plugin(name="ours", target="guest:Book [fast]", package="Guest.Book", version="1.0") in plugins_of(GROUP)
    assert sorted_by_all(plugins_of(GROUP)) == told(GROUP)
    assert version_of("guest_book") == version("guest.book") == "1.0"


def test_of_two_copies_the_first_on_the_path_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, number in (("old", "1.0"), ("new", "2.0")):
        install(tmp_path / name, f"Guest.Book-{number}.dist-info", METADATA.replace("1.0", number))
        monkeypatch.syspath_prepend(tmp_path / name)
    assert [one.version for one in plugins_of(GROUP) if one.name == "ours"] == ["2.0"]
    assert sorted_by_all(plugins_of(GROUP)) == told(GROUP)


def test_a_package_in_an_archive_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "packages.zip"
    with ZipFile(archive, "w") as file:
        file.writestr("guest_book-1.0.dist-info/METADATA", METADATA)
        file.writestr("guest_book-1.0.dist-info/entry_points.txt", POINTS)
    monkeypatch.syspath_prepend(archive)
    assert "Guest.Book" in [one.package for one in plugins_of(GROUP)]
    assert version_of("guest_book") == "1.0"


def test_a_package_that_only_somebody_elses_finder_knows_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    class Book(Distribution):
        def read_text(self, filename: str) -> str | None:
            return {"METADATA": METADATA, "entry_points.txt": POINTS}.get(filename)

        def locate_file(self, path: object) -> Path:
            return Path(str(path))

    class Finder(DistributionFinder):
        def find_distributions(self, context: object = None) -> Iterator[Distribution]:
            yield Book()

    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, Finder()])
    assert "Guest.Book" in [one.package for one in plugins_of(GROUP)]


def test_a_package_that_is_not_there_has_no_version() -> None:
    assert version_of("nobody_installed_this") == ""
