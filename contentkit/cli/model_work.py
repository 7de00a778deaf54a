"""What a person sees of a model at work, what is kept of its answers, and what is noted of what it took."""

from __future__ import annotations

import sys
from dataclasses import field
from types import TracebackType
from typing import TYPE_CHECKING, Literal

from contentkit.cli.output import say
from contentkit.errors import StateError
from contentkit.values import dataclass

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.config import DrafterSettings
    from contentkit.drafting.workshop import Usage, Workshop
    from contentkit.store.model_usage import Taken

Cache = Literal["kept", "none"]
_STAGES = {
    "selecting": "Choosing sentences",
    "outlining": "Planning the thread",
    "writing": "Writing",
    "mending": "Mending posts",
    "doubting": "Asking for a second opinion",
}
_STEP = 50
_CLEAR = "\r\x1b[K"


@dataclass
class ModelWork:
    """Watches a drafter during a ``with`` block; then it says what was told, and notes what was used, for ``slug``."""

    project: Project
    workshop: Workshop = field(init=False)
    slug: str = ""
    _used: list[Usage] = field(default_factory=list)
    _notes: dict[str, None] = field(default_factory=dict)
    _stage: str = ""
    _letters: int = 0
    _showed: bool = False

    @classmethod
    def of(cls, project: Project, settings: DrafterSettings, cache: Cache) -> ModelWork:
        """Raises StateError where answers are to be kept and the user's cache folder is no place for them."""
        from contentkit.drafting.loading import OFFLINE
        from contentkit.drafting.workshop import Workshop

        answers = None
        if cache == "kept" and settings.name != OFFLINE:
            from contentkit.drafting.modelling.answers import answers_folder
            from contentkit.places import cache_folder

            answers = answers_folder(cache_folder(project.environment), project.root)
        work = cls(project)
        work.workshop = Workshop(watcher=work, answers=answers, own=project.config.own)
        return work

    def progress(self, stage: str, done: int, of: int) -> None:
        """One line on a terminal, always the same one; nothing elsewhere."""
        steps = f", {done + 1} of {of}" if of > 1 and done < of else ""
        self._stage = f"{_STAGES.get(stage, 'Drafting')}{steps} …"
        self._show(self._stage)

    def heard(self, letters: int) -> None:
        """The same line grows as the answer does; seldom enough for a slow terminal."""
        if letters // _STEP != self._letters // _STEP:
            self._show(f"{self._stage} {letters:,} letters")
        self._letters = letters

    def used(self, usage: Usage) -> None:
        self._used.append(usage)

    def told(self, note: str) -> None:
        self._notes[note] = None

    def _show(self, words: str) -> None:
        if not sys.stderr.isatty():
            return
        sys.stderr.write(f"{_CLEAR}{words}")
        sys.stderr.flush()
        self._showed = True

    def __enter__(self) -> ModelWork:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._showed:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()
        taken = self._taken()
        if kind is None:
            say(*self._notes, *map(_in_words, taken))
        if taken and self.project.config.project:
            self._note(taken)

    def _note(self, taken: list[Taken]) -> None:
        from contentkit.clock import SystemClock
        from contentkit.store.database import database_in
        from contentkit.store.model_usage import note_usage

        try:
            with database_in(self.project.root) as database:
                note_usage(database, taken, self.slug, SystemClock().now())
        except StateError as error:
            say(f"What the model took is not noted: {error.message}")

    def _taken(self) -> list[Taken]:
        """What each model took, in the order in which they were asked."""
        from contentkit.store.model_usage import Taken

        models = dict.fromkeys(usage.model for usage in self._used)
        taken = []
        for model in models:
            used = [usage for usage in self._used if usage.model == model]
            costs = [usage.cost for usage in used if usage.cost is not None]
            taken.append(
                Taken(
                    model=model,
                    requests=len(used),
                    tokens_in=sum(usage.tokens_in for usage in used),
                    tokens_out=sum(usage.tokens_out for usage in used),
                    cost=sum(costs[1:], costs[0]) if len(costs) == len(used) else None,
                    estimated=any(usage.estimated for usage in used),
                )
            )
        return taken


def _in_words(taken: Taken) -> str:
    """``3 requests to qwen3: 4,210 tokens in, 612 out, $0.0023``."""
    from contentkit.money.prices import dollars

    requests = "1 request" if taken.requests == 1 else f"{taken.requests} requests"
    about = "about " if taken.estimated else ""
    cost = "" if taken.cost is None else f", {about}{dollars(taken.cost)}"
    return f"{requests} to {taken.model}: {about}{taken.tokens_in:,} tokens in, {taken.tokens_out:,} out{cost}."
