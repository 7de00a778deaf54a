from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests

from tests.servers.faulty_proxy import FaultyProxy
from tests.servers.x_client import XClient, tweepy_client
from tests.servers.x_oauth import Keys
from tests.servers.x_problems import DUPLICATE, INVISIBLE, UNINVITED
from tests.servers.x_server import XRules, XServer, creates_a_post
from tests.servers.x_windows import XLimits

NOT_FOUND = "https://api.twitter.com/2/problems/resource-not-found"
METRICS = {"retweet_count", "reply_count", "like_count", "quote_count", "bookmark_count", "impression_count"}


@pytest.fixture
def server() -> Iterator[XServer]:
    with XServer() as running:
        yield running


@pytest.fixture
def client(server: XServer) -> Iterator[XClient]:
    with XClient(server) as one:
        yield one


def plain(status: int, title: str, detail: str) -> dict[str, object]:
    return {"title": title, "type": "about:blank", "status": status, "detail": detail}


def message(answer: requests.Response) -> str:
    """The words of a 400 in the shape of X's validation."""
    body = answer.json()
    assert answer.status_code == 400
    assert body["title"] == "Invalid Request"
    assert body["type"] == "https://api.twitter.com/2/problems/invalid-request"
    return str(body["errors"][0]["message"])


# Posting


def test_a_post_is_answered_with_its_id_text_and_history(server: XServer, client: XClient) -> None:
    answer = client.create("one")

    assert answer.status_code == 201
    (record,) = server.statuses
    assert answer.json() == {"data": {"id": record.id, "text": "one", "edit_history_tweet_ids": [record.id]}}
    assert (record.text, record.author_id) == ("one", server.account_id)
    assert len(record.id) == 19


def test_replies_to_oneself_make_a_thread(server: XServer, client: XClient) -> None:
    first = client.created("one")
    second = client.created("two", first)
    client.created("three", second)

    assert server.threads() == [["one", "two", "three"]]
    third = client.read(
        server.statuses[2].id, "referenced_tweets", "conversation_id", "in_reply_to_user_id", "author_id"
    )
    assert third["referenced_tweets"] == [{"type": "replied_to", "id": second}]
    assert third["conversation_id"] == first
    assert third["in_reply_to_user_id"] == third["author_id"] == server.account_id


@pytest.mark.parametrize("parent", ["1", "deleted"])
def test_a_reply_to_what_is_not_there_is_forbidden(server: XServer, client: XClient, parent: str) -> None:
    if parent == "deleted":
        parent = client.created()
        server.delete(parent)

    answer = client.create("two", parent)
    assert (answer.status_code, answer.json()) == (403, plain(403, "Forbidden", INVISIBLE))


def test_a_reply_to_a_stranger_is_forbidden_unless_they_spoke_to_us(server: XServer, client: XClient) -> None:
    stranger = server.add_account("stranger")
    silent = server.add_post("hello world", author=stranger)
    answer = client.create("me too", silent)
    assert (answer.status_code, answer.json()) == (403, plain(403, "Forbidden", UNINVITED))

    asked = server.add_post(f"what do you say, @{server.account.username}?", author=stranger)
    client.created("me too", asked)
    assert [charge.what for charge in server.charges] == ["summoned_reply"]


def test_the_same_text_again_is_forbidden_without_the_id_of_the_first(server: XServer, client: XClient) -> None:
    first = client.created()
    answer = client.create()

    assert (answer.status_code, answer.json()) == (403, plain(403, "Forbidden", DUPLICATE))
    assert first not in answer.text
    assert [record.id for record in server.statuses] == [first]


def test_the_same_text_is_taken_again_when_the_window_is_over_or_the_first_deleted(
    server: XServer, client: XClient
) -> None:
    first = client.created()
    server.pass_time(timedelta(hours=25))
    second = client.created()
    server.delete(second)
    client.created()
    assert len({first, *(record.id for record in server.statuses)}) == 3


def test_the_check_for_duplicates_can_be_off(client: XClient, server: XServer) -> None:
    server.set_rules(XRules(duplicate_window=timedelta(0)))
    assert client.created() != client.created()


def test_a_quote_is_forbidden(client: XClient) -> None:
    assert client.create("see", quote_tweet_id=client.created()).status_code == 403


def test_two_cashtags_are_forbidden(server: XServer, client: XClient) -> None:
    assert client.create("$NIXT and $TIME").status_code == 403
    assert client.create("$NIXT is $5 and US$TIME is no tag").status_code == 201


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("x" * 280, True),
        ("x" * 281, False),
        ("é" * 280, True),
        ("猫" * 141, False),
        (f"{'x' * 257}https://nixtla.io/{'y' * 500}", False),
        (f"{'x' * 256} https://nixtla.io/{'y' * 500}", True),
    ],
)
def test_a_text_may_count_280(client: XClient, text: str, taken: bool) -> None:
    answer = client.create(text)
    if taken:
        assert answer.status_code == 201
    else:
        assert message(answer).startswith("Your Tweet text is too long.")


def test_who_pays_for_it_may_write_25000() -> None:
    with XServer(subscription_type="Premium") as server, XClient(server) as client:
        client.created("x" * 25_000)
        assert "25000" in message(client.create("y" * 25_001))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"text": "one", "visibility": "public"}, "$.visibility: is not defined in the schema"),
        ({"text": 1}, "$.text: integer found, string expected"),
        ({"text": None}, "$.text: null found, string expected"),
        ({"text": "  "}, "$.text: is missing"),
        ({}, "$.text: is missing"),
        ({"text": "one", "reply": "1"}, "$.reply: string found, object expected"),
        ({"text": "one", "reply": {"in_reply_to_tweet_id": 1}}, "integer found, string expected"),
        ({"text": "one", "reply": {"in_reply_to_tweet_id": "x"}}, "does not match the regex pattern"),
        ({"text": "one", "reply": {"in_reply_to": "1"}}, "$.reply.in_reply_to: is not defined"),
        ({"text": "one", "media": {"media_ids": []}}, "there must be 1 to 4 items"),
        ({"text": "one", "media": {"media_ids": [1]}}, "does not match the regex pattern"),
        ({"text": "one", "reply_settings": "everyone"}, "must be one of"),
        (["one"], "Request body must be a JSON object."),
    ],
)
def test_a_wrong_body_is_refused_with_the_place(server: XServer, client: XClient, body: object, words: str) -> None:
    assert words in message(client.post("/2/tweets", json=body))
    assert server.statuses == []


def test_a_form_is_not_json(client: XClient) -> None:
    assert "JSON" in message(client.post("/2/tweets", data={"text": "one"}))


def test_our_own_posts_can_be_deleted_once(server: XServer, client: XClient) -> None:
    post_id = client.created()
    assert client.remove(post_id).json() == {"data": {"deleted": True}}
    assert client.remove(post_id).json()["errors"][0]["type"] == NOT_FOUND
    assert server.threads() == []


def test_nobody_deletes_the_posts_of_others(server: XServer, client: XClient) -> None:
    theirs = server.add_post("mine", author=server.add_account("stranger"))
    assert client.remove(theirs).status_code == 403


# What comes back


def test_nothing_but_the_default_fields_comes_unasked(client: XClient) -> None:
    assert set(client.read(client.created())) == {"id", "text", "edit_history_tweet_ids"}


def test_signs_of_html_come_back_escaped(client: XClient) -> None:
    assert client.read(client.created("a < b & c > \"d\" 'e'"))["text"] == "a &lt; b &amp; c &gt; \"d\" 'e'"


def test_links_come_back_shortened_with_what_was_written(client: XClient) -> None:
    text = "Read https://nixtla.io/blog?a=1&b=2. Or <setup.py>, but not me@nixtla.io or x.y"
    post = client.read(client.created(text), "entities")

    first, second = post["entities"]["urls"]
    assert [first["expanded_url"], second["expanded_url"]] == ["https://nixtla.io/blog?a=1&b=2", "http://setup.py"]
    assert [first["display_url"], second["display_url"]] == ["nixtla.io/blog?a=1&b=2", "setup.py"]
    assert post["text"] == f"Read {first['url']}. Or &lt;{second['url']}&gt;, but not me@nixtla.io or x.y"
    assert all(url["url"].startswith("https://t.co/") and len(url["url"]) == 23 for url in (first, second))
    assert [post["text"][url["start"] : url["end"]] for url in (first, second)] == [first["url"], second["url"]]


def test_a_long_post_comes_back_cut_with_the_whole_as_a_note() -> None:
    text = "Tom & Jerry " * 40 + "https://nixtla.io/blog"
    with XServer(subscription_type="Premium") as server, XClient(server) as client:
        post = client.read(client.created(text), "note_tweet", "entities")
        short = client.read(client.created("short"), "note_tweet")

    assert post["text"].endswith("…")
    assert len(post["text"].replace("&amp;", "&")) <= 280
    (url,) = post["note_tweet"]["entities"]["urls"]
    assert post["note_tweet"]["text"] == "Tom &amp; Jerry " * 40 + url["url"]
    assert url["expanded_url"] == "https://nixtla.io/blog"
    assert "note_tweet" not in short


def test_times_are_utc_with_milliseconds(client: XClient) -> None:
    created_at = client.read(client.created(), "created_at")["created_at"]
    assert created_at.endswith("Z")
    assert abs(datetime.fromisoformat(created_at) - datetime.now(UTC)) < timedelta(seconds=5)


def test_the_new_spelling_of_the_fields_means_the_same(client: XClient) -> None:
    post_id = client.created()
    data = client.get(f"/2/tweets/{post_id}", post__fields="author_id").json()["data"]
    assert data["author_id"] == client.account_id


@pytest.mark.parametrize(
    ("name", "value"), [("tweet__fields", "likes"), ("expansions", "author"), ("fields", "text"), ("ids", "1")]
)
def test_an_unknown_field_is_refused(client: XClient, name: str, value: str) -> None:
    assert name.replace("__", ".") in message(client.get(f"/2/tweets/{client.created()}", **{name: value}))


def test_a_post_that_is_not_there_is_an_error_under_200(client: XClient) -> None:
    answer = client.get("/2/tweets/1")
    (error,) = answer.json()["errors"]
    assert answer.status_code == 200
    assert "data" not in answer.json()
    assert (error["type"], error["parameter"], error["resource_type"]) == (NOT_FOUND, "id", "tweet")
    assert (error["resource_id"], error["value"]) == ("1", "1")


# Reading many


def test_many_are_read_in_the_order_asked_with_an_error_for_each_that_is_missing(
    server: XServer, client: XClient
) -> None:
    first, second, gone = (client.created(text) for text in ("one", "two", "three"))
    server.delete(gone)
    answer = client.get("/2/tweets", ids=f"{second},{gone},{first}").json()

    assert [value["id"] for value in answer["data"]] == [second, first]
    assert [(error["resource_id"], error["type"]) for error in answer["errors"]] == [(gone, NOT_FOUND)]


def test_missing_ones_may_be_missing_without_a_word(server: XServer, client: XClient) -> None:
    server.set_rules(XRules(missing="silent"))
    answer = client.get("/2/tweets", ids=f"{client.created()},1").json()
    assert len(answer["data"]) == 1
    assert "errors" not in answer
    assert client.get("/2/tweets", ids="1").json() == {}


def test_a_batch_has_at_most_100_ids(client: XClient) -> None:
    ids = [str(number) for number in range(1, 102)]
    assert "not between 1 and 100" in message(client.get("/2/tweets", ids=",".join(ids)))
    assert len(client.get("/2/tweets", ids=",".join(ids[:100])).json()["errors"]) == 100


@pytest.mark.parametrize("ids", ["", "x", "1,,2", "12345678901234567890"])
def test_what_is_no_id_is_refused(client: XClient, ids: str) -> None:
    assert "is not valid" in message(client.get("/2/tweets", ids=ids))


def test_public_figures_come_with_the_replies_that_there_are(server: XServer, client: XClient) -> None:
    first = client.created("one")
    client.created("two", first)
    server.set_metrics(first, like_count=3, impression_count=70, reply_count=2)
    metrics = client.read(first, "public_metrics")["public_metrics"]

    assert set(metrics) == METRICS
    assert (metrics["like_count"], metrics["impression_count"], metrics["reply_count"]) == (3, 70, 3)


def test_private_figures_come_for_our_own_posts_of_30_days(server: XServer, client: XClient) -> None:
    ours = client.created()
    server.set_metrics(ours, url_link_clicks=4, user_profile_clicks=2)
    told = client.get("/2/tweets", ids=ours, tweet__fields="non_public_metrics").json()
    private = told["data"][0]["non_public_metrics"]
    assert private == {"impression_count": 0, "url_link_clicks": 4, "user_profile_clicks": 2}
    assert "errors" not in told

    server.pass_time(timedelta(days=30))
    theirs = server.add_post("hello", author=server.add_account("stranger"))
    answer = client.get("/2/tweets", ids=f"{ours},{theirs}", tweet__fields="non_public_metrics").json()
    assert ["non_public_metrics" in value for value in answer["data"]] == [False, False]
    assert [error["type"].rpartition("/")[2] for error in answer["errors"]] == ["not-authorized-for-field"] * 2
    assert [error["resource_id"] for error in answer["errors"]] == [ours, theirs]


def test_private_figures_may_be_withheld_without_a_word(server: XServer, client: XClient) -> None:
    theirs = server.add_post("hello", author=server.add_account("stranger"))
    server.set_rules(XRules(denied="silent"))
    answer = client.get("/2/tweets", ids=theirs, tweet__fields="non_public_metrics").json()
    assert answer == {"data": [{"id": theirs, "text": "hello", "edit_history_tweet_ids": [theirs]}]}


# An account's posts


def test_posts_are_listed_newest_first_page_by_page(client: XClient) -> None:
    ids = [client.created(str(number)) for number in range(12)]
    newest = ids[::-1]

    first = client.listed(max_results="5")
    assert [value["id"] for value in first["data"]] == newest[:5]
    token = first["meta"].pop("next_token")
    assert first["meta"] == {"result_count": 5, "newest_id": newest[0], "oldest_id": newest[4]}
    second = client.listed(max_results="5", pagination_token=token)
    assert [value["id"] for value in second["data"]] == newest[5:10]
    last = client.listed(max_results="5", pagination_token=second["meta"]["next_token"])
    assert [value["id"] for value in last["data"]] == newest[10:]
    assert "next_token" not in last["meta"]


def test_an_empty_page_has_no_data(client: XClient) -> None:
    assert client.listed() == {"meta": {"result_count": 0}}


def test_ten_come_unless_another_number_is_asked_for(client: XClient) -> None:
    for number in range(11):
        client.created(str(number))
    assert client.listed()["meta"]["result_count"] == 10
    assert client.listed(max_results="100")["meta"]["result_count"] == 11


def test_cursors_are_exclusive(client: XClient) -> None:
    ids = [client.created(str(number)) for number in range(4)]
    assert [value["id"] for value in client.listed(since_id=ids[1])["data"]] == [ids[3], ids[2]]
    assert [value["id"] for value in client.listed(until_id=ids[1])["data"]] == [ids[0]]


def test_leaving_out_replies_leaves_out_threads(client: XClient) -> None:
    first = client.created("one")
    client.created("two", first)
    assert [value["id"] for value in client.listed(exclude="retweets,replies")["data"]] == [first]
    assert client.listed(exclude="retweets")["meta"]["result_count"] == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("max_results", "4"),
        ("max_results", "101"),
        ("max_results", "many"),
        ("since_id", "x"),
        ("pagination_token", "x"),
        ("exclude", "likes"),
        ("limit", "5"),
    ],
)
def test_a_wrong_query_is_refused(client: XClient, name: str, value: str) -> None:
    answer = client.get(f"/2/users/{client.account_id}/tweets", **{name: value})
    assert name in message(answer)


def test_an_unknown_account_is_an_error_under_200(client: XClient) -> None:
    (error,) = client.get("/2/users/1/tweets").json()["errors"]
    assert (error["type"], error["resource_type"]) == (NOT_FOUND, "user")


def test_authors_are_included_on_request(server: XServer, client: XClient) -> None:
    client.created()
    includes = client.listed(expansions="author_id")["includes"]
    assert includes == {"users": [{"id": server.account_id, "name": "contentkit", "username": "contentkit_x"}]}


# The account


def test_the_account_says_who_it_is_and_more_when_asked() -> None:
    with XServer(subscription_type="Premium") as server, XClient(server) as client:
        client.created()
        named = {"id": server.account_id, "name": "contentkit", "username": "contentkit_x"}
        assert client.get("/2/users/me").json() == {"data": named}

        asked = client.get("/2/users/me", user__fields="public_metrics,verified,verified_type,subscription_type")
        data: dict[str, Any] = asked.json()["data"]
        assert (data["verified"], data["verified_type"], data["subscription_type"]) == (True, "blue", "Premium")
        assert data["public_metrics"]["tweet_count"] == 1
        assert data["public_metrics"]["followers_count"] == server.account.followers_count


# Who may come in


@pytest.mark.parametrize(
    "wrong",
    [
        Keys(api_key="another"),
        Keys(api_secret="another"),
        Keys(access_token="another"),
        Keys(access_secret="another"),
    ],
)
def test_wrong_keys_are_unauthorized_in_the_words_of_x(server: XServer, wrong: Keys) -> None:
    with XClient(server, wrong) as client:
        answer = client.create()
    assert (answer.status_code, answer.json()) == (401, plain(401, "Unauthorized", "Unauthorized"))
    assert server.statuses == []


def test_revoked_keys_are_unauthorized(server: XServer, client: XClient) -> None:
    server.set_keys(Keys(access_token="fresh"))
    assert client.create().status_code == 401


def test_an_app_alone_is_forbidden(server: XServer) -> None:
    answer = requests.get(f"{server.url}/2/users/me", headers={"Authorization": "Bearer app"}, timeout=5)
    assert answer.status_code == 403
    assert answer.json()["type"].endswith("/unsupported-authentication")


def test_an_app_that_may_only_read_cannot_post(server: XServer, client: XClient) -> None:
    server.set_rules(XRules(app="read only"))
    answer = client.create()
    assert answer.status_code == 403
    assert answer.json()["type"].endswith("/oauth1-permissions")
    assert client.get("/2/users/me").headers["x-access-level"] == "read"


def test_an_unknown_page_or_method_is_an_error(client: XClient) -> None:
    assert client.get("/1.1/statuses/update.json").status_code == 404
    assert client.post("/2/users/me").status_code == 405


# What it costs


def test_each_request_is_charged_by_the_price_list(server: XServer, client: XClient) -> None:
    first = client.created("one")
    client.created("see nixtla.io", first)
    client.get("/2/users/me")
    client.remove(first)
    assert [(charge.what, charge.price) for charge in server.charges] == [
        ("create", 15),
        ("create_with_link", 200),
        ("read_user", 10),
        ("delete", 10),
    ]
    assert server.spent == 235


def test_a_post_is_paid_for_once_a_day_however_it_is_read(server: XServer, client: XClient) -> None:
    first, second = client.created("one"), client.created("two")
    client.read(first)
    client.get("/2/tweets", ids=f"{first},{second},1")
    client.listed()
    reads = [charge for charge in server.charges if charge.what == "read_post"]
    assert [(charge.resource, charge.price) for charge in reads] == [(first, 5), (second, 5)]

    server.pass_time(timedelta(days=1))
    client.read(first)
    assert server.charges[-1].resource == first
    assert server.spent == 15 + 15 + 5 * 3


def test_own_posts_are_cheaper_only_for_the_owner_of_the_app(server: XServer, client: XClient) -> None:
    server.set_rules(XRules(reads="owned"))
    post_id = client.created()
    client.listed()
    assert server.charges[-1].price == 1
    client.read(post_id)
    assert server.spent == 15 + 1, "a post that was read today is not paid for again, whatever it would cost"


def test_what_is_refused_costs_nothing(server: XServer, client: XClient) -> None:
    client.created()
    client.create()
    client.create("x" * 281)
    client.get("/2/tweets/1")
    assert server.spent == 15


def test_without_credit_nothing_goes(server: XServer, client: XClient) -> None:
    post_id = client.created()
    server.set_credit(29)
    answers = [client.create("two"), client.get("/2/tweets", ids=post_id)]

    assert [answer.status_code for answer in answers] == [402, 200]
    assert answers[0].json() == {
        "account_id": int(server.account_id),
        "title": "CreditsDepleted",
        "detail": f"Your enrolled account [{server.account_id}] does not have any credits to fulfill this request.",
        "type": "https://api.twitter.com/2/problems/credits",
    }
    assert server.threads() == [["one"]]
    assert client.get("/2/users/me").status_code == 402


# Limits


def test_every_answer_tells_the_limits(client: XClient) -> None:
    answers = [client.create(), client.create(), client.get("/2/users/me"), client.get("/2/tweets/x")]
    told = [(one.headers["x-rate-limit-limit"], one.headers["x-rate-limit-remaining"]) for one in answers]
    assert told == [("100", "99"), ("100", "98"), ("75", "74"), ("900", "899")]
    ahead = int(answers[0].headers["x-rate-limit-reset"]) - datetime.now(UTC).timestamp()
    assert 890 < ahead <= 900
    for whose in ("user", "app"):
        assert answers[0].headers[f"x-{whose}-limit-24hour-remaining"] == "9999"
        assert f"x-{whose}-limit-24hour-remaining" not in answers[2].headers


def test_one_too_many_is_429_until_the_window_ends(server: XServer, client: XClient) -> None:
    server.set_limits(XLimits(quarter={"POST /2/tweets": 1}))
    client.created("one")
    answer = client.create("two")

    assert (answer.status_code, answer.json()) == (429, plain(429, "Too Many Requests", "Too Many Requests"))
    assert answer.headers["x-rate-limit-remaining"] == "0"
    assert server.threads() == [["one"]]
    server.pass_time(timedelta(minutes=15))
    client.created("two")


def test_a_day_has_its_own_limit(server: XServer, client: XClient) -> None:
    server.set_limits(XLimits(per_user=1))
    client.created("one")
    answer = client.create("two")

    assert answer.status_code == 429
    assert answer.headers["x-user-limit-24hour-remaining"] == "0"
    assert answer.headers["x-rate-limit-remaining"] == "98"


# Lag and the rest of the world


def test_a_parent_may_be_invisible_to_the_first_replies(server: XServer, client: XClient) -> None:
    server.set_rules(XRules(hidden_as_parent=2))
    first = client.created("one")
    answers = [client.create("two", first) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [403, 403, 201]
    assert answers[0].json()["detail"] == INVISIBLE
    assert server.threads() == [["one", "two"]]


def test_a_post_may_be_invisible_to_the_first_reads(server: XServer, client: XClient) -> None:
    server.set_rules(XRules(hidden_reads=3))
    post_id = client.created()

    assert "data" not in client.get(f"/2/tweets/{post_id}").json()
    assert client.listed()["meta"]["result_count"] == 0
    assert "data" not in client.get("/2/tweets", ids=post_id).json()
    assert client.read(post_id)["text"] == "one"


def test_posts_made_by_hand_are_listed_with_the_others(server: XServer, client: XClient) -> None:
    ours = client.created()
    by_hand = server.add_post("by hand", parent=ours)
    assert [value["id"] for value in client.listed()["data"]] == [by_hand, ours]
    assert server.spent == 15 + 10


def test_it_remembers_what_it_was_asked_and_why_it_said_no(server: XServer, client: XClient) -> None:
    client.created()
    client.create()
    assert [json.loads(request.body)["text"] for request in server.history] == ["one", "one"]
    assert server.refusals == (DUPLICATE,)


def test_posts_made_at_the_same_time_are_all_kept_in_the_order_of_their_ids(server: XServer) -> None:
    def post(number: int) -> None:
        with XClient(server) as one:
            one.created(str(number))

    clients = [threading.Thread(target=post, args=(number,)) for number in range(16)]
    for thread in clients:
        thread.start()
    for thread in clients:
        thread.join()
    ids = [int(record.id) for record in server.statuses]
    assert len(set(ids)) == 16
    assert ids == sorted(ids)


def test_behind_a_lossy_proxy_the_post_is_made_before_the_answer_is_lost(server: XServer) -> None:
    with FaultyProxy(server.url, ["close", "drop"], matches=creates_a_post) as proxy, XClient(server) as client:
        client.url = proxy.url
        for text in ("one", "two"):
            with pytest.raises(requests.ConnectionError):
                client.create(text)
        client.created("three")
    assert server.threads() == [["one"], ["three"]]


# tweepy


def test_tweepy_posts_and_reads(server: XServer) -> None:
    client = tweepy_client(server.url, server.keys)
    with client.session:
        first = client.create_tweet(text="one & only: Größe “zählt” 🧪")
        second = client.create_tweet(text="two", in_reply_to_tweet_id=first.data["id"])
        both = client.get_tweets([first.data["id"], second.data["id"]], tweet_fields=["public_metrics"], user_auth=True)
        me = client.get_me(user_auth=True)
    assert server.threads() == [["one & only: Größe “zählt” 🧪", "two"]]
    assert [tweet.id for tweet in both.data] == [int(first.data["id"]), int(second.data["id"])]
    assert both.data[0].public_metrics["reply_count"] == 1
    assert str(me.data.id) == server.account_id


def test_tweepy_pages(server: XServer) -> None:
    for number in range(7):
        server.add_post(str(number))
    client = tweepy_client(server.url, server.keys)
    with client.session:
        first = client.get_users_tweets(server.account_id, max_results=5, user_auth=True)
        rest = client.get_users_tweets(
            server.account_id, max_results=5, pagination_token=first.meta["next_token"], user_auth=True
        )
    assert [tweet.text for page in (first, rest) for tweet in page.data] == list("6543210")
