"""A small real web server for pages of custom elements: built assets, pages a test writes, and an event stream.

It sends the same content security policy as the product, so that an inline script or eval fails here too.
"""

import json
import queue
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

DIST = Path(__file__).parents[2] / "src/yiwang/ui/static/ui/dist"
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data: blob:; frame-ancestors 'none'"
)
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
PAGE = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>test</title>
<link rel="stylesheet" href="/static/ui/dist/ui.css"><link rel="icon" href="data:,">
<script type="module" src="/static/ui/dist/ui.js"></script></head><body><main>{body}</main>
<dialog id="dialog"></dialog><div id="toasts" class="toasts" role="status"></div></body></html>"""

Answer = tuple[int, str, str] | tuple[int, str, str, dict[str, str]]


class Site:
    """Answers of the server, by path; a function is called with the request."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | Callable[[Handler], Answer]] = {}
        self.asked: list[str] = []
        self.streams: list[queue.Queue[str | None]] = []
        self.opened = threading.Semaphore(0)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"site": self}))
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def page(self, body: str, language: str = "zh-hans", path: str = "/") -> str:
        self.answers[path] = (200, "text/html; charset=utf-8", PAGE.format(body=body, language=language))
        return self.url + path

    def json(self, path: str, data: Any) -> None:
        self.answers[path] = (200, "application/json", json.dumps(data))

    def html(self, path: str, text: str, status: int = 200, **headers: str) -> None:
        self.answers[path] = (status, "text/html; charset=utf-8", text, headers)

    def say(self, event: str, data: str = "") -> None:
        for stream in self.streams:
            stream.put(f"event: {event}\ndata: {data}\n\n")

    def hang_up(self) -> None:
        for stream in self.streams:
            stream.put(None)
        self.streams.clear()


class Handler(BaseHTTPRequestHandler):
    site: Site
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        self.site.asked.append(self.path)
        if path.startswith("/static/ui/dist/"):
            file = DIST / Path(path).name
            self.answer(200, TYPES[file.suffix], file.read_bytes())
        elif path == "/stream":
            self.stream()
        else:
            found = self.site.answers.get(path, (404, "text/plain", "nothing here"))
            status, kind, text, *headers = found(self) if callable(found) else found
            self.answer(status, kind, text.encode(), *headers)

    def do_POST(self) -> None:
        self.do_GET()

    def answer(self, status: int, kind: str, body: bytes, headers: dict[str, str] | None = None) -> None:
        if self.command == "POST":
            self.body = self.rfile.read(int(self.headers["Content-Length"]))
            self.site.asked.append(self.body.decode(errors="replace"))
        self.send_response(status)
        for name, value in {
            "Content-Type": kind,
            "Content-Security-Policy": POLICY,
            **(headers or {}),
        }.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def stream(self) -> None:
        heard: queue.Queue[str | None] = queue.Queue()
        self.site.streams.append(heard)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(b": hello\n\n")
        self.site.opened.release()
        while (text := heard.get()) is not None:
            self.wfile.write(text.encode())
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


def running() -> Iterator[Site]:
    site = Site()
    thread = threading.Thread(target=site.server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield site
    site.hang_up()
    site.server.shutdown()
    thread.join()
    site.server.server_close()
