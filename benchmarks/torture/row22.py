"""Traversal and upload floods: no file of this machine is served, and no upload fills it."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.torture.result import Result, share_of
from benchmarks.torture.site import Site, serving

PATHS = 200
FLOOD = 40
LIMIT = 100_000  # bytes of one upload, small so that a flood is
MARK = "the-secret-of-row-22"
TARGET = "200 paths, 0 leaks; floods get 403 or 413; the cache is bounded"
_ROUTES = (
    "/",
    "/assets/",
    "/static/",
    "/svelte/",
    "/gradio_api/file=",
    "/gradio_api/file/",
    "/file=",
    "/export/claims.csv/",
)
_STEPS = ("../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%252f", "....//", "..\\", "..%5c", "%c0%ae%c0%ae/")
_DEPTHS = (1, 4, 12)


def traversals(secret: Path) -> list[str]:
    """Paths that lead to a file outside of what is served, in many spellings."""
    plain = str(secret)
    absolute = [f"{route}{spelling}" for route in _ROUTES for spelling in (plain, plain.replace("/", "%2f"))]
    absolute += [f"/gradio_api/file={more}" for more in (f"file://{plain}", "http://127.0.0.1/x", "//evil.example/x")]
    absolute += [f"/gradio_api/proxy={more}" for more in ("http://127.0.0.1/x", f"file://{plain}")]
    climbing = [f"{route}{step * depth}{plain[1:]}" for depth, step, route in product(_DEPTHS, _STEPS, _ROUTES)]
    return [*absolute, *climbing]


def run(seed: int, share: float) -> Result:  # noqa: ARG001 -- nothing here is drawn at random
    """Climb out of the served folders, then upload more than is taken, with and without leave."""
    number = share_of(PATHS, share)
    faults: list[str] = []
    with TemporaryDirectory() as folder:
        secret = Path(folder, "secret.txt")
        secret.write_text(MARK, encoding="utf-8")
        with serving(Path(folder, "closed"), articles={}) as site:
            targets = [secret, site.index / "ledger.db", Path(site.index.parent, "server.log")]
            paths = [path for target in targets for path in traversals(target)]
            paths = [paths[at * len(paths) // number] for at in range(number)]
            leaks = [path for path in paths if _leaks(site, path)]
            closed = [_upload(site, 10) for _ in range(3)]
        options, settings = ("--allow-upload",), {"ATTEST_UPLOAD_BYTES": str(LIMIT)}
        with serving(Path(folder, "open"), articles={}, options=options, settings=settings) as site:
            large = [_upload(site, LIMIT * 3), _upload(site, LIMIT * 3, length=10), _upload(site, 10, length=10**12)]
            flood = [_upload(site, LIMIT * 9 // 10, fill=n) for n in range(FLOOD)]
            kept = sum(path.stat().st_size for path in site.cache.rglob("*") if path.is_file())
    faults += [f"{path} leaked" for path in leaks]
    faults += [f"an upload without leave gave {status}" for status in closed if status != 403]
    faults += [f"an upload that is too large gave {status}" for status in large if status not in {0, 400, 413}]
    if flood[0] != 200 or flood[-1] != 413:
        faults.append(f"a flood gave {flood[0]} first and {flood[-1]} last")
    if kept > 12 * LIMIT:
        faults.append(f"the cache holds {kept} bytes")
    return Result(
        row=22,
        threat="traversal, upload flood",
        target=TARGET,
        measured=f"{len(paths)} paths, {len(leaks)} leaks; without leave {closed[0]}, too large {large[0]}; of "
        f"{len(flood)} in a flood {flood.count(200)} were taken, the cache held {kept / LIMIT:.1f} times one upload",
        ok=not faults,
        detail="; ".join(faults[:5]),
    )


def _leaks(site: Site, path: str) -> bool:
    status, body = site.request("GET", path)
    return MARK.encode() in body or b"SQLite format" in body or b"Uvicorn" in body or (status == 200 and path != "/")


def _upload(site: Site, size: int, *, length: int | None = None, fill: int = 0) -> int:
    """The status of an upload of so many bytes, which may say another length; 0 where the connection was cut."""
    head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n'
    body = head + bytes([65 + fill % 26]) + b"x" * (size - 1 + fill // 26) + b"\r\n--x--\r\n"
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    if length is not None:
        headers["Content-Length"] = str(length)
    try:
        return site.request("POST", "/gradio_api/upload", headers=headers, body=body)[0]
    except OSError:
        return 0
