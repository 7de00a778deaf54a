"""The health endpoint: how the database stands and what this worker does, as JSON, to this machine alone."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from contentkit.errors import StateError, UsageError

_HERE = "127.0.0.1"


class Health:
    """Answers GET / with what ``figures`` gives, and 503 where the database cannot be asked."""

    def __init__(self, port: int, figures: Callable[[], dict[str, Any]]) -> None:
        class Handler(BaseHTTPRequestHandler):
            timeout = 5

            def do_GET(self) -> None:
                try:
                    code, told = 200, figures()
                except StateError as error:
                    code, told = 503, {"error": error.words}
                body = json.dumps(told).encode()
                self.send_response(code)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                """What is asked here is nobody's news."""

        try:
            self._server = ThreadingHTTPServer((_HERE, port), Handler)
        except OSError as error:
            raise UsageError(f"port {port}: {error.strerror}", hint="choose another one with --health") from None
        self._server.daemon_threads = True

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def start(self) -> None:
        threading.Thread(target=self._server.serve_forever, name="health", daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
