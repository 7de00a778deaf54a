"""What a drafter is asked for: the wish, completed by what the project and the source say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contentkit.cli.drafting.wish import Wish
from contentkit.drafting import Brief
from contentkit.errors import UsageError

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.models import Account, Source

_SURELY = 0.4


def brief_for(project: Project, source: Source, wish: Wish, account: Account, founder: str) -> Brief:
    """The brief for drafting from this source for this account."""
    from contentkit.drafting.voice.loading import voice_of

    platform = project.platform(account)
    site = project.config.site if source.site_path.startswith("/") else ""
    return Brief(
        limit=account.limits.characters,
        count=lambda text: platform.length(text, "", account.limits),
        posts=wish.posts,
        speaker=wish.speaker if source.kind == "transcript" else "",
        language=wish.language or source.language or _other_language(project),
        link=wish.link or source.link or (site and site + source.site_path),
        angle=wish.angle,
        voice=voice_of(project.root, project.people, founder) if founder in project.people else None,
    )


def refuse_translation(source: Source, wish: Wish) -> None:
    """Raises UsageError where the drafter chooses sentences, and they would have to be in another language.

    What a source says of itself is believed; else what its words tell, of the languages that can be told apart here.
    """
    from contentkit.checks.reading.words import language_of
    from contentkit.drafting.rules import LANGUAGES

    wanted, language = _primary(wish.language), _primary(source.language)
    if not language:
        text = " ".join(passage.text for passage in source.passages)
        told = language_of("", text)
        # Other languages share a few of these words; only much of them says that it is English all the same.
        language = told if wanted in LANGUAGES or (told == "en" and _english_share(text) >= _SURELY) else ""
    if wanted and language and wanted != language:
        hint = "a translation needs a model: --drafter openai; without one, leave --language out"
        raise UsageError(f"{source.path}: is in '{language}', and the offline drafter translates nothing", hint=hint)


def unruly(language: str) -> str:
    """What to say of the language of an offline draft that there are no rules for; empty for the others.

    A draft without a language is in one that nobody named, and that was seen to be none of the known ones.
    """
    from contentkit.drafting.rules import LANGUAGES, is_known

    if language and is_known(language):
        return ""
    known, there = " and ".join(LANGUAGES), f"'{language}'" if language else "another language"
    return f"The offline drafter knows {known} and chose plainly in {there}: read each post beside its lines."


def _english_share(text: str) -> float:
    """How much of the words are the commonest ones of English."""
    from contentkit.drafting.rules import rules_for, straight

    words, commonest = straight(text.lower()).split(), rules_for("en").stop_words
    return sum(word in commonest for word in words) / (len(words) or 1)


def _primary(language: str) -> str:
    return language.lower().partition("-")[0]


def _other_language(project: Project) -> str:
    """The project's language, where it is none that drafters tell from another by themselves."""
    from contentkit.drafting.rules import LANGUAGES

    language = project.config.language
    return "" if _primary(language) in LANGUAGES else language
