"""All checks of a draft against its sources."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TypedDict, Unpack

from contentkit.checks.citing import check_citing
from contentkit.checks.doubts import check_doubts
from contentkit.checks.evidence import check_evidence
from contentkit.checks.findings import Finding, problem_of
from contentkit.checks.grounds import Grounds
from contentkit.checks.leaks import check_leaks, not_comparable, silenced
from contentkit.checks.links import known_links
from contentkit.checks.manners import check_hidden, check_manners
from contentkit.checks.reading.words import language_of
from contentkit.checks.records.cast import cast_of, founder_of
from contentkit.checks.records.kept import Records
from contentkit.checks.support import check_alt_texts, check_made_links, check_support, own_words, tag_keys
from contentkit.checks.waivers import with_waivers
from contentkit.forbidden import Forbidden
from contentkit.media import Picture
from contentkit.models import Draft, Person, Post, Problem, Rendition, Source
from contentkit.published import Wording, file_names, in_git, published, remarks

# Fewer words than these say too little of the language they are in; so many lines of a source are asked instead.
_TELLING_WORDS = 40
_TELLING_LINES = 100
_NOTHING = Forbidden()
_LEAKS = ("CK303", "CK304")


class Known(TypedDict, total=False):
    """What is known of a draft beside its sources.

    ``forbidden`` is what was said off the record; of the sources in ``unknown`` nobody here can tell. ``pictures`` maps the path
    of each picture to what will be sent, or to why it cannot be; ``renditions`` are its threads on accounts, ``made_links`` what
    their networks make links of, by the index of the post; ``people`` are those of people.yaml. ``besides`` is what other
    checks have found in it: its waivers hold for that as well. ``asked`` are the ids of checks that find something on request
    only, of which it was requested. ``records`` are those that were made for other drafts.
    """

    forbidden: Forbidden
    unknown: Collection[str]
    pictures: Mapping[str, Picture]
    renditions: Collection[Rendition]
    made_links: Mapping[int, Collection[str]]
    people: Mapping[str, Person]
    besides: Collection[Problem]
    asked: Collection[str]
    records: Records


def check_draft(draft: Draft, sources: Mapping[str, Source], **known: Unpack[Known]) -> list[Problem]:
    """Everything that speaks against this draft and that nobody has waived, in the order of its posts.

    ``sources`` maps a source's path, as evidence comments name it, to the source as it is now.
    """
    return [problem for problem in examine_draft(draft, sources, **known) if not problem.waived]


def examine_draft(draft: Draft, sources: Mapping[str, Source], **known: Unpack[Known]) -> list[Problem]:
    """As ``check_draft``, with what was waived."""
    forbidden, besides = known.get("forbidden", _NOTHING), known.get("besides", ())
    supporting = _supporting(draft, sources)
    problems: list[Problem] = []
    told = _checked_words(draft, known.get("renditions", ()), forbidden)
    first = [
        *(not_comparable(name, sources.get(name)) for name in known.get("unknown", ())),
        *check_doubts(supporting),
    ]
    records = known.get("records", Records())
    searched = records.searched(supporting)
    supported = _support_of(draft, supporting, records, known)
    for index, (post, grounds_findings) in enumerate(zip(draft.posts, supported, strict=True)):
        findings = [
            *(first if index == 0 else ()),
            *check_evidence(post, draft, sources, searched),
            *grounds_findings,
            *check_manners(post, draft, known.get("pictures", {})),
            *told.get(index, ()),
        ]
        of_post = [problem_of(finding, draft, index) for finding in findings]
        of_post += [problem for problem in besides if problem.post == index]
        waived = with_waivers(of_post, draft, index, known.get("asked", ()))
        kept = sorted(waived, key=lambda problem: (problem.at or 0, problem.check))
        problems += [silenced(problem) for problem in kept]
    return problems + [problem for problem in besides if problem.post is None]


def check_leaked(draft: Draft, forbidden: Forbidden, renditions: Collection[Rendition]) -> list[Problem]:
    """Only what stands in this draft and was said off the record, as ``check_draft`` finds it. Waived findings are left out."""
    told = _leaked(draft, published(draft, renditions), forbidden)
    found = ((index, [problem_of(one, draft, index) for one in findings]) for index, findings in sorted(told.items()))
    return [
        silenced(problem)
        for index, problems in found
        for problem in with_waivers(problems, draft, index)
        # Waivers of other checks are not idle.
        if problem.check in _LEAKS and not problem.waived
    ]


def _checked_words(draft: Draft, renditions: Collection[Rendition], forbidden: Forbidden) -> dict[int, list[Finding]]:
    """What speaks against the words themselves, by the index of the post."""
    shown = published(draft, renditions)
    found = _leaked(draft, shown, forbidden)
    # In a remark they deceive whoever reads the file.
    for wording in (*shown, *remarks(draft)):
        found.setdefault(wording.post, []).extend(check_hidden(wording))
    return found


def _leaked(draft: Draft, shown: Collection[Wording], forbidden: Forbidden) -> dict[int, list[Finding]]:
    """What was said off the record, wherever it stands, by the index of the post."""
    found: dict[int, list[Finding]] = {}
    for wording in (*shown, *in_git(draft), *file_names(draft)):
        found.setdefault(wording.post, []).extend(check_leaks(wording, forbidden))
    return found


def _supporting(draft: Draft, sources: Mapping[str, Source]) -> dict[str, Source]:
    """The sources that this draft names, in its front matter or in its evidence."""
    named = draft.all_sources
    return {path: source for path, source in sources.items() if path in named}


def _support_of(draft: Draft, sources: Mapping[str, Source], records: Records, known: Known) -> Iterator[list[Finding]]:
    """The findings of support for each post; none where no source is known, since then everything would be one."""
    language = _language(draft, sources)
    record, searched = records.of(sources, language), records.searched(sources)
    cast = cast_of(record, tuple((source.path, source.author) for source in sources.values() if source.author))
    made_links, people = known.get("made_links", {}), known.get("people", {})
    own, tags, links = (
        own_words(draft, sources.values()),
        tag_keys(draft, sources.values()),
        known_links(draft, sources.values()),
    )

    said = "\n".join(line for source in sources.values() for line in source.lines).casefold() if made_links else ""

    def findings(index: int, post: Post) -> list[Finding]:
        grounds = Grounds(
            record=record,
            cast=cast,
            cited=record.cited_by(post),
            own_words=own,
            people=people,
            founder=founder_of(draft, people),
            language=language,
        )
        facts = (post, language, grounds, links, tags)
        made = check_made_links(post, made_links.get(index, ()), said, links)
        cited = check_citing(post, grounds, searched)
        return [*check_support(*facts), *made, *check_alt_texts(*facts), *cited]

    return (findings(index, post) if sources else [] for index, post in enumerate(draft.posts))


def _language(draft: Draft, sources: Mapping[str, Source]) -> str:
    """What the draft declares, else what its words say, else (they are too few to say) what the sources are in."""
    text = "\n".join(post.text for post in draft.posts)
    if draft.language or len(text.split()) >= _TELLING_WORDS:
        return language_of(draft.language, text)
    declared = next((source.language for source in sources.values() if source.language), "")
    lines = [line for source in sources.values() for line in source.lines[:_TELLING_LINES]]
    return language_of(declared, "\n".join((text, *lines)))
