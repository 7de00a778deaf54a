"""What tells one finding from another from run to run, though lines are put in above it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence

from contentkit.models import Problem


def fingerprints(problems: Sequence[Problem]) -> Iterator[tuple[Problem, str]]:
    """Each finding with its fingerprint, no two of which are the same.

    It is made of what was found and of the words around it. Of several that are alike the first is the first one again.
    """
    alike: Counter[tuple[str, ...]] = Counter()
    for problem in problems:
        spot = problem.where
        said = problem.words or " ".join(spot.excerpt)
        key = (problem.check, spot.path, problem.account, said or problem.message)
        alike[key] += 1
        yield problem, hashlib.sha256("\0".join((*key, str(alike[key]))).encode(errors="surrogatepass")).hexdigest()
