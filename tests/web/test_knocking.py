"""Whether a page is there, asked without reading it, under the rules of reading."""

from __future__ import annotations

import pytest

from contentkit.errors import Refused, Unavailable, UsageError
from contentkit.testing.loopback import Answer, LoopbackServer, Request
from contentkit.web.knocking import Knock, knock
from contentkit.web.reader import Reader
from tests.web.raw_server import RawServer


def answered(request: Request) -> Answer:
    if request.path == "/no-head":
        return Answer(status=405 if request.method == "HEAD" else 200)
    if request.path.startswith("/to/"):
        status, _, target = request.path.removeprefix("/to/").partition("/")
        return Answer(status=int(status), headers=(("Location", f"/{target}"),))
    if request.path == "/inside":
        return Answer(status=302, headers=(("Location", "http://127.0.0.1:1/secret"),))
    return Answer(status=200 if request.path == "/there" else 404, body=b"x" * 1000)


def reader_of(url: str) -> Reader:
    return Reader(hosts=frozenset({url.removeprefix("http://")}), seconds=5)


@pytest.mark.parametrize(
    ("path", "status", "ended", "for_good"),
    [
        ("/there", 200, "/there", True),
        ("/absent", 404, "/absent", True),
        ("/no-head", 200, "/no-head", True),
        ("/to/301/there", 200, "/there", True),
        ("/to/308/to/301/there", 200, "/there", True),
        ("/to/301/to/302/there", 200, "/there", False),
        ("/to/301/absent", 404, "/absent", True),
    ],
)
def test_an_answer_is_told_with_where_it_came_from(path: str, status: int, ended: str, for_good: bool) -> None:
    with LoopbackServer(answered) as server:
        told = knock(reader_of(server.url), server.url + path)
        assert told == Knock(status=status, address=server.url + ended, for_good=for_good)


def test_a_page_that_is_there_is_asked_once_and_not_read() -> None:
    methods: list[str] = []

    def noted(request: Request) -> Answer:
        methods.append(request.method)
        return answered(request)

    with LoopbackServer(noted) as server:
        knock(reader_of(server.url), f"{server.url}/there")
        assert methods == ["HEAD"]
        knock(reader_of(server.url), f"{server.url}/no-head")
    assert methods == ["HEAD", "HEAD", "GET"]


def test_a_server_that_hangs_up_on_a_head_is_asked_for_the_page() -> None:
    def answer(head: bytes) -> list[bytes]:
        return [] if head.startswith(b"HEAD") else [b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"]

    with RawServer(answer) as server:
        reader = Reader(hosts=frozenset({server.place}), seconds=5)
        assert knock(reader, f"http://{server.place}/").status == 200


def test_nothing_private_is_asked_and_no_page_leads_to_it() -> None:
    with LoopbackServer(answered) as server:
        with pytest.raises(UsageError, match="no address of the public internet"):
            knock(Reader(), "http://127.0.0.1/there")
        with pytest.raises(Refused, match="where no page may lead"):
            knock(reader_of(server.url), f"{server.url}/inside")


def test_a_circle_of_redirects_ends() -> None:
    circle = Answer(status=301, headers=(("Location", "/round"),))
    with LoopbackServer(lambda _: circle) as server, pytest.raises(Refused, match="redirects more than"):
        knock(reader_of(server.url), f"{server.url}/round")


def test_a_server_that_is_not_there_is_for_later() -> None:
    with LoopbackServer(answered) as server:
        url = server.url
    with pytest.raises(Unavailable, match="cannot be reached"):
        knock(reader_of(url), f"{url}/there")
