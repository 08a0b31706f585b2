"""DNS rebinding, CSRF and framing: whatever comes from another page is refused before it reaches Gradio."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.torture.result import Result
from benchmarks.torture.site import Site, serving

TARGET = "100 % of a Host and Origin matrix refused with 4xx"
PATHS = (
    ("GET", "/"),
    ("GET", "/config"),
    ("GET", "/export/claims.csv"),
    ("POST", "/gradio_api/queue/join"),
    ("GET", "/gradio_api/queue/data?session_hash=x"),
    ("POST", "/gradio_api/upload"),
    ("POST", "/gradio_api/cancel"),
)
HOSTS = (
    "evil.example",
    "evil.example:{port}",
    "127.0.0.1.evil.example:{port}",
    "localhost.evil.example",
    "evil.localhost",
    "0.0.0.0:{port}",
    "127.0.0.2:{port}",
    "127.1:{port}",
    "2130706433:{port}",
    "0x7f000001",
    "localhost.:{port}",
    "localhost@evil.example",
    "localhost:{port}@evil.example",
    "[::ffff:127.0.0.1]:{port}",
    "localhost, evil.example",
    "xn--lcalhost-p1a",
    "",
)
ORIGINS = (
    "http://evil.example",
    "https://evil.example",
    "null",
    "http://127.0.0.1",
    "http://127.0.0.1:1",
    "http://localhost:{port}",
    "http://127.0.0.1:{port}.evil.example",
    "http://127.0.0.1:{port}@evil.example",
    "file://",
    "chrome-extension://abc",
    "ftp://127.0.0.1:{port}",
    "http://[::1]:{port}",
)
_CROSS = {"Sec-Fetch-Site": "cross-site"}
FETCHES = (
    {**_CROSS, "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
    {**_CROSS, "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"},
    {**_CROSS, "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
    {**_CROSS, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
    {**_CROSS, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "embed"},
    {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
    {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
)


def run(seed: int, share: float) -> Result:  # noqa: ARG001 -- the matrix takes seconds, and is always run whole
    """Every host, origin and kind of fetch at every route, and the page's own requests beside them."""
    with TemporaryDirectory() as folder, serving(Path(folder), articles={}) as site:
        tried = list(_attempts(site))
        passed = [
            f"{method} {path} with {headers} gave {status}"
            for method, path, headers in tried
            if not 400 <= (status := site.request(method, path, headers=headers, body=_body(method))[0]) < 500
        ]
        own = {"Origin": site.address.rstrip("/"), "Sec-Fetch-Site": "same-origin"}
        works = site.request("GET", "/", headers=own)[0] == site.request("GET", "/config", headers=own)[0] == 200
    return Result(
        row=21,
        threat="DNS rebinding, CSRF, framing",
        target=TARGET,
        measured=f"{len(tried) - len(passed)} of {len(tried)} refused; the page's own requests "
        f"{'work' if works else 'FAIL'}",
        ok=not passed and works,
        detail="; ".join(passed[:5]),
    )


def _attempts(site: Site) -> Iterator[tuple[str, str, dict[str, str]]]:
    for method, path in PATHS:
        for host in HOSTS:
            yield method, path, {"Host": host.format(port=site.port)}
            yield method, path, {"X-Forwarded-Host": host.format(port=site.port) or ","}
        for origin in ORIGINS:
            yield method, path, {"Origin": origin.format(port=site.port)}
        for fetch in FETCHES:
            yield method, path, fetch


def _body(method: str) -> bytes | None:
    return b"{}" if method == "POST" else None
