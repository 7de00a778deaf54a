"""The tables for docs/reliability.md, or the counterexamples of what is named.

python -m tests.model              what the gate explores, as Markdown
python -m tests.model --all        the large worlds, too (minutes)
python -m tests.model "two machines"
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from tests.model.checker import Verdict, explore
from tests.model.configurations import CONTROLS, DESIGNS, LARGE, LIMITS, MUTANTS
from tests.model.protocol import Model


def tables(*, large: bool) -> Iterator[str]:
    """What holds where, what only holds elsewhere, what the mutants break, and what contentkit does not promise."""
    yield from _explored("contentkit's protocol", (*DESIGNS, *(LARGE if large else ())))
    yield from _explored("Controls: right only in a better world", CONTROLS)
    yield from _broken("Mutants", (one.model for one in MUTANTS))
    yield from _broken("Known limits of contentkit's own protocol", (one.model for one in LIMITS))


def _explored(title: str, models: Iterable[Model]) -> Iterator[str]:
    yield from (f"| {title} | what may happen | verdict | states | edges |", "| --- | --- | --- | ---: | ---: |")
    for model in models:
        found = explore(model)
        verdict = found.broken or "holds"
        yield f"| {model.name} | {_world(model)} | {verdict} | {found.states:,} | {found.edges:,} |"
    yield ""


def _broken(title: str, models: Iterable[Model]) -> Iterator[str]:
    yield from (f"| {title} | what may happen | breaks | steps |", "| --- | --- | --- | ---: |")
    for model in models:
        found = explore(model)
        yield f"| {model.name} | {_world(model)} | {found.broken or 'nothing'} | {len(found.way)} |"
    yield ""


def _world(model: Model) -> str:
    parts = f"{model.parts} {'part' if model.parts == 1 else 'parts'}"
    runs = f"{model.processes} processes" if model.processes > 1 else "1 process"
    return ", ".join((parts, runs, *(f"{times} × {name}" for name, times in model.disturbances)))


def counterexamples(name: str) -> Iterator[Verdict]:
    """What is found for each model whose name has these words."""
    models = (*DESIGNS, *LARGE, *CONTROLS, *(one.model for one in (*MUTANTS, *LIMITS)))
    return (explore(model) for model in models if name in model.name)


def main(arguments: list[str]) -> None:
    """Prints as it goes: the large worlds take minutes."""
    names = [one for one in arguments if one != "--all"]
    lines = (verdict.told() for name in names for verdict in counterexamples(name))
    for line in lines if names else tables(large="--all" in arguments):
        print(line, flush=True)  # noqa: T201 - what this module is started for


if __name__ == "__main__":
    main(sys.argv[1:])
