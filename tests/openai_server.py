"""A server on loopback that speaks OpenAI's chat protocol as a script tells it: well, badly, slowly or not at all.

The protocol: https://platform.openai.com/docs/api-reference/chat. Standard library only.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

Manner = Literal["say", "raw", "cut", "reset", "hang", "drip", "call a tool"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What the server does with one request.

    "say" streams `text`; "raw" sends it as it is, with `status`; "cut" streams half of it and breaks off; "reset"
    breaks the connection off at once; "hang" sends nothing until the server closes; "drip" streams `text` on and on.
    """

    manner: Manner = "say"
    text: str = ""
    status: int = 200


class OpenAIServer:
    """`script` gives each request (its JSON) a turn; `requests` are those that came; `url` is the base URL."""

    def __init__(self, script: Callable[[dict[str, Any]], Turn]) -> None:
        self.script = script
        self.requests: list[dict[str, Any]] = []
        self.closing = threading.Event()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def run(self) -> None:
        self._http.serve_forever(poll_interval=0.05)

    def close(self) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()


@contextmanager
def serving(script: Callable[[dict[str, Any]], Turn]) -> Iterator[OpenAIServer]:
    """A running server."""
    server = OpenAIServer(script)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.close()
        thread.join()


def closed_url() -> str:
    """The base URL of a server that is not there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/v1"


def _handler(server: OpenAIServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.requests.append(request)
            try:
                self.answer(server.script(request), streamed=bool(request.get("stream")))
            except OSError:  # the client has gone
                self.close_connection = True

        def answer(self, turn: Turn, *, streamed: bool) -> None:
            if turn.manner == "reset":
                # Linger for no time: the close is a reset and no orderly end.
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
                self.close_connection = True
            elif turn.manner == "hang":
                server.closing.wait()
                self.close_connection = True
            elif turn.manner == "raw":
                self.whole(turn.text, status=turn.status)
            elif streamed:
                self.stream(turn)
            else:
                message = {"role": "assistant", "content": turn.text}
                self.whole(json.dumps(_completion("message", message)), status=turn.status)

        def whole(self, text: str, *, status: int) -> None:
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def stream(self, turn: Turn) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            if turn.manner == "call a tool":
                self.event(json.dumps(_completion("delta", {"role": "assistant", "tool_calls": [_call(turn.text)]})))
            text = turn.text[: len(turn.text) // 2] if turn.manner == "cut" else turn.text
            pieces = [text[at : at + 40] for at in range(0, len(text), 40)] if turn.manner != "call a tool" else []
            for piece in pieces:
                self.event(json.dumps(_completion("delta", {"role": "assistant", "content": piece})))
            while turn.manner == "drip" and not server.closing.wait(0.01):
                self.event(json.dumps(_completion("delta", {"role": "assistant", "content": turn.text})))
            if turn.manner == "cut":
                self.close_connection = True
                return
            self.event(json.dumps(_completion("delta", {}, finish="stop")))
            self.event("[DONE]")
            self.wfile.write(b"0\r\n\r\n")

        def event(self, data: str) -> None:
            body = f"data: {data}\n\n".encode()
            self.wfile.write(f"{len(body):x}\r\n".encode() + body + b"\r\n")
            self.wfile.flush()

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler


def _completion(key: str, value: dict[str, Any], *, finish: str | None = None) -> dict[str, Any]:
    kind = "chat.completion.chunk" if key == "delta" else "chat.completion"
    choice = {"index": 0, key: value, "finish_reason": finish if key == "delta" else "stop"}
    return {"id": "scripted", "object": kind, "created": 0, "model": "scripted", "choices": [choice]}


def _call(arguments: str) -> dict[str, Any]:
    return {"index": 0, "id": "call", "type": "function", "function": {"name": "run", "arguments": arguments}}
