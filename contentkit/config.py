"""``contentkit.toml``: the project's settings. Strict, with the place of what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field, fields
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args
from urllib.parse import SplitResult, urlsplit

from contentkit.addresses import is_loopback
from contentkit.errors import ContentError
from contentkit.files import read_text
from contentkit.languages import is_language
from contentkit.lateness import read_lateness
from contentkit.link_tags import NAMES, LinkTags
from contentkit.models import VISIBILITIES, Account, Budget, Caps, Lateness, Limits, Mentions, Numbering, Splitting
from contentkit.patterns import regex
from contentkit.secrets.credentials import variable_of
from contentkit.settings import strict_toml
from contentkit.settings.check_settings import CheckSettings, check_settings
from contentkit.settings.strict_toml import Table
from contentkit.values import dataclass
from contentkit.whereabouts import CONFIG_NAME as CONFIG_NAME  # noqa: PLC0414 - who needs settings asks here for their name
from contentkit.whereabouts import root_above

if TYPE_CHECKING:
    from decimal import Decimal

CALENDAR_NAME = "calendar.yaml"
_NAME = regex(r"[a-z0-9][a-z0-9._-]{0,63}")
_NAME_HINT = "use up to 64 small letters, digits, dots, hyphens and underscores, a letter or digit first"
_HOST = regex(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}", re.I)
_VARIABLE = regex(r"[A-Z_][A-Z0-9_]*")
_PRICE_HINT = "dollars for a million tokens, as in price = { input = 0.25, output = 2.00 }"
# A model that reads less at once has no room for a thread beside what it rests on.
_SMALLEST_CONTEXT = 2048
# In days: a hundred years.
_LONGEST_COOLDOWN = 36_500
# What `accounts check` writes under [accounts.NAME.limits].
LIMITS = tuple(field.name for field in fields(Limits))


@dataclass(frozen=True, kw_only=True)
class DrafterSettings:
    """Which drafter writes, and for a model: where it is, what it is called, which environment variable holds its key.

    ``context`` is how many tokens the model reads at once. ``max_tokens`` and ``max_cost`` (None: no limit) are the most that
    one draft may take; ``price_in`` and ``price_out`` are what a million tokens cost, None where the settings do not say it. US
    dollars.
    """

    name: str = "extractive"
    base_url: str = ""
    model: str = ""
    key_variable: str = ""
    timeout: timedelta = timedelta(seconds=120)
    retries: int = 2
    context: int = 8192
    max_tokens: int = 100_000
    max_cost: Decimal | None = None
    price_in: Decimal | None = None
    price_out: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Config:
    """What ``contentkit.toml`` says. ``project`` names the state folder, so that two clones on one machine share one journal.

    ``site`` is the address that a post's own relative address belongs to. ``settle`` is how long a post that may
    have been published is looked for before a person is asked, ``late`` what happens to late entries that do not say it.
    ``monthly_reads`` is how many statuses may be read for
    figures in a calendar month (UTC) where the network bills it; ``cooldown_days`` is how long a thread rests before it is
    proposed to be said again. ``report_title`` is what people who get a report call the project. ``language`` is that of
    drafts and accounts that do not say theirs, ``link_tags`` what links to our own sites are tagged with. ``own`` are the hosts
    whose pages are our own words.
    """

    project: str
    accounts: Mapping[str, Account] = field(default_factory=dict)
    drafter: DrafterSettings = field(default_factory=DrafterSettings)
    site: str = ""
    settle: timedelta = timedelta(minutes=5)
    late: Lateness = field(default_factory=Lateness)
    monthly_reads: int = 0
    cooldown_days: int = 90
    report_title: str = ""
    language: str = ""
    link_tags: LinkTags = field(default_factory=LinkTags)
    own: frozenset[str] = frozenset()
    checks: CheckSettings = field(default_factory=CheckSettings)


def find_root(start: Path) -> Path | None:
    """The folder at or above ``start`` that holds ``contentkit.toml``, or None."""
    root = root_above(str(start))
    return Path(root) if root else None


def load_config(root: Path) -> Config:
    """The project's settings. Raises ContentError with ``contentkit.toml:line``."""
    return parse_config(read_text(root / CONFIG_NAME, CONFIG_NAME), CONFIG_NAME)


def parse_config(text: str, name: str) -> Config:
    """The settings this TOML holds. Raises ContentError with ``name:line``."""
    top = strict_toml.parse(text, name)
    top.refuse_others(
        (
            "version", "project", "site", "language", "link_tags", "sources", "drafter", "checks", "publishing", "budget",
            "again", "report", "accounts",
        )
    )  # fmt: skip
    if top.values.get("version") != 1 or top.values["version"] is True:
        raise top.error("version", "the version must be 1", "add a first line 'version = 1'")
    publishing = top.table("publishing")
    publishing.refuse_others(("settle", "late"))
    budget = top.table("budget")
    budget.refuse_others(("reads",))
    again = top.table("again")
    again.refuse_others(("cooldown_days",))
    report = top.table("report")
    report.refuse_others(("title",))
    return Config(
        project=_project(top),
        site=_address(top, "site"),
        drafter=_drafter(top.table("drafter")),
        settle=publishing.duration("settle", timedelta(minutes=5)),
        late=_lateness(publishing),
        monthly_reads=budget.number("reads", 0),
        cooldown_days=again.number("cooldown_days", 90, 1, _LONGEST_COOLDOWN),
        report_title=report.text("title"),
        language=_language(top),
        link_tags=_link_tags(top.table("link_tags")),
        own=_own(top.table("sources")),
        accounts=_accounts(top.table("accounts")),
        checks=check_settings(top.table("checks"), top.table("accounts")),
    )


def _lateness(publishing: Table) -> Lateness:
    words = publishing.text("late")
    try:
        return read_lateness(words) if words else Lateness()
    except ContentError as error:
        raise publishing.error("late", error.message, error.hint) from None


def _project(top: Table) -> str:
    name = top.text("project")
    if not _NAME.fullmatch(name):
        hint = f'add project = "my-project"; {_NAME_HINT}'
        raise top.error("project", "the project has no usable name", hint)
    return name


def _address(table: Table, key: str) -> str:
    """An http(s) address without its last slash, or nothing."""
    address = table.text(key)
    parts = _split(address)
    if address and (parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc):
        if "@" in address:  # a password may stand before it
            raise table.error(key, "the address holds a user or a password", "write it as https://example.org")
        raise table.error(key, f"'{address}' is not an http(s) address", "write it as https://example.org")
    return address.rstrip("/")


def _secure_address(table: Table, key: str) -> str:
    """An address that secrets are sent to: plain http only to this machine, where nobody can listen in."""
    address = _address(table, key)
    if address.startswith("http://") and not is_loopback(_split(address).hostname or ""):
        raise table.error(key, f"'{address}' is not encrypted", "use https")
    return address


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return SplitResult("", "", "", "", "")
    return parts


def _language(table: Table) -> str:
    code = table.text("language")
    if code and not is_language(code):
        raise table.error("language", f"'{code}' is not the code of a language", 'as in language = "en" or "pt-BR"')
    return code


def _link_tags(table: Table) -> LinkTags:
    table.refuse_others(("hosts", "source", "medium", "campaign"))
    known = LinkTags()
    given = table.values.get("hosts", [])
    if not isinstance(given, list) or not all(isinstance(host, str) and _HOST.fullmatch(host) for host in given):
        raise table.error("hosts", "'hosts' must be a list of host names", 'as in hosts = ["example.org"]')
    if table.values and not given:
        raise table.error("hosts", "'hosts' names no host of yours", 'as in hosts = ["example.org"]')
    return LinkTags(
        hosts=tuple(host.lower() for host in given),
        source=_template(table, "source", known.source),
        medium=_template(table, "medium", known.medium),
        campaign=_template(table, "campaign", known.campaign),
    )


def _own(table: Table) -> frozenset[str]:
    table.refuse_others(("own",))
    given = table.values.get("own", [])
    if not isinstance(given, list) or not all(isinstance(host, str) and _HOST.fullmatch(host) for host in given):
        raise table.error("own", "'own' must be a list of host names", 'as in own = ["example.org"]')
    return frozenset(host.lower() for host in given)


def _template(table: Table, key: str, usual: str) -> str:
    words = table.text(key, usual)
    if re.search(r"[{}]", re.sub("|".join(rf"\{{{name}\}}" for name in NAMES), "", words)):
        names = ", ".join(f"{{{name}}}" for name in NAMES)
        raise table.error(key, f"'{words}' has braces that name nothing", f"there are {names}")
    return words


def _drafter(table: Table) -> DrafterSettings:
    known = DrafterSettings()
    keys = ("name", "base_url", "model", "key", "timeout", "retries", "context", "max_tokens", "max_cost", "price")
    table.refuse_others(keys)
    key = table.text("key")
    # Names of variables are written in capitals, keys hardly ever are. The message does not repeat what may be one.
    if key and not _VARIABLE.fullmatch(key):
        message = "'key' names the environment variable that holds the key, never the key itself"
        raise table.error("key", message, 'as in key = "OPENAI_API_KEY"')
    price = _price(table)
    return DrafterSettings(
        name=table.text("name", known.name),
        base_url=_secure_address(table, "base_url"),
        model=table.text("model"),
        key_variable=key,
        timeout=table.duration("timeout", known.timeout),
        retries=table.number("retries", known.retries),
        context=table.number("context", known.context, _SMALLEST_CONTEXT),
        max_tokens=table.number("max_tokens", known.max_tokens, 1),
        max_cost=_max_cost(table),
        price_in=price.amount("input"),
        price_out=price.amount("output"),
    )


def _price(table: Table) -> Table:
    """What a million tokens cost: both numbers, or none."""
    if "price" in table.values and not isinstance(table.values["price"], dict):
        raise table.error("price", "'price' must say what is bought", _PRICE_HINT)
    price = table.table("price")
    price.refuse_others(("input", "output"))
    if len(price.values) == 1:
        raise table.error("price", "'price' needs both 'input' and 'output'", _PRICE_HINT)
    return price


def _max_cost(table: Table) -> Decimal | None:
    if "max_cost" in table.values and "price" not in table.values:
        raise table.error("max_cost", "'max_cost' cannot be kept without prices", _PRICE_HINT)
    return table.amount("max_cost")


def _accounts(table: Table) -> dict[str, Account]:
    accounts: dict[str, Account] = {}
    variables: dict[str, str] = {}
    for name in table.values:
        if not _NAME.fullmatch(name):
            raise table.error(name, f"'{name}' is no name for an account", _NAME_HINT)
        other = variables.setdefault(variable_of(name, "token"), name)
        if other != name:
            message = f"the accounts '{other}' and '{name}' would take their secrets from the same variables"
            raise table.error(name, message, "let their names differ in more than dots, hyphens and underscores")
        accounts[name] = _account(name, table.table(name))
    return accounts


def _account(name: str, table: Table) -> Account:
    table.refuse_others(
        (
            "platform", "server", "handle", "id", "visibility", "replies", "language", "mentions", "split", "numbering",
            "budget", "caps", "limits", "checks",
        )
    )  # fmt: skip
    if not table.text("platform"):
        raise table.error("platform", f"account '{name}' does not say its platform", 'add platform = "mastodon"')
    return Account(
        name=name,
        platform=table.text("platform"),
        server=_secure_address(table, "server"),
        handle=table.text("handle").lstrip("@"),
        remote_id=table.text("id"),
        visibility=table.choice("visibility", VISIBILITIES),
        replies=table.choice("replies", ("public", "unlisted")),
        language=_language(table),
        mentions=cast(Mentions, table.choice("mentions", get_args(Mentions))),
        split=cast(Splitting, table.choice("split", get_args(Splitting))),
        numbering=cast(Numbering, table.choice("numbering", get_args(Numbering))),
        budget=_budget(table),
        caps=_caps(table),
        stated=(stated := _limits(table.table("limits"))),
        limits=Limits(**stated),
        line=table.line("platform"),
    )


def _budget(account: Table) -> Budget | None:
    """What may be spent; None where the settings set no limit."""
    if "budget" not in account.values:
        return None
    if not isinstance(account.values["budget"], dict):
        raise account.error("budget", "'budget' must say for how long", "write it as budget = { month = 10.00 }")
    table = account.table("budget")
    spans = ("month", "day")
    table.refuse_others(spans)
    # Whoever writes the word wants a limit.
    if not table.values:
        raise table.error("month", "'budget' sets no limit", "write it as budget = { month = 10.00 }")
    return Budget(**{span: table.amount(span) for span in spans if span in table.values})


def _caps(account: Table) -> Caps:
    """How many parts may go out; no limit where the settings set none."""
    if "caps" not in account.values:
        return Caps()
    spans = ("run", "day", "month")
    if not isinstance(account.values["caps"], dict) or not account.values["caps"]:
        raise account.error("caps", "'caps' must say for how long", "write it as caps = { day = 20 }")
    table = account.table("caps")
    table.refuse_others(spans)
    return Caps(**{span: table.number(span, 1, 1) for span in spans if span in table.values})


def _limits(table: Table) -> dict[str, int]:
    """The limits that the settings state; what they leave out is for the platform to say."""
    table.refuse_others(LIMITS)
    return {key: table.number(key, 0, 0 if key == "media" else 1) for key in LIMITS if key in table.values}
