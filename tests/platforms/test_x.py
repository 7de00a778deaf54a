"""X through the adapter: who we are, what was published, what it says when it comes back, how it is counted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contentkit.counters.x import weighted_length
from contentkit.errors import Unavailable
from contentkit.models import Account, Limits
from contentkit.platforms import Audience, Figures, Measures, Message
from contentkit.platforms.loading import load_platform
from contentkit.platforms.session import WatchedSession
from contentkit.platforms.x import X, XConnection
from contentkit.platforms.x_posts import is_repost, parent_of, text_of
from contentkit.testing.loopback import Answer, LoopbackServer, Request
from contentkit.text import normalised
from tests.servers.faulty_proxy import FaultyProxy
from tests.servers.x_oauth import Keys
from tests.servers.x_server import XRules, XServer

KEYS = Keys().as_secrets()


def account(server: str, *, characters: int = 280) -> Account:
    return Account(name="mine", platform="x", server=server, limits=replace(X.limits, characters=characters))


def connection(url: str, *, characters: int = 280) -> XConnection:
    return XConnection(account(url, characters=characters), KEYS, WatchedSession(url, secrets=KEYS.values()))


def answering(body: object, status: int = 200) -> LoopbackServer:
    return LoopbackServer(lambda request: Answer(status=status, body=json.dumps(body).encode()))


@pytest.fixture
def server() -> Iterator[XServer]:
    with XServer() as server:
        yield server


def test_the_platform_is_found_and_tells_its_secrets_its_limits_and_its_prices() -> None:
    x = load_platform(Account(name="a", platform="x"))
    assert x.limits.characters == 280
    assert set(x.guidance) == set(x.secrets) == set(KEYS)
    assert all(len(line) > 20 for line in x.guidance.values())


def test_without_a_server_the_account_lives_on_x_itself(tmp_path: Any) -> None:
    mine = X().connect(Account(name="a", platform="x"), KEYS, tmp_path)
    assert mine._session.server == "https://api.x.com"
    assert isinstance(mine, Measures)


def test_a_length_is_counted_as_x_counts_it() -> None:
    assert X().length("setup.py \u2026", "", Limits(url_length=23)) == 26


@pytest.mark.parametrize(
    ("visibility", "warning", "lacking"),
    [("public", "", ""), ("unlisted", "", "unlisted posts"), ("public", "Careful", "content warnings")],
)
def test_x_tells_what_it_has_no_place_for(visibility: str, warning: str, lacking: str) -> None:
    x = load_platform(Account(name="a", platform="x"))
    assert x.lacks(visibility, warning) == lacking


def test_tokens_that_may_only_read_are_remarked_on_before_anything_is_published() -> None:
    me = Answer(status=200, body=b'{"data": {"id": "1", "username": "me"}}', headers=(("x-access-level", "read"),))
    with LoopbackServer(lambda request: me) as x:
        [remark] = connection(x.url).remarks()
    assert "Read and write" in remark


def test_an_account_that_could_write_long_posts_is_told_so() -> None:
    with XServer(subscription_type="Premium") as server:
        assert "25000" in connection(server.url).remarks()[0]
        assert connection(server.url, characters=25_000).remarks() == []


def test_one_request_says_who_we_are_what_we_may_write_and_who_reads_us(server: XServer) -> None:
    server.set_account(replace(server.account, followers_count=321, following_count=12))
    mine = connection(server.url)
    identity = mine.identity()
    assert (identity.remote_id, identity.handle) == (server.account_id, "contentkit_x")
    assert identity.server_time
    assert mine.limits().characters == 280
    assert mine.audience() == Audience(followers=321, following=12, statuses=0)
    assert len(server.history) == 1


@pytest.mark.parametrize("zone", ["+9959", "-9999999999999999999999"])
def test_a_date_that_no_clock_can_show_is_not_told(zone: str) -> None:
    me = Answer(
        status=200,
        body=b'{"data": {"id": "1", "username": "me"}}',
        headers=(("Date", f"Fri, 31 Dec 9999 23:59:59 {zone}"),),
    )
    with LoopbackServer(lambda request: me) as x:
        assert connection(x.url).identity().server_time is None


@pytest.mark.parametrize(
    ("subscription", "stated", "allowed"),
    [("None", 25_000, 280), ("Premium", 25_000, 25_000), ("Premium", 280, 280), ("PremiumPlus", 99_999, 25_000)],
)
def test_long_posts_are_for_accounts_that_x_says_have_premium(subscription: str, stated: int, allowed: int) -> None:
    with XServer(subscription_type=subscription) as server:
        assert connection(server.url, characters=stated).limits().characters == allowed


@pytest.mark.parametrize("told", [{}, {"verified_type": "none"}, {"subscription_type": 5}, {"subscription_type": None}])
def test_an_account_of_which_x_says_nothing_writes_short_posts(told: dict[str, object]) -> None:
    with answering({"data": {"id": "0", "username": "me", **told}}) as x:
        assert connection(x.url, characters=4000).limits().characters == 280


def test_a_server_that_does_not_know_our_fields_still_says_who_we_are() -> None:
    def respond(request: Request) -> Answer:
        if request.query:
            return Answer(status=400, body=b'{"errors": [{"message": "no such field"}], "title": "Invalid Request"}')
        return Answer(status=200, body=b'{"data": {"id": "0", "username": "playground_user"}}')

    with LoopbackServer(respond) as simple:
        assert connection(simple.url).identity().remote_id == "0"


@pytest.mark.parametrize("body", [{}, {"data": []}, {"data": {"id": 5}}, {"data": {"id": "me"}}, [], "x"])
def test_an_odd_answer_does_not_say_who_we_are(body: object) -> None:
    with answering(body) as x, pytest.raises(Unavailable):
        connection(x.url).identity()


@pytest.mark.parametrize("ask", ["identity", "limits", "recent", "find", "figures", "audience"])
def test_a_wrong_key_is_told_as_such_whatever_we_ask(ask: str, server: XServer) -> None:
    server.set_keys(Keys(access_token="another"))
    mine = connection(server.url)
    questions = {
        "recent": lambda: mine.recent(""),
        "find": lambda: mine.find("5"),
        "figures": lambda: mine.figures(["5"]),
    }
    with pytest.raises(Unavailable) as caught:
        questions.get(ask, getattr(mine, ask))()
    assert caught.value.pauses_account


def test_reading_without_credit_pauses_the_account(server: XServer) -> None:
    server.set_credit(0)
    with pytest.raises(Unavailable) as caught:
        connection(server.url).identity()
    assert caught.value.pauses_account


def test_own_posts_are_read_back_newest_first_up_to_a_known_one(server: XServer) -> None:
    mine = connection(server.url)
    sent = [server.add_post(f"Number {number}") for number in range(120)]
    assert [status.remote_id for status in mine.recent(sent[0])] == sent[:0:-1]
    assert mine.recent(sent[-1]) == []
    assert [status.remote_id for status in mine.recent("")] == sent[:-11:-1]


def test_short_ids_are_never_compared_by_the_server() -> None:
    """X's simulator compares ids as text, and "100" comes before "99"."""
    posts = [{"id": number, "text": number} for number in ("101", "100", "99", "98")]

    def respond(request: Request) -> Answer:
        if request.path == "/2/users/me":
            return Answer(status=200, body=b'{"data": {"id": "0", "username": "me"}}')
        since = request.query.get("since_id", [""])[0]
        kept = [post for post in posts if post["id"] > since]
        return Answer(status=200, body=json.dumps({"data": kept, "meta": {}}).encode())

    with LoopbackServer(respond) as simple:
        assert [status.remote_id for status in connection(simple.url).recent("99")] == ["101", "100"]


def test_reposts_are_left_out_even_where_the_server_lists_them() -> None:
    repost = {"id": "9", "text": "RT @a: b", "referenced_tweets": [{"type": "retweeted", "id": "3"}]}
    quote = {"id": "8", "text": "Look", "referenced_tweets": [{"type": "quoted", "id": "3"}]}
    answer = {"data": [repost, quote], "meta": {}}

    def respond(request: Request) -> Answer:
        body = {"data": {"id": "0"}} if request.path == "/2/users/me" else answer
        return Answer(status=200, body=json.dumps(body).encode())

    with LoopbackServer(respond) as simple:
        assert [(status.remote_id, status.parent) for status in connection(simple.url).recent("")] == [("8", "")]


def test_reading_back_costs_what_is_new_and_nothing_else(server: XServer) -> None:
    old = [server.add_post(f"Old {number}") for number in range(20)]
    mine = connection(server.url)
    mine.identity()
    server.add_post("New")
    mine.recent(old[-1])
    assert [charge.price for charge in server.charges] == [10, 5]


def test_a_post_is_found_with_its_words_its_place_and_its_author(server: XServer) -> None:
    mine = connection(server.url)
    mine.identity()
    first = mine.publish(Message(text="Fish & <chips>: https://example.org/a?b=1&c=2, then setup.py.", key="k"))
    second = mine.publish(Message(text="Reply", key="k2", parent=first.remote_id))
    another = connection(server.url)
    another.identity()
    one, two = another.find(first.remote_id), another.find(second.remote_id)
    assert one
    assert two
    assert one.text == "Fish & <chips>: https://example.org/a?b=1&c=2, then setup.py."
    assert (one.parent, two.parent, one.author) == ("", first.remote_id, server.account_id)
    assert one.url == first.url == f"https://x.com/contentkit_x/status/{first.remote_id}"
    assert one.pictures == 0


def test_a_post_of_somebody_else_has_an_address_that_costs_nothing(server: XServer) -> None:
    mine = connection(server.url)
    mine.identity()
    other = mine.find(server.add_post("Not ours", author=server.add_account("somebody")))
    assert other
    assert other.url == f"https://x.com/i/status/{other.remote_id}"


def test_a_deleted_post_is_not_found(server: XServer) -> None:
    mine = connection(server.url)
    status = mine.publish(Message(text="x", key="k"))
    assert mine.find(status.remote_id) is not None
    server.delete(status.remote_id)
    assert mine.find(status.remote_id) is None


def test_a_server_in_trouble_does_not_look_like_a_deleted_post() -> None:
    gone = "https://api.twitter.com/2/problems/resource-not-found"
    odd: list[tuple[int, object]] = [
        (500, {"title": "oops"}),
        (404, {"title": "Not Found", "detail": "Not Found"}),
        (200, {}),
        (200, {"errors": [{"type": gone, "resource_id": "6"}]}),
        (
            200,
            {
                "errors": [
                    {"type": "https://api.twitter.com/2/problems/not-authorized-for-resource", "resource_id": "5"}
                ]
            },
        ),
        (200, {"data": {"id": "6", "text": "another"}}),
        (302, ""),
    ]
    for status, body in odd:
        with answering(body, status) as broken, pytest.raises(Unavailable):
            connection(broken.url).find("5")


def test_a_hostile_id_stays_one_part_of_the_path(server: XServer) -> None:
    with pytest.raises(Unavailable):
        connection(server.url).find("../users/me?x=")
    assert server.history[-1].target.startswith("/2/tweets/..%2F")


LINKS = (
    "www.example.org/a",
    "example.com/",
    "https://example.org/a?b=1&c=2",
    "example.org",
    "setup.py",
    "http://www.example.org/",
    "https://en.wikipedia.org/wiki/X_(y)",
)
PIECES = st.sampled_from(
    [
        *LINKS,
        "&",
        "<",
        ">",
        "&amp;",
        "\u2026",
        "\U0001f600",
        "\u6f22\u5b57",
        "caf\u00e9",
        "\n\n",
        "#tag",
        "it's",
        '"so"',
    ]
)
WORDS = st.text(
    alphabet=st.characters(
        codec="utf-8", exclude_categories=["Cs", "Cc", "Cf", "Zs", "Zl", "Zp"], exclude_characters="@$./:"
    ),
    min_size=1,
    max_size=12,
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None, max_examples=60
)
@given(st.lists(WORDS | PIECES, min_size=1, max_size=30).map(" ".join))
def test_what_was_sent_comes_back_with_the_same_words(text: str) -> None:
    if not text.strip() or weighted_length(text) > 1000:
        return
    with XServer(subscription_type="Premium", rules=XRules(duplicate_window=timedelta(0))) as server:
        mine = connection(server.url)
        status = mine.publish(Message(text=text, key="k"))
        found = mine.find(status.remote_id)
        assert found
        assert normalised(found.text) == normalised(text)


def test_a_long_post_comes_back_whole() -> None:
    text = f"A long story at https://example.org/story & more. {'Word after word. ' * 60}The end."
    with XServer(subscription_type="Premium") as server:
        mine = connection(server.url)
        status = mine.publish(Message(text=text, key="k"))
        found = mine.find(status.remote_id)
        assert found
        assert found.text == text


@pytest.mark.parametrize(
    ("post", "text"),
    [
        ({"text": "Hi https://t.co/pic", "attachments": {"media_keys": ["3_1"]}}, "Hi"),
        ({"text": "https://t.co/pic", "attachments": {"media_keys": ["3_1"]}}, ""),
        ({"text": "Hi https://t.co/mine"}, "Hi https://t.co/mine"),
        ({"id": "5", "text": "Hi https://t.co/pic", "entities": {"urls": [
            {"url": "https://t.co/pic", "expanded_url": "https://x.com/me/status/5/photo/1"}]}}, "Hi"),
        ({"id": "5", "text": "Hi https://t.co/a", "entities": {"urls": [
            {"url": "https://t.co/a", "expanded_url": "https://x.com/you/status/6/photo/1"}]}},
            "Hi https://x.com/you/status/6/photo/1"),
        ({"text": "&#39;a&#x27; &#34;b&#34; &amp;lt; &copy;"}, "'a' \"b\" &lt; &copy;"),
        ({"text": "a https://x.org", "entities": {"urls": [{"url": "https://x.org"}]}}, "a https://x.org"),
        ({"text": "Lo\u2026", "note_tweet": {"text": "Long https://t.co/a", "entities": {"urls": [
            {"url": "https://t.co/a", "expanded_url": "https://x.org"}]}}}, "Long https://x.org"),
        ({"text": 5, "note_tweet": [], "entities": {"urls": "x"}}, ""),
        ({"text": "www https://t.co/a", "entities": {"urls": [
            {"url": "https://t.co/a", "expanded_url": "http://www.x.org", "display_url": "www.x.org"}]}}, "www www.x.org"),
    ],
)  # fmt: skip
def test_the_words_are_rebuilt_from_what_x_shows(post: dict[str, Any], text: str) -> None:
    assert text_of(post) == text


NAMES = ["text", "note_tweet", "entities", "urls", "url", "expanded_url", "media_key", "attachments"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(NAMES), inner),
)


@given(JSON)
def test_hostile_json_never_raises(value: object) -> None:
    text_of({"text": value, "note_tweet": value, "entities": value, "attachments": value})


def test_the_figures_of_a_post_are_public_and_for_a_month_private(server: XServer) -> None:
    mine = connection(server.url)
    new, old = server.add_post("New"), ""
    server.set_metrics(new, like_count=3, retweet_count=2, quote_count=1, bookmark_count=4, impression_count=500)
    server.set_metrics(new, url_link_clicks=7, user_profile_clicks=8)
    server.add_post("A reply", parent=new)
    told = mine.figures([new])[new]
    assert told == Figures(
        replies=1, likes=3, shares=2, quotes=1, bookmarks=4, impressions=500, link_clicks=7, profile_clicks=8
    )
    server.pass_time(timedelta(days=40))
    old = new
    assert mine.figures([old])[old].link_clicks is None
    assert mine.figures([old])[old].likes == 3


def test_a_deleted_post_is_told_as_deleted_and_one_of_which_x_is_silent_is_left_out(server: XServer) -> None:
    mine = connection(server.url)
    kept, gone = server.add_post("Kept"), server.add_post("Gone")
    server.delete(gone)
    told = mine.figures([kept, gone])
    assert told[gone] == Figures(deleted=True)
    assert not told[kept].deleted
    server.set_rules(XRules(missing="silent"))
    assert set(mine.figures([kept, gone])) == {kept}


def test_a_hundred_young_posts_are_one_request(server: XServer) -> None:
    mine = connection(server.url)
    posts = [server.add_post(f"Number {number}") for number in range(mine.batch)]
    assert set(mine.figures(posts)) == set(posts)
    assert len(server.history) == 1


def snowflake(made: datetime) -> str:
    return str((int(made.timestamp() * 1000) - 1_288_834_974_657) << 22)


def test_young_and_old_posts_are_asked_for_by_hundreds_and_never_together() -> None:
    asked: list[tuple[int, bool]] = []

    def respond(request: Request) -> Answer:
        ids = request.query["ids"][0].split(",")
        asked.append((len(ids), "non_public_metrics" in request.target))
        return Answer(
            status=200,
            body=json.dumps({"data": [{"id": one, "public_metrics": {"like_count": 1}} for one in ids]}).encode(),
        )

    now = datetime.now(UTC)
    young = [snowflake(now - timedelta(days=29, minutes=number)) for number in range(130)]
    old = [snowflake(now - timedelta(days=31, minutes=number)) for number in range(110)]
    with LoopbackServer(respond) as x:
        mine = connection(x.url)
        batches = list(mine.batches([*old[:60], *young, *old[60:]]))
        assert sorted(one for batch in batches for one in batch) == sorted([*young, *old])
        for batch in batches:
            mine.figures(batch)
    assert asked == [(100, True), (30, True), (100, False), (10, False)]


def test_posts_that_x_leaves_out_for_their_private_figures_are_asked_for_without_them() -> None:
    now = datetime.now(UTC)
    told, denied = snowflake(now - timedelta(days=2)), snowflake(now - timedelta(days=3))
    asked: list[str] = []

    def respond(request: Request) -> Answer:
        asked.append(request.query["ids"][0])
        whole = "non_public_metrics" in request.target
        ids = [told] if whole else request.query["ids"][0].split(",")
        posts = [{"id": one, "public_metrics": {"like_count": 3}} for one in ids]
        problem = {"value": denied, "type": "https://api.twitter.com/2/problems/not-authorized-for-field"}
        return Answer(status=200, body=json.dumps({"data": posts, "errors": [problem] if whole else []}).encode())

    with LoopbackServer(respond) as x:
        figures = connection(x.url).figures([told, denied])
    assert figures == {told: Figures(likes=3), denied: Figures(likes=3)}
    assert asked == [f"{told},{denied}", denied]


@pytest.mark.parametrize("fault", ["close", "too_many", "unauthorized", "html_ok"])
def test_a_fault_with_the_private_figures_loses_no_public_ones(fault: str, server: XServer) -> None:
    post = server.add_post("Counted")
    server.set_metrics(post, like_count=3)
    with FaultyProxy(server.url, [fault], matches=lambda request: "non_public" in request.target) as proxy:
        told = connection(proxy.url).figures([post])[post]
    assert (told.likes, told.link_clicks) == (3, None)


NOW = datetime.now(UTC)


@pytest.mark.parametrize(
    ("created", "asked"),
    [((NOW - timedelta(days=31)).isoformat(), 1), ((NOW - timedelta(days=29)).isoformat(), 2), ("?", 1)],
    ids=["old", "young", "odd"],
)
def test_private_figures_are_asked_for_only_while_x_has_them(created: str, asked: int) -> None:
    requests: list[Request] = []

    def respond(request: Request) -> Answer:
        requests.append(request)
        return Answer(status=200, body=json.dumps({"data": [{"id": "5", "created_at": created}]}).encode())

    with LoopbackServer(respond) as x:
        connection(x.url).figures(["5"])
    assert len(requests) == asked


def test_private_figures_that_x_keeps_to_itself_lose_no_public_ones() -> None:
    def respond(request: Request) -> Answer:
        if "non_public_metrics" in request.target:
            return Answer(status=403, body=b'{"title": "Forbidden", "detail": "Forbidden"}')
        post = {
            "id": "5",
            "created_at": "2999-01-01T00:00:00.000Z",
            "public_metrics": {"like_count": 3, "reply_count": "x"},
        }
        return Answer(status=200, body=json.dumps({"data": [post]}).encode())

    with LoopbackServer(respond) as x:
        assert connection(x.url).figures(["5"]) == {"5": Figures(likes=3)}


@pytest.mark.parametrize(
    ("status", "body"), [(500, {}), (200, []), (200, "x"), (400, {"title": "Invalid Request"}), (200, {})]
)
def test_figures_that_cannot_be_read_are_not_taken_for_silence(status: int, body: object) -> None:
    with answering(body, status) as x, pytest.raises(Unavailable):
        connection(x.url).figures(["5"])


@pytest.mark.parametrize("names", [("referenced_tweets", "note_tweet"), ("referenced_posts", "note_post")])
def test_fields_are_read_by_their_names_of_before_and_of_now(names: tuple[str, str]) -> None:
    references, note = names
    post = {
        "id": "1",
        "text": "Cut\u2026",
        references: [{"type": "replied_to", "id": "7"}],
        note: {"text": "Cut no more"},
    }
    assert (parent_of(post), text_of(post), is_repost(post)) == ("7", "Cut no more", False)
    assert is_repost({"id": "1", references: [{"type": "retweeted", "id": "7"}]})
