"""What servers do with a request, from refusing an option to dripping an answer."""

from __future__ import annotations

import gzip
import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from contentkit.drafting.modelling.allowance import Caps, UsedUp
from contentkit.drafting.modelling.completions import LONGEST_ANSWER
from contentkit.drafting.modelling.formats import Ladder
from contentkit.drafting.workshop import Workshop
from contentkit.errors import Refused, Unavailable
from contentkit.testing.loopback import Answer, HangUp, Reply, Truncated
from tests.drafting.made import brief
from tests.drafting.model_server import calls, fails, says
from tests.drafting.modelling.served import GOOD, JSON, SOURCE, Naps, Remembers, drafter, served, texts

WHOLE = 4  # posts of a good draft, with the one that has the link


@pytest.mark.parametrize("streams", [True, False])
def test_an_answer_is_read_whether_it_comes_word_by_word_or_whole(streams: bool) -> None:
    with served([says(JSON)], streams=streams) as (server, model):
        assert len(model.draft(SOURCE, brief()).posts) == WHOLE
        model.draft(SOURCE, brief())
    asked = [request.get("stream", False) for request in server.requests]
    assert asked == ([True, True] if streams else [True, False, False]), "what the server cannot do is asked once"


def test_a_server_that_only_calls_functions_is_told_to_call_one() -> None:
    def only_tools(request: Mapping[str, Any]) -> Reply:
        return calls(JSON) if "tools" in request else fails(400)

    with served(only_tools) as (server, model):
        assert len(model.draft(SOURCE, brief()).posts) == WHOLE
        model.draft(SOURCE, brief())
    assert server.formats == ["json_schema", "json_object with schema", "json_object", "tool", "tool"]
    assert server.requests[-1]["tool_choice"]["function"]["name"] == "answer"


def test_a_server_that_knows_json_but_no_schema_is_asked_for_that() -> None:
    def plain_json(request: Mapping[str, Any]) -> Reply:
        return says(JSON) if request.get("response_format") == {"type": "json_object"} else fails(500)

    with served(plain_json) as (server, model):
        model.draft(SOURCE, brief())
    assert server.formats[-1] == "json_object"


def test_a_form_that_worked_is_not_given_up_for_one_bad_answer() -> None:
    ladder = Ladder()
    with served([says(JSON), says("no"), says(JSON), says(JSON)], ladder=ladder) as (server, model):
        for _ in range(3):
            model.draft(SOURCE, brief())
    assert server.formats == ["json_schema", "json_schema", "json_object with schema", "json_schema"]


@pytest.mark.parametrize(
    "complaint",
    [
        "Unsupported value: 'temperature' does not support 0.4 with this model. Only the default (1) value is supported.",
        '[{"loc": ["body", "temperature"], "msg": "Extra inputs are not permitted"}]',
    ],
)
def test_an_option_that_a_model_does_not_want_is_left_out_from_then_on(complaint: str) -> None:
    def fussy(request: Mapping[str, Any]) -> Reply:
        refusal = Answer(status=400, body=json.dumps({"error": {"message": complaint}}).encode())
        return refusal if "temperature" in request else says(JSON)

    with served(fussy) as (server, model):
        model.draft(SOURCE, brief())
        model.draft(SOURCE, brief())
    assert ["temperature" in request for request in server.requests] == [True, False, False]
    assert set(server.formats) == {"json_schema"}, "the form is not to blame"


def test_the_newer_name_of_the_longest_answer_is_used_where_the_older_one_is_refused() -> None:
    complaint = (
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
    )

    def newer(request: Mapping[str, Any]) -> Reply:
        refusal = Answer(status=400, body=json.dumps({"error": {"message": complaint}}).encode())
        return refusal if "max_tokens" in request else says(JSON)

    with served(newer) as (server, model):
        model.draft(SOURCE, brief())
    first, second = server.requests
    assert second["max_completion_tokens"] == first["max_tokens"]


def test_every_option_can_be_refused_and_the_draft_still_comes() -> None:
    options = ("temperature", "seed", "max_tokens", "max_completion_tokens", "stream_options", "stream")

    def bare(request: Mapping[str, Any]) -> Reply:
        named = next((option for option in options if option in request), "")
        return Answer(status=422, body=f"no such key: {named}".encode()) if named else says(JSON)

    with served(bare) as (server, model):
        assert len(model.draft(SOURCE, brief()).posts) == WHOLE
    assert set(server.requests[-1]) == {"model", "messages", "response_format"}


def test_a_model_that_refuses_in_words_is_told_as_such() -> None:
    refusal = "I'm sorry, but I can't help with that."
    with served([says(refusal)]) as (_, model), pytest.raises(Unavailable, match="no thread that can be read"):
        model.draft(SOURCE, brief())


@pytest.mark.parametrize(
    "broken", ['{"posts": [{"text": "300 shops', '{"hooks": 3}', "{}", "[]", "null", '{"posts": 7']
)
def test_malformed_json_is_asked_for_again_in_a_plainer_form(broken: str) -> None:
    with served([says(broken), says(JSON)]) as (server, model):
        assert len(model.draft(SOURCE, brief()).posts) == WHOLE
    assert server.formats == ["json_schema", "json_object with schema"]


def test_half_a_character_in_json_is_not_a_post() -> None:
    lone = '{"posts": [{"text": "The restore took long \\ud83d", "ids": ["S2"]}, ' + JSON.partition("[")[2]
    with served([says(lone)]) as (_, model):
        assert texts(model.draft(SOURCE, brief()))[:3] == [text for text, _ in GOOD]


def test_a_busy_server_that_names_no_time_is_asked_again_a_little_later_each_time() -> None:
    naps = Naps()
    with served([fails(429), fails(429), says(JSON)], sleep=naps) as (_, model):
        model.draft(SOURCE, brief())
    assert naps.seconds == [1.0, 2.0]


@pytest.mark.parametrize("named", ["soon", "-5", "1e9", "Wed, 21 Oct 2015 07:28:00 GMT", "9" * 400, "٣"])
def test_a_time_to_wait_that_is_none_is_passed_over(named: str) -> None:
    naps = Naps()
    busy = Answer(status=429, headers=(("Retry-After", named.encode().decode("latin-1")),))
    with served([busy, says(JSON)], sleep=naps) as (_, model):
        model.draft(SOURCE, brief())
    assert naps.seconds == [1.0]


def test_an_answer_that_breaks_off_is_asked_for_again() -> None:
    with served([Truncated(says(JSON)), says(JSON)]) as (server, model):
        assert len(model.draft(SOURCE, brief()).posts) == WHOLE
    assert len(server.received) == 2


@pytest.mark.parametrize("streams", [True, False])
def test_a_server_that_only_breaks_off_is_unavailable(streams: bool) -> None:
    with served([Truncated(says(JSON))], streams=streams, retries=1) as (_, model), pytest.raises(Unavailable):
        model.draft(SOURCE, brief())


def test_a_stream_without_an_end_is_not_used_even_if_it_parses() -> None:
    event = {"id": "c", "object": "chat.completion.chunk", "choices": [{"index": 0, "delta": {"content": JSON}}]}
    cut = Answer(
        status=200, headers=(("Content-Type", "text/event-stream"),), body=f"data: {json.dumps(event)}\n\n".encode()
    )
    with served([cut]) as (_, model), pytest.raises(Unavailable, match="no thread"):
        model.draft(SOURCE, brief())


@pytest.mark.parametrize(
    "event",
    ["{}", "[]", '{"choices": null}', '{"choices": [{}]}', '{"choices": [{"delta": {"content": 7}}]}', '"x"', "null"],
)
def test_events_that_hold_no_completion_are_no_answer(event: str) -> None:
    odd = Answer(status=200, headers=(("Content-Type", "text/event-stream"),), body=f"data: {event}\n\n".encode())
    with served([odd]) as (_, model), pytest.raises(Unavailable):
        model.draft(SOURCE, brief())


@pytest.mark.parametrize(
    "body",
    [b"{}", b"[]", b'{"choices": null}', b'{"choices": [{}]}', b'{"choices": [{"message": {"content": 7}}]}', b"null"],
)
def test_bodies_that_hold_no_completion_are_no_answer(body: bytes) -> None:
    odd = Answer(status=200, headers=(("Content-Type", "application/json"),), body=body)
    with served([odd]) as (_, model), pytest.raises(Unavailable):
        model.draft(SOURCE, brief())


def test_an_answer_that_was_packed_unasked_is_not_unpacked() -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    packed = Answer(status=200, headers=(("Content-Type", "application/json"), ("Content-Encoding", "gzip")), body=bomb)
    with served([packed], retries=0) as (server, model), pytest.raises(Unavailable, match="hung up before"):
        model.draft(SOURCE, brief())
    assert server.received[0].header("Accept-Encoding") == "identity"


@pytest.mark.parametrize("body", [b"{", b"[" * 100_000, b"\xff\xfe", b'"' * 9, b"", b"nonsense"])
@pytest.mark.parametrize("kind", ["application/json", "text/event-stream"])
def test_bodies_that_are_not_even_json_are_unavailable(kind: str, body: bytes) -> None:
    body = b"data: " + body + b"\n\n" if kind == "text/event-stream" else body
    odd = Answer(status=200, headers=(("Content-Type", kind),), body=body)
    with served([odd], streams=False) as (_, model), pytest.raises(Unavailable) as caught:
        model.draft(SOURCE, brief())
    assert "--drafter extractive" in caught.value.hint


_EVENTS = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"


@contextmanager
def endless(piece: bytes, pause: float = 0.0, times: int = 10**9, first: bytes = _EVENTS) -> Iterator[str]:
    """The address of a server that sends this piece again and again after the ``first``, until the other side hangs up."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):  # the listener was closed
            while True:
                connection, _ = listener.accept()
                with connection, suppress(OSError):
                    connection.recv(65536)
                    connection.sendall(first)
                    for _ in range(times):
                        connection.sendall(piece)
                        time.sleep(pause)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def test_an_answer_without_end_is_given_up() -> None:
    delta = {"choices": [{"index": 0, "delta": {"content": "x" * 60_000}}]}
    with (
        endless(f"data: {json.dumps(delta)}\n\n".encode()) as address,
        pytest.raises(Unavailable, match="hung up before"),
    ):
        drafter(address, retries=0, caps=Caps(tokens=10**8)).draft(SOURCE, brief())


def test_an_answer_that_only_keeps_the_line_busy_is_given_up_in_time() -> None:
    with (
        endless(b": still thinking\n\n", pause=0.01, times=400) as address,
        pytest.raises(Unavailable, match=r"did not answer within 0\.08 seconds"),
    ):
        drafter(address, timeout=0.08, retries=0).draft(SOURCE, brief())


@pytest.mark.parametrize(
    ("first", "piece"),
    [
        pytest.param(b"HTTP/1.1 200 OK\r\nX: ", b"a", id="a header that drips"),
        pytest.param(b"", b"HTTP/1.1 100 Continue\r\n\r\n", id="one that only bids us go on"),
    ],
)
def test_a_server_that_never_begins_its_answer_is_given_up_in_time(first: bytes, piece: bytes) -> None:
    with (
        endless(piece, pause=0.01, times=400, first=first) as address,
        pytest.raises(Unavailable, match=r"did not answer within 0\.08 seconds"),
    ):
        drafter(address, timeout=0.08, retries=0).draft(SOURCE, brief())


def test_a_server_that_wants_to_be_paid_is_final() -> None:
    with served([fails(402)]) as (server, model), pytest.raises(Refused, match="wants to be paid"):
        model.draft(SOURCE, brief())
    assert len(server.received) == 1


def test_each_request_is_counted_as_the_server_counts_it_and_else_about() -> None:
    watcher = Remembers()
    with served([HangUp.FIN, fails(503), says(JSON)]) as (_, model):
        model.within(Workshop(watcher=watcher)).draft(SOURCE, brief())
    sent, refused, answered = watcher.usages
    told = (sent.tokens_in > 100, sent.tokens_out, sent.estimated)
    assert told == (True, LONGEST_ANSWER, True), "it may have been read and answered"
    assert (refused.tokens_in, refused.tokens_out) == (0, 0)
    assert (answered.tokens_in, answered.tokens_out, answered.estimated, answered.model) == (100, 20, False, "tiny")


def test_what_comes_word_by_word_is_told_while_it_comes() -> None:
    watcher = Remembers()
    with served([says(JSON)]) as (_, model):
        model.within(Workshop(watcher=watcher)).draft(SOURCE, brief())
    assert len(watcher.letters) > 5
    assert watcher.letters == sorted(watcher.letters)
    assert watcher.letters[-1] == len(JSON)


def test_a_server_that_was_understood_before_is_asked_twice_and_not_in_every_form() -> None:
    with served([says(JSON), says("no")]) as (server, model):
        model.draft(SOURCE, brief())
        with pytest.raises(Unavailable):
            model.draft(SOURCE, brief())
    assert server.formats == ["json_schema", "json_schema", "json_object with schema"]


def test_a_server_that_stumbles_over_a_form_in_the_middle_of_its_answer_is_asked_in_another() -> None:
    def stumbles(request: Mapping[str, Any]) -> Reply:
        return Truncated(says(JSON)) if "response_format" in request else calls(JSON)

    with served(stumbles, retries=1) as (server, model):
        assert len(model.draft(SOURCE, brief()).posts) == WHOLE
        model.draft(SOURCE, brief())
    assert server.formats[-2:] == ["tool", "tool"]


def _uncounted(answer: Answer) -> Answer:
    whole = json.loads(answer.body)
    del whole["usage"]
    return Answer(status=200, headers=answer.headers, body=json.dumps(whole).encode())


def test_an_answer_that_was_cut_short_is_counted_though_the_server_counts_nothing() -> None:
    watcher = Remembers()
    with (
        served([_uncounted(says("x" * 24_000, finish="length"))], streams=False, caps=Caps(tokens=20_000)) as (
            _,
            model,
        ),
        pytest.raises(UsedUp),
    ):
        model.within(Workshop(watcher=watcher)).draft(SOURCE, brief())
    assert [usage.tokens_out > 5000 for usage in watcher.usages] == [True, True]


def test_a_stream_that_breaks_off_is_counted_as_far_as_it_came() -> None:
    watcher = Remembers()
    with served([Truncated(says("x" * 24_000)), says(JSON)]) as (_, model):
        model.within(Workshop(watcher=watcher)).draft(SOURCE, brief())
    broken, _ = watcher.usages
    assert (2000 < broken.tokens_out < 8100, broken.estimated) == (True, True)


def test_an_answer_of_which_nothing_came_is_counted_as_the_longest() -> None:
    watcher = Remembers()
    with served([Truncated(says(JSON)), says(JSON)], streams=False) as (_, model):
        model.within(Workshop(watcher=watcher)).draft(SOURCE, brief())
    assert watcher.usages[0].tokens_out == LONGEST_ANSWER


@pytest.mark.parametrize("name", ["reasoning_content", "reasoning"])
@pytest.mark.parametrize("streams", [True, False])
def test_thoughts_are_counted_where_the_server_counts_nothing(name: str, streams: bool) -> None:
    key = "delta" if streams else "message"
    choice = {"index": 0, "finish_reason": "stop", key: {"role": "assistant", "content": JSON, name: "hm " * 3000}}
    body = json.dumps({"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]})
    kind, body = ("text/event-stream", f"data: {body}\n\n") if streams else ("application/json", body)
    thoughtful = Answer(status=200, headers=(("Content-Type", kind),), body=body.encode())
    watcher = Remembers()
    with served([thoughtful], streams=streams) as (_, model):
        model.within(Workshop(watcher=watcher)).draft(SOURCE, brief())
    assert watcher.usages[-1].tokens_out > 3000
    assert watcher.usages[-1].tokens_out < LONGEST_ANSWER


@pytest.mark.parametrize("took", [(0, 0), (1, 1), (10**12, 5)])
def test_a_count_that_cannot_be_true_is_not_believed(took: tuple[int, int]) -> None:
    watcher = Remembers()
    with (
        served([says("No. " * 2000, took=took)], caps=Caps(tokens=12_000)) as (_, model),
        pytest.raises(UsedUp),
    ):
        model.within(Workshop(watcher=watcher)).draft(SOURCE, brief())
    assert all(usage.tokens_in > 200 and usage.tokens_out > 2000 and usage.estimated for usage in watcher.usages)
