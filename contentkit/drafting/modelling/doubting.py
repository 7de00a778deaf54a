"""A second opinion: which words of a post its sentences do not say. Post by post, so that an edit asks about one alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contentkit.drafting.modelling import prompts
from contentkit.drafting.modelling.completions import Completions, Prompt
from contentkit.drafting.modelling.orders import speaks_to_a_model
from contentkit.drafting.modelling.shapes import doubts_in, doubts_schema
from contentkit.drafting.opinions import Doubt, Stated
from contentkit.errors import Unavailable

_MOST_DOUBTS = 8


def doubts_about(posts: Sequence[Stated], completions: Completions) -> list[Doubt]:
    """The doubts about those posts that may be sent. Raises as ``ask`` does, and Unavailable where no answer can be read."""
    asked = list(_askable(posts, completions))
    doubts: list[Doubt] = []
    answered = 0
    for place, (post, prompt) in enumerate(asked):
        completions.watcher.progress("doubting", place, len(asked))
        found = completions.ask(prompt, doubts_schema(_MOST_DOUBTS), doubts_in)
        if found is None:
            completions.watcher.told(f"Post {post.number}: {completions.server.model} gave no answer that can be read.")
            continue
        answered += 1
        doubts += [
            # A model may guess what nobody may write down.
            Doubt(number=post.number, words=words, reason="" if completions.withheld.is_in(reason) else reason)
            for words, reason in found[:_MOST_DOUBTS]
        ]
    if asked and not answered:
        raise Unavailable(
            f"{completions.server.model} gave no answer that can be read",
            hint="check without --second-opinion, or name another model in [drafter]",
        )
    return doubts


def doubting_prompts(posts: Sequence[Stated], completions: Completions) -> list[tuple[str, Prompt]]:
    """What would be asked, each request under a heading."""
    return [(f"about post {post.number}", prompt) for post, prompt in _askable(posts, completions)]


def _askable(posts: Sequence[Stated], completions: Completions) -> Iterator[tuple[Stated, Prompt]]:
    """The posts that have something to be held against and may be sent; the others are told."""
    for post in posts:
        cited = [sentence for sentence in post.cited if not speaks_to_a_model(sentence)]
        if len(cited) < len(post.cited):
            completions.watcher.told(
                f"Post {post.number}: a cited sentence that speaks to a model was not shown to it."
            )
        around = [one for one in post.around if not speaks_to_a_model(one) and not completions.withheld.is_in(one)]
        if completions.withheld.is_in("\n".join((post.text, *cited))):
            completions.watcher.told(f"Post {post.number}: not asked about, it holds what must not be sent.")
        elif cited and post.text:
            yield post, prompts.doubting(post.text, cited, around)
