from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.errors import ContentError
from contentkit.models import Source
from contentkit.sources import parse_source
from contentkit.sources.documents.notebook import NOTEBOOK

PICTURE = {
    "output_type": "display_data",
    "data": {"image/png": "iVBORw0KGgo="},
    "metadata": {"image/png": {"alt": "A bar chart"}},
}


def cell(kind: str, source: str | list[str], **more: Any) -> dict[str, Any]:
    return {"cell_type": kind, "metadata": {}, "source": source, **more}


def notebook(*cells: dict[str, Any], **metadata: Any) -> bytes:
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": list(cells)}).encode()


def written(data: bytes) -> list[str]:
    """The lines without front matter and empty lines."""
    lines = list(NOTEBOOK.manuscript(data, "notes/study.ipynb").lines)
    return [line for line in lines[lines.index("---", 1) + 1 :] if line.strip()]


def read(data: bytes) -> Source:
    lines = NOTEBOOK.manuscript(data, "notes/study.ipynb").lines
    return parse_source("\n".join(lines).encode(), "notes/study.md")


def test_prose_is_read_and_code_is_not() -> None:
    data = notebook(
        cell("markdown", ["# How we forecast\n", "\n", "We forecast every\n", "hour of every day."]),
        cell("code", "import pandas as pd\n# Off we go", outputs=[{"output_type": "stream", "text": ["4 rows\n"]}]),
        cell("markdown", "It works."),
    )

    source = read(data)

    assert [(passage.kind, passage.text) for passage in source.passages] == [
        ("heading", "How we forecast"),
        ("paragraph", "We forecast every hour of every day."),
        ("paragraph", "It works."),
    ]
    assert (source.kind, source.title) == ("post", "How we forecast")


def test_what_the_notebook_knows_of_itself_is_front_matter() -> None:
    data = notebook(
        cell("markdown", "We grew."),
        title='A "first" study: 1',
        authors=[{"name": "Ana Ruiz"}, {"name": "Bob Stone"}],
        date="2026-05-01",
    )

    source = read(data)

    assert (source.title, source.author, source.written) == (
        'A "first" study: 1',
        "Ana Ruiz, Bob Stone",
        date(2026, 5, 1),
    )


def test_front_matter_in_the_first_cell_comes_first() -> None:
    data = notebook(cell("raw", "---\ntitle: The cell's\n---"), cell("markdown", "We grew."), title="The notebook's")

    assert read(data).title == "The cell's"


def test_captions_and_alt_texts_stay() -> None:
    data = notebook(
        cell("code", '#| label: fig-errors\n#| fig-cap: "Errors of *three* models"\n#| fig-alt: Three bars\nplot()'),
        cell("code", "plot()", outputs=[PICTURE]),
    )

    assert written(data) == ["![Three bars]()", "*Errors of \\*three\\* models*", "![A bar chart]()"]


def test_a_comment_below_the_options_is_no_caption() -> None:
    with pytest.raises(ContentError, match="says nothing"):
        NOTEBOOK.manuscript(notebook(cell("code", "x = 1\n#| fig-cap: no")), "a.ipynb")


def test_attached_pictures_keep_their_words() -> None:
    data = notebook(
        cell("markdown", "See ![the chart](attachment:abc-1.png).", attachments={"abc-1.png": {"image/png": "AAAA"}})
    )

    assert written(data) == ["See ![the chart]()."]


@pytest.mark.parametrize(
    ("metadata", "said"), [({}, True), ({"format": "text/markdown"}, True), ({"raw_mimetype": "text/latex"}, False)]
)
def test_raw_cells_are_read_when_they_are_markdown(metadata: dict[str, str], said: bool) -> None:
    data = notebook(cell("markdown", "We grew."), {**cell("raw", "A lot."), "metadata": metadata})

    assert ("A lot." in written(data)) is said


def test_a_fence_that_is_open_in_one_cell_is_closed_in_the_next() -> None:
    source = read(notebook(cell("markdown", "```python\nx = 1"), cell("markdown", "We grew.")))

    assert [(passage.kind, passage.text) for passage in source.passages] == [
        ("code", "x = 1"),
        ("paragraph", "We grew."),
    ]


def test_the_third_version_is_read_too() -> None:
    cells = [
        cell("heading", "Study", level=2),
        cell("markdown", ["We grew."]),
        {"cell_type": "code", "input": "x", "outputs": []},
    ]
    data = json.dumps({"nbformat": 3, "metadata": {"name": ""}, "worksheets": [{"cells": cells}]}).encode()

    assert written(data) == ["## Study", "We grew."]


BROKEN = [
    b"{", b"{}", b"[]", b'{"cells": 1}', b'{"cells": [1]}', b'{"cells": [], "cells": []}', b'{"cells": [{"a": NaN}]}',
    b'{"cells": [{"a": ' + b"9" * 5000 + b"}]}", b'{"a":' * 100_000, b"{" + b"[" * 100_000, b'{"cells": [{"a": "\xff"}]}',
    b'{"cells": [{"cell_type": "markdown", "source": "\\ud800"}]}', b'{"worksheets": [1]}', b'{"worksheets": []}',
    b'{"cells": [{"cell_type": "markdown", "source": {"a": 1}}]}',
]  # fmt: skip


@pytest.mark.parametrize("data", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_notebook_is_a_sentence(data: bytes) -> None:
    with pytest.raises(ContentError, match=r"^notes/study.ipynb: (is broken|says nothing)") as caught:
        NOTEBOOK.manuscript(data, "notes/study.ipynb")

    assert caught.value.hint


@pytest.mark.parametrize(
    ("data", "name", "is_one"),
    [
        (notebook(), "a.ipynb", True),
        (notebook(cell("markdown", "x")), "stdin", True),
        (b'{"title": "x"}', "a.json", False),
        (b"# A.ipynb", "a.ipynb", False),
    ],
)
def test_notebooks_are_told_by_content_and_name(data: bytes, name: str, is_one: bool) -> None:
    assert NOTEBOOK.recognises(data, name) is is_one


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=20)
    | st.sampled_from(["markdown", "code", "raw", "heading", "#| fig-cap: x"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "cells",
                    "cell_type",
                    "source",
                    "metadata",
                    "outputs",
                    "alt",
                    "worksheets",
                    "level",
                    "title",
                    "authors",
                    "caption",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=30,
)


def answers(value: object) -> None:
    try:
        lines = NOTEBOOK.manuscript(json.dumps(value).encode(), "a.ipynb").lines
    except ContentError:
        return
    assert all("\n" not in line for line in lines)


@settings(max_examples=300, deadline=None)
@given(VALUES | st.fixed_dictionaries({"cells": st.lists(VALUES, max_size=4)}))
def test_whatever_a_notebook_holds_it_is_read_or_refused(value: object) -> None:
    answers(value)


@pytest.mark.nightly
@settings(max_examples=50_000, deadline=None)
@given(VALUES | st.fixed_dictionaries({"cells": st.lists(VALUES, max_size=4)}))
def test_whatever_a_notebook_holds_it_is_read_or_refused_many_times(value: object) -> None:
    answers(value)


PROSE = cell("markdown", "We grew by a third this year, and nobody left us.")


@pytest.mark.parametrize(
    "data",
    [
        notebook(PROSE, cell("code", "# [off the record]\nx = 1")),
        notebook(PROSE, cell("code", ["x = 1  # Off the record from here\n", "y = 2"])),
        notebook(PROSE, {**PROSE, "metadata": {"tags": ["off-the-record"]}}),
        notebook(PROSE, {**PROSE, "metadata": {"tags": ["slide", "otr"]}}),
        notebook(PROSE, off_record=True),
        notebook(PROSE, {**PROSE, "metadata": {"jupyter": {"off_the_record": "yes"}}}),
        notebook(PROSE, {**cell("raw", "[off the record]"), "metadata": {"format": "text/latex"}}),
    ],
)
def test_a_mark_where_nobody_reads_refuses_the_notebook(data: bytes) -> None:
    with pytest.raises(ContentError, match="marks something as off the record in a place that is not read"):
        NOTEBOOK.manuscript(data, "notes/study.ipynb")


@pytest.mark.parametrize(
    "data",
    [
        notebook(PROSE, off_record=False),
        notebook(PROSE, cell("code", "off_record = frame.otr\nprint(off_record)  # for the record")),
        notebook(PROSE, cell("markdown", "[off the record] We lost money. [/off the record]")),
    ],
)
def test_code_that_only_has_such_a_name_and_marks_that_are_read_refuse_nothing(data: bytes) -> None:
    assert "We grew by a third this year, and nobody left us." in written(data)
