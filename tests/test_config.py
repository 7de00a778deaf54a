from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from contentkit.config import Config, find_root, load_config, parse_config
from contentkit.errors import ContentError
from contentkit.link_tags import LinkTags
from contentkit.models import Budget, Caps, Limits

HEAD = 'version = 1\nproject = "our-posts"\n'


def read(text: str) -> Config:
    return parse_config(HEAD + text, "contentkit.toml")


def refusal(text: str) -> ContentError:
    """What is said of these lines below the two of HEAD: they begin on line 3."""
    with pytest.raises(ContentError) as caught:
        read(text)
    return caught.value


def test_a_short_file_has_usable_defaults() -> None:
    config = read("")
    assert (config.project, config.accounts, config.site) == ("our-posts", {}, "")
    assert (config.drafter.name, config.settle) == ("extractive", timedelta(minutes=5))
    assert config.monthly_reads == 0, "nothing that costs money is read before somebody asked for it"


def test_every_setting_is_read() -> None:
    config = read("""
site = "http://blog.example.org/"
language = "pt-BR"
[link_tags]
hosts = ["Orchard.example"]
medium = "post"
campaign = ""
[drafter]
name = "openai"
base_url = "http://127.0.0.1:11434/v1"
model = "some-model"
key = "MODEL_KEY"
timeout = "90s"
retries = 0
[publishing]
settle = "2m"
[budget]
reads = 600
[again]
cooldown_days = 30
[accounts.our-mastodon]
platform = "mastodon"
server = "https://mastodon.example/"
handle = "@us"
id = "109"
visibility = "unlisted"
replies = "unlisted"
language = "en"
mentions = "names"
split = "never"
numbering = "1/5"
limits = { characters = 5000, url_length = 30, media = 0, alt_characters = 100 }
""")
    assert config.site == "http://blog.example.org"
    assert config.language == "pt-BR"
    assert config.link_tags == LinkTags(hosts=("orchard.example",), medium="post", campaign="")
    assert (config.drafter.base_url, config.drafter.key_variable) == ("http://127.0.0.1:11434/v1", "MODEL_KEY")
    assert (config.drafter.timeout, config.drafter.retries) == (timedelta(seconds=90), 0)
    assert (config.settle, config.monthly_reads, config.cooldown_days) == (timedelta(minutes=2), 600, 30)
    account = config.accounts["our-mastodon"]
    assert (account.replies, account.mentions, account.split, account.numbering) == (
        "unlisted",
        "names",
        "never",
        "1/5",
    )
    assert (account.server, account.handle, account.remote_id) == ("https://mastodon.example", "us", "109")
    assert (account.visibility, account.language) == ("unlisted", "en")
    assert account.limits == Limits(characters=5000, url_length=30, media=0, alt_characters=100)
    assert account.stated == {"characters": 5000, "url_length": 30, "media": 0, "alt_characters": 100}


def test_how_bad_findings_are_is_read_for_the_project_and_for_an_account() -> None:
    config = read("""[checks.severity]
CK321 = "off"
CK325 = "error"
[accounts.ours]
platform = "x"
checks = { CK321 = "error" }
[accounts.theirs]
platform = "x"
[accounts.theirs.checks]
CK321 = "information"
""")
    assert {check: (one.level, one.line) for check, one in config.checks.levels.items()} == {
        "CK321": ("off", 4),
        "CK325": ("error", 5),
    }
    told = {
        name: [(check, one.level, one.line) for check, one in of.items()]
        for name, of in config.checks.levels_on.items()
    }
    assert told == {"ours": [("CK321", "error", 8)], "theirs": [("CK321", "information", 12)]}


def test_phrases_and_topics_that_the_checks_look_for_are_read() -> None:
    config = read('[checks]\nhype = ["game-changing"]\n[checks.topics]\nhealth = ["burnout", "depress*"]\nwar = []')
    assert config.checks.hype == ("game-changing",)
    assert config.checks.topics == {"health": ("burnout", "depress*"), "war": ()}


@pytest.mark.parametrize("value", ['"burnout"', "[1]", '["*"]', '[""]'])
def test_phrases_that_are_none_are_refused_with_their_line(value: str) -> None:
    error = refusal(f"[checks.topics]\nhealth = {value}")
    assert error.message == "contentkit.toml:4: 'health' must be a list of words and phrases"


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ('CK321 = "eror"', "no CK321 'eror'", "did you mean 'error'?"),
        ("CK321 = false", "'CK321' must be text", 'put it in quotes: CK321 = "…"'),
        ('CK321 = ""', "'CK321' has no severity", "there are off, information, warning, error"),
        ('hashtags = "off"', "'hashtags' is not the id of a check", 'as in CK321 = "off"'),
    ],
)
def test_a_severity_that_says_nothing_is_refused_with_its_line(line: str, message: str, hint: str) -> None:
    error = refusal(f"[checks.severity]\n{line}")
    assert (error.message, error.hint) == (f"contentkit.toml:4: {message}", hint)


@pytest.mark.parametrize(
    ("text", "line", "nearest"),
    [
        ("cite = 1", 3, "site"),
        ("[checks]\nsevirity = {}", 4, "severity"),
        ("[draftr]", 3, "drafter"),
        ("[drafter]\nmodell = ''", 4, "model"),
        ("[publishing]\n# how long\nsettel = '5m'", 5, "settle"),
        ("[accounts.a]\nplatform = 'console'\nvisibillity = 'public'", 5, "visibility"),
        ("[accounts.a]\nplatform = 'console'\nlimits = { charcters = 5 }", 5, "characters"),
        ("[accounts.a]\nplatform = 'console'\n[accounts.a.limits]\ncharcters = 5", 6, "characters"),
        ("accounts.a.platfrom = 'console'", 3, "platform"),
        ('[ accounts . "a" ]  # ours\n"platfrom" = 1', 4, "platform"),
    ],
)
def test_an_unknown_key_is_named_with_its_line_and_the_nearest_known_one(text: str, line: int, nearest: str) -> None:
    error = refusal(text)
    assert error.message.startswith(f"contentkit.toml:{line}: ")
    assert "has no key" in error.message
    assert error.hint == f"did you mean '{nearest}'?"


def test_the_line_is_that_of_the_right_table_when_a_key_stands_in_several() -> None:
    error = refusal(
        "[accounts.one]\nplatform = 'console'\nhandle = 'one'\n[accounts.one-two]\nplatform = 'console'\nhandle = 2"
    )
    assert error.message == "contentkit.toml:8: 'handle' must be text"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("site = 7", "contentkit.toml:3: 'site' must be text"),
        ("site = 'ftp://x.org'", "contentkit.toml:3: 'ftp://x.org' is not an http(s) address"),
        ("site = 'https://[::1'", "contentkit.toml:3: 'https://[::1' is not an http(s) address"),
        ("site = 'https://x.org:port'", "contentkit.toml:3: 'https://x.org:port' is not an http(s) address"),
        ("drafter = 'openai'", "contentkit.toml:3: 'drafter' must be a table"),
        ("accounts = []", "contentkit.toml:3: 'accounts' must be a table"),
        ("[[accounts]]\nplatform = 'console'", "contentkit.toml:3: 'accounts' must be a table"),
        ("[drafter]\nretries = '2'", "contentkit.toml:4: 'retries' must be a whole number"),
        ("[drafter]\nretries = true", "contentkit.toml:4: 'retries' must be a whole number"),
        ("[drafter]\nretries = -1", "contentkit.toml:4: 'retries' must be a whole number"),
        ("[drafter]\ntimeout = '2 weeks'", "contentkit.toml:4: '2 weeks' is not a length of time"),
        ("[accounts]\na = 'console'", "contentkit.toml:4: 'a' must be a table"),
        ("[accounts.A]\nplatform = 'console'", "contentkit.toml:3: 'A' is no name for an account"),
        ("[accounts.a]\nhandle = 'x'", "contentkit.toml:3: account 'a' does not say its platform"),
        ("[accounts.a]\nplatform = 'console'\nvisibility = 'pubic'", "contentkit.toml:5: no visibility 'pubic'"),
        ("[drafter", "contentkit.toml:3: Expected ']' at the end of a table declaration"),
        ("tags = [1, x", "contentkit.toml:3: Invalid value"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_line(text: str, message: str) -> None:
    error = refusal(text)
    assert error.message == message
    assert error.hint


@pytest.mark.parametrize("version", ["", "version = 2\n", "version = '1'\n", "version = true\n"])
def test_only_version_1_is_read(version: str) -> None:
    with pytest.raises(ContentError, match=r"^contentkit\.toml:1: the version must be 1"):
        parse_config(version + 'project = "x"\n', "contentkit.toml")


@pytest.mark.parametrize("name", ["", "Our Posts", "../elsewhere", ".hidden", "a/b", "a\\nb"])
def test_a_projects_name_is_fit_to_name_a_folder(name: str) -> None:
    with pytest.raises(ContentError, match="no usable name"):
        parse_config(f'version = 1\nproject = "{name}"\n', "contentkit.toml")


@pytest.mark.parametrize("host", ["127.0.0.1:3000", "localhost", "[::1]:8080"])
@pytest.mark.parametrize("key", ["server", "base_url"])
def test_plain_http_is_fine_to_this_machine(key: str, host: str) -> None:
    table = "[drafter]" if key == "base_url" else "[accounts.a]\nplatform = 'mastodon'"
    read(f"{table}\n{key} = 'http://{host}'")


@pytest.mark.parametrize("host", ["mastodon.example", "localhost.example.org", "127.0.0.1.example.org", "10.0.0.5"])
@pytest.mark.parametrize("key", ["server", "base_url"])
def test_plain_http_to_another_machine_is_refused_where_secrets_go(key: str, host: str) -> None:
    table = "[drafter]" if key == "base_url" else "[accounts.a]\nplatform = 'mastodon'"
    error = refusal(f"{table}\n{key} = 'http://{host}'")
    assert "is not encrypted" in error.message
    assert error.hint == "use https"


def test_an_address_must_not_carry_a_user_and_a_password() -> None:
    error = refusal("[accounts.a]\nplatform='m'\nserver='https://me:hunter2@x.org'")
    assert "holds a user or a password" in error.message
    assert "hunter2" not in error.message + error.hint


@pytest.mark.parametrize("key", ["sk-proj-abcdef", "sk_live_abcdef0123", "ghp_abcdef", "my key"])
def test_a_key_in_the_place_of_its_variables_name_is_refused_and_not_repeated(key: str) -> None:
    error = refusal(f"[drafter]\nkey = '{key}'")
    assert error.message.startswith("contentkit.toml:4: 'key' names the environment variable")
    assert key not in error.message + error.hint


def test_two_accounts_cannot_share_the_variable_of_their_secrets() -> None:
    error = refusal("[accounts.a-b]\nplatform = 'console'\n[accounts.a_b]\nplatform = 'console'")
    assert error.message.startswith("contentkit.toml:5: the accounts 'a-b' and 'a_b' would take their secrets from")


def test_a_hostile_key_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in refusal('"\\u001b[2J" = 1').message


def test_the_project_is_found_from_any_folder_within_it(tmp_path: Path) -> None:
    (tmp_path / "contentkit.toml").write_text(HEAD)
    (tmp_path / "notes" / "2026").mkdir(parents=True)
    assert find_root(tmp_path / "notes" / "2026") == tmp_path
    assert find_root(tmp_path) == tmp_path
    assert find_root(tmp_path.parent) is None


def test_a_file_that_is_not_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "contentkit.toml").write_bytes(HEAD.encode() + "site = 'https://españa.example'".encode("latin-1"))
    with pytest.raises(ContentError, match=r"^contentkit\.toml:3: not UTF-8 text"):
        load_config(tmp_path)


def test_a_byte_order_mark_and_foreign_line_ends_are_read(tmp_path: Path) -> None:
    (tmp_path / "contentkit.toml").write_bytes(b"\xef\xbb\xbf" + HEAD.replace("\n", "\r\n").encode())
    assert load_config(tmp_path).project == "our-posts"


@pytest.mark.parametrize(
    ("lines", "place", "message"),
    [
        ('language = "English"', 3, "'English' is not the code of a language"),
        ('[link_tags]\nsource = "x"', 3, "'hosts' names no host of yours"),
        ('[link_tags]\nhosts = ["https://a.example"]', 4, "'hosts' must be a list of host names"),
        ('[link_tags]\nhosts = "a.example"', 4, "'hosts' must be a list of host names"),
        ('[link_tags]\nhosts = ["a.example"]\nsource = "{entry}"', 5, "'{entry}' has braces that name nothing"),
        ('[link_tags]\nhosts = ["a.example"]\nsource = "{platform.__class__}"', 5, "has braces that name nothing"),
        ('[accounts.a]\nplatform = "x"\nreplies = "private"', 5, "no replies 'private'"),
        ('[accounts.a]\nplatform = "x"\nmentions = "all"', 5, "no mentions 'all'"),
        ('[accounts.a]\nplatform = "x"\nsplit = "words"', 5, "no split 'words'"),
        ('[accounts.a]\nplatform = "x"\nnumbering = "1."', 5, "no numbering '1.'"),
    ],
)
def test_how_threads_are_written_is_said_in_words_that_are_known(lines: str, place: int, message: str) -> None:
    said = refusal(lines).message
    assert said.startswith(f"contentkit.toml:{place}: ")
    assert message in said


def account_with(budget: str) -> str:
    return f'[accounts.ours]\nplatform = "x"\nhandle = "ours"\nbudget = {budget}\n'


@pytest.mark.parametrize(
    ("written", "amount"),
    [("10.00", "10.00"), ("10", "10"), ("0", "0"), ("0.1", "0.1"), ("1_000.005", "1000.005")],
)
def test_a_budget_is_read_exactly_as_it_is_written(written: str, amount: str) -> None:
    assert read(account_with(f"{{ month = {written} }}")).accounts["ours"].budget == Budget(month=Decimal(amount))


def test_a_budget_may_be_of_a_day_alone_or_beside_that_of_the_month() -> None:
    assert read(account_with("{ day = 1.50 }")).accounts["ours"].budget == Budget(day=Decimal("1.50"))
    both = read(account_with("{ month = 10, day = 1 }")).accounts["ours"].budget
    assert both == Budget(month=Decimal(10), day=Decimal(1))


def test_caps_are_whole_numbers_for_a_run_a_day_a_month() -> None:
    account = '[accounts.ours]\nplatform = "x"\ncaps = '
    assert read(account + "{ run = 10, day = 20 }\n").accounts["ours"].caps == Caps(run=10, day=20)
    assert read('[accounts.ours]\nplatform = "x"\n').accounts["ours"].caps == Caps()
    for wrong, line in (
        ("10", "must say for how long"),
        ("{}", "must say for how long"),
        ("{ day = 0 }", "whole number"),
    ):
        with pytest.raises(ContentError, match=line):
            read(account + wrong + "\n")
    with pytest.raises(ContentError, match="week"):
        read(account + "{ week = 3 }\n")


def test_an_account_without_a_budget_has_no_limit() -> None:
    assert read('[accounts.ours]\nplatform = "x"\n').accounts["ours"].budget is None


@pytest.mark.parametrize(
    "written", ["-1", "-0.01", "nan", "inf", "true", "1e3", '"10.00"', '"ten"', "0.0000001", "[10]"]
)
def test_what_is_no_amount_is_refused_with_its_line(written: str) -> None:
    told = refusal(account_with(f"{{ month = {written} }}"))
    assert (told.message, told.hint) == (
        "contentkit.toml:6: 'month' must be an amount: 0 or more, in figures, with at most 6 of them behind the point",
        "write it as month = 10.00",
    )


@pytest.mark.parametrize(
    ("written", "message"), [("10", "'budget' must say for how long"), ("{}", "'budget' sets no limit")]
)
def test_a_budget_without_its_month_is_refused_and_shown_with_it(written: str, message: str) -> None:
    told = refusal(account_with(written))
    assert (told.message, told.hint) == (f"contentkit.toml:6: {message}", "write it as budget = { month = 10.00 }")


def test_a_budget_has_no_other_key() -> None:
    assert refusal(account_with("{ moth = 3 }")).hint == "did you mean 'month'?"


DRAFTER = """
version = 1
project = "p"
[drafter]
name = "openai"
"""


def test_what_a_draft_may_take_of_a_model_is_read_exactly() -> None:
    config = parse_config(
        DRAFTER + "context = 32768\nmax_tokens = 5000\nmax_cost = 0.10\nprice = { input = 0.25, output = 2 }\n",
        "contentkit.toml",
    )
    drafter = config.drafter
    assert (drafter.context, drafter.max_tokens, drafter.max_cost) == (32_768, 5000, Decimal("0.10"))
    assert (drafter.price_in, drafter.price_out) == (Decimal("0.25"), Decimal(2))


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("max_cost = 0.10", "7: 'max_cost' cannot be kept without prices"),
        ("price = 2", "7: 'price' must say what is bought"),
        ("price = { input = 1 }", "7: 'price' needs both 'input' and 'output'"),
        ("price = { input = 1, outputs = 2 }", "7: [drafter.price] has no key 'outputs'"),
        ("price = { input = 1, output = -2 }", "7: 'output' must be an amount"),
        ("max_tokens = 0", "7: 'max_tokens' must be a whole number"),
        ("context = 1024", "7: 'context' must be a whole number"),
    ],
)
def test_a_cap_that_cannot_be_kept_is_a_mistake_in_the_settings(lines: str, message: str) -> None:
    with pytest.raises(ContentError) as caught:
        parse_config(f"{DRAFTER}\n{lines}\n".replace("\n\n", "\n# none\n"), "contentkit.toml")
    assert message in caught.value.message


def test_own_hosts_are_names_of_hosts() -> None:
    top = 'version = 1\nproject = "p"\n[sources]\n'
    assert parse_config(top + 'own = ["Blog.Example.org"]\n', "contentkit.toml").own == {"blog.example.org"}
    for wrong in ('own = "example.org"', 'own = ["https://example.org"]', "own = [1]"):
        with pytest.raises(ContentError, match=r"contentkit\.toml:4: 'own' must be a list of host names"):
            parse_config(f"{top}{wrong}\n", "contentkit.toml")
