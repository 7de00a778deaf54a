"""How sure the source was, of how much, and why: superlatives, denials, doubts, comparisons, causes and scope of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from contentkit.checks.claims.beside import beside
from contentkit.checks.claims.causes import check_causes
from contentkit.checks.claims.comparisons import check_comparisons
from contentkit.checks.claims.coverage import check_coverage
from contentkit.checks.claims.doubts import check_doubts
from contentkit.checks.claims.exchange import check_exchange
from contentkit.checks.claims.negation import check_negation
from contentkit.checks.claims.praise import check_praise
from contentkit.checks.claims.scope import check_scope
from contentkit.checks.claims.superlatives import check_superlatives
from contentkit.checks.findings import Finding
from contentkit.checks.grounds import Grounds, Sentence

# Comparing every sentence with every cited one is for posts as people write them, not for a pasted book.
_MOST_SENTENCES = 60
# What a sentence takes back or leaves open stands in itself. That something is the first or the only one may stand elsewhere.
_OF_ONE_SENTENCE = ("CK221", "CK222", "CK223", "CK225")
_RULES = (
    check_superlatives,
    check_praise,
    check_negation,
    check_doubts,
    check_comparisons,
    check_causes,
    check_scope,
    check_coverage,
)


def check_claims(post: Sequence[Sentence], grounds: Grounds) -> Iterator[Finding]:
    """CK220 to CK226: at most one finding of each rule for a sentence.

    Errors where a sentence is the source's word for word but for the denial or the doubt that makes it another; else warnings.
    """
    if len(post) > _MOST_SENTENCES:
        return
    yield from check_exchange(post, grounds)
    for sentence in beside(post, grounds):
        if sentence.is_quoted:
            continue
        for rule in _RULES:
            for finding in islice(rule(sentence), 1):
                is_seen = finding.check in _OF_ONE_SENTENCE and sentence.is_word_for_word
                yield replace(finding, severity="error") if is_seen else finding
