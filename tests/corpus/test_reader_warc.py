"""Web archives: which records are pages, where they came from, and what is said of the others."""

import gzip
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from corpus import Article, Problem, read_file
from corpus.limits import Limits
from corpus.readers import read_marked
from corpus.readers.containers import Mark, Skipped

PARAGRAPHS = [
    "The dam above Lowmarsh held through the night although the water stood only forty centimetres below its crest.",
    "“Nobody was hurt, and nobody will be,” said Ada Wick, who leads the fire service of the district of Esterby.",
    "Two villages were cleared on Tuesday evening, and their people slept in a school until the level began to fall.",
    "The water board, which owns the dam, said that it had asked an engineer from abroad to look at the northern gate.",
]
CAPTURED = "2031-05-02T08:00:00Z"


def page(*, title: str = "Lowmarsh dam holds", head: str = "") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{text}</article></body></html>"
    )


class Crawl:
    """A web archive in the making."""

    def __init__(self, *, packed: bool = False) -> None:
        self._out = io.BytesIO()
        self._writer = WARCWriter(self._out, gzip=packed)
        self._writer.write_record(self._writer.create_warcinfo_record("crawl.warc", {"software": "a crawler"}))

    def add(
        self,
        content: bytes,
        *,
        url: str = "https://gazette.example/dam",
        status: str = "200 OK",
        kind: str = "text/html; charset=utf-8",
        http: Sequence[tuple[str, str]] = (),
        warc: Sequence[tuple[str, str]] = (),
    ) -> None:
        headers = StatusAndHeaders(status, [("Content-Type", kind), *http], protocol="HTTP/1.1")
        self._writer.write_record(
            self._writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(content),
                http_headers=headers,
                warc_headers_dict={"WARC-Date": CAPTURED, **dict(warc)},
            )
        )

    def add_request(self) -> None:
        headers = StatusAndHeaders("GET /dam HTTP/1.1", [("Host", "gazette.example")], is_http_request=True)
        self._writer.write_record(
            self._writer.create_warc_record("https://gazette.example/dam", "request", http_headers=headers)
        )

    def bytes(self) -> bytes:
        return self._out.getvalue()


def save(folder: Path, crawl: Crawl, *, name: str = "crawl.warc") -> Path:
    (folder / name).write_bytes(crawl.bytes())
    return folder / name


def read(path: Path, *, limits: Limits | None = None) -> list[Article | Problem]:
    return list(read_file(path, root=path.parent, limits=limits))


def one(path: Path) -> Article:
    (found,) = read(path)
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(("name", "packed"), [("crawl.warc", False), ("crawl.warc.gz", True)])
def test_pages_are_articles_with_the_numbers_of_their_records(tmp_path: Path, name: str, packed: bool) -> None:
    crawl = Crawl(packed=packed)
    crawl.add(page(title="Lowmarsh dam holds").encode())
    crawl.add_request()
    crawl.add(page(title="Lowmarsh dam breaks").encode(), url="https://gazette.example/breaks")
    found = read(save(tmp_path, crawl, name=name))
    assert [(item.title, item.record, item.path) for item in found if isinstance(item, Article)] == [
        ("Lowmarsh dam holds", 2, str(tmp_path / name)),
        ("Lowmarsh dam breaks", 4, str(tmp_path / name)),
    ]


def test_a_web_archive_packed_in_one_piece_is_read_too(tmp_path: Path) -> None:
    crawl = Crawl()
    crawl.add(page().encode())
    crawl.add(page().encode(), url="https://gazette.example/breaks")
    (tmp_path / "crawl.warc.gz").write_bytes(gzip.compress(crawl.bytes()))
    assert len(read(tmp_path / "crawl.warc.gz")) == 2


def test_the_address_is_the_captured_one_and_the_capture_is_no_publication(tmp_path: Path) -> None:
    crawl = Crawl()
    crawl.add(page().encode())
    found = one(save(tmp_path, crawl))
    assert (found.id, found.url) == ("https://gazette.example/dam", "https://gazette.example/dam")
    assert found.published is None
    assert dict(found.provenance)["url"] == "WARC-Target-URI"
    assert dict(found.provenance)["captured"] == f"WARC-Date {CAPTURED} of https://gazette.example/dam"


def test_the_address_that_a_page_gives_itself_comes_first(tmp_path: Path) -> None:
    crawl = Crawl()
    head = '<link rel="canonical" href="https://gazette.example/2031/dam">'
    crawl.add(page(head=head).encode(), url="https://gazette.example/dam?from=feed")
    found = one(save(tmp_path, crawl))
    assert found.url == "https://gazette.example/2031/dam"
    assert "https://gazette.example/dam?from=feed" in dict(found.provenance)["captured"]


def test_the_encoding_of_the_http_header_is_used(tmp_path: Path) -> None:
    crawl = Crawl()
    crawl.add(page(title="Плотина устояла").encode("koi8-r", errors="ignore"), kind="text/html; charset=KOI8-R")
    assert one(save(tmp_path, crawl)).title == "Плотина устояла"


def test_a_wrong_encoding_in_the_http_header_is_passed_over(tmp_path: Path) -> None:
    crawl = Crawl()
    crawl.add(page(title="Café at the dam closes").encode("cp1252"), kind="text/html; charset=utf-8")
    crawl.add(page(title="Café at the dam opens").encode(), kind="text/html; charset=none-such")
    closes, opens = read(save(tmp_path, crawl))
    assert isinstance(closes, Article)
    assert isinstance(opens, Article)
    assert (closes.title, opens.title) == ("Café at the dam closes", "Café at the dam opens")


def test_pages_sent_packed_and_in_chunks_are_unpacked(tmp_path: Path) -> None:
    crawl = Crawl()
    packed = gzip.compress(page().encode())
    crawl.add(packed, http=[("Content-Encoding", "gzip")])
    half = len(packed) // 2
    chunks = [packed[:half], packed[half:], b""]
    in_chunks = b"".join(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n" for chunk in chunks)
    crawl.add(in_chunks, http=[("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")])
    assert [item.text for item in read(save(tmp_path, crawl)) if isinstance(item, Article)] == [
        "\n\n".join(["Lowmarsh dam holds", *PARAGRAPHS])
    ] * 2


def test_what_is_no_page_is_counted_and_no_problem(tmp_path: Path) -> None:
    crawl = Crawl()
    crawl.add(page().encode(), status="404 Not Found")
    crawl.add(b"\x89PNG", kind="image/png")
    crawl.add(page().encode())
    crawl.add_request()
    (counts,) = (item.counts for item in read_marked(save(tmp_path, crawl)) if isinstance(item, Skipped))
    assert counts == {
        "records that are no responses": 2,
        "responses of status 404": 1,
        "responses that are no web pages": 1,
    }


def test_a_web_archive_without_pages_says_what_it_holds(tmp_path: Path) -> None:
    (found,) = read(save(tmp_path, Crawl()))
    assert isinstance(found, Problem)
    assert found.reason == "no articles in it, only 1 records that are no responses"


def test_the_limit_on_members_is_not_for_records(tmp_path: Path) -> None:
    crawl = Crawl()
    for number in range(3):
        crawl.add(page().encode(), url=f"https://gazette.example/{number}")
    assert len(read(save(tmp_path, crawl), limits=Limits(members=1))) == 3


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_pages_are_unpacked_by_the_encodings_of_the_web(tmp_path: Path, encoding: str) -> None:
    pack = gzip.compress if encoding == "gzip" else pytest.importorskip("brotli").compress
    crawl = Crawl()
    crawl.add(pack(page().encode()), http=[("Content-Encoding", encoding)])
    crawl.add(pack(page().encode())[:-40], http=[("Content-Encoding", encoding)])
    whole, broken = read(save(tmp_path, crawl))
    assert isinstance(whole, Article)
    assert isinstance(broken, Problem)
    assert "breaks off" in broken.reason


def test_a_page_without_an_article_is_a_problem_with_its_record(tmp_path: Path) -> None:
    crawl = Crawl()
    crawl.add(b"<html><body><nav>Home</nav></body></html>")
    (found,) = read(save(tmp_path, crawl))
    assert isinstance(found, Problem)
    assert found.record == 2


def test_a_page_that_the_crawler_cut_is_read_and_marked(tmp_path: Path) -> None:
    crawl = Crawl()
    crawl.add(page().encode(), warc=[("WARC-Truncated", "length")])
    crawl.add(page().encode())
    cut, whole = read(save(tmp_path, crawl))
    assert isinstance(cut, Article)
    assert isinstance(whole, Article)
    assert (cut.is_summary, whole.is_summary) == (True, False)


def test_a_page_that_breaks_off_with_the_file_is_a_problem_and_not_half_an_article(tmp_path: Path) -> None:
    crawl = Crawl()
    crawl.add(page().encode())
    (tmp_path / "crawl.warc").write_bytes(crawl.bytes()[:-200])
    (found,) = read(tmp_path / "crawl.warc")
    assert isinstance(found, Problem)
    assert "breaks off" in found.reason


def test_a_page_whose_packing_is_damaged_is_a_problem_and_the_next_is_read(tmp_path: Path) -> None:
    crawl = Crawl()
    packed = bytearray(gzip.compress(page().encode()))
    packed[len(packed) // 2] ^= 0xFF
    crawl.add(bytes(packed), http=[("Content-Encoding", "gzip")])
    crawl.add(page().encode())
    bad, good = read(save(tmp_path, crawl))
    assert isinstance(bad, Problem)
    assert isinstance(good, Article)


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_damage_between_records_ends_the_file_with_a_problem(tmp_path: Path, name: str) -> None:
    crawl = Crawl(packed=name.endswith(".gz"))
    crawl.add(page().encode())
    (tmp_path / name).write_bytes(crawl.bytes() + b"\x1f\x8bthis is no record\r\n\r\nnor is this\r\n\r\n" * 3)
    good, bad = read(tmp_path / name)
    assert isinstance(good, Article)
    assert isinstance(bad, Problem)


@pytest.mark.parametrize(
    "content", [b"", b"this is no web archive\r\n\r\n" * 9, b"WARC/1.0\r\n\r\n", b"WARC/1.0\r\nWARC-Type: response"]
)
def test_what_is_no_web_archive_is_a_problem(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "crawl.warc").write_bytes(content)
    (found,) = read(tmp_path / "crawl.warc")
    assert isinstance(found, Problem)


def test_a_page_over_the_limit_is_a_problem_and_the_next_is_read(tmp_path: Path) -> None:
    crawl = Crawl()
    crawl.add((page() + " " * 30_000_000).encode())
    crawl.add(page().encode())
    big, good = read(save(tmp_path, crawl))
    assert isinstance(big, Problem)
    assert "20 MB" in big.reason
    assert isinstance(good, Article)


def test_reading_goes_on_behind_a_record(tmp_path: Path) -> None:
    crawl = Crawl()
    for number in range(3):
        crawl.add(page().encode(), url=f"https://gazette.example/{number}")
    path = save(tmp_path, crawl)
    marks = [item for item in read_marked(path) if isinstance(item, Mark)]
    assert [(mark.record, mark.position) for mark in marks] == [(n, (n,)) for n in (1, 2, 3, 4)]
    rest = [item.id for item in read_marked(path, after=marks[2].position) if isinstance(item, Article)]
    assert rest == ["https://gazette.example/2"]
