"""The codes of languages, as settings, drafts and people name them."""

from __future__ import annotations

from contentkit.patterns import regex

# As BCP 47 writes them, as far as networks take them.
_CODE = regex(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
CODE_HINT = "use a code as en, es or pt-BR"


def is_language(code: str) -> bool:
    """Whether this is the code of a language, as far as its form tells."""
    return bool(_CODE.fullmatch(code))


def code_in(words: str) -> str:
    """The code that these words of somebody's front matter or page hold (``en_US``, ``PT-br``); empty where they hold none."""
    first, *rest = words.strip().replace("_", "-").split("-")
    code = "-".join((first.lower(), *rest))
    return code if is_language(code) else ""
