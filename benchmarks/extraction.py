"""Measure what is kept of web pages, as HTML and as plain text, against their gold bodies.

usage: python -m benchmarks.extraction FOLDER [--worst N]

FOLDER holds ground_truth.json[.gz] ({page: {"body": [paragraphs]}}) and html/ with the pages. Two measures:

pages   precision, recall and F1 of 4-word shingles, averaged over the pages; F1 of the two means
texts   all that a page shows, a line a block, as "select all" and "copy" give it, through the reader of plain text:
        the share of furniture lines that are out, and the article's lines that are lost. A line is the article's where
        most of its shingles are in the gold body, or where it is a short line of it, between its first and last line.

Some gold bodies hold a part of what their pages report: of a live page its beginning, of a list of winners some lines.
extraction_judged.json says by number which lines left in the texts are the page's own report for who reads it
("article"), and which are posts that it quotes ("post"). They count as left all the same; how many they are is printed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.data import require
from corpus import read_file
from corpus.readers.page_blocks import read_blocks
from corpus.readers.page_tree import parse_page
from corpus.types import Article

SHARE_IN_GOLD = 0.6
FEWEST_WORDS = 4  # of a line with shingles
LONG = 8  # words of a line that is surely the article's own
JUDGED = Path(__file__).with_name("extraction_judged.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The lines of a page: of the article, of the page around it, and those that are neither (its headline)."""

    text: tuple[str, ...]
    article: frozenset[int]
    furniture: frozenset[int]


def words(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return re.findall(r"\w+", text.casefold())


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The 4-word shingles of a text, with repeats; a shorter text is one."""
    found = words(text)
    if len(found) < FEWEST_WORDS:
        return Counter([tuple(found)] if found else [])
    return Counter(zip(*(found[at:] for at in range(4)), strict=False))


def score(gold: str, text: str) -> tuple[float, float]:
    """Precision and recall of a text's shingles."""
    wanted, given = shingles(gold), shingles(text)
    hits = (wanted & given).total()
    return (hits / given.total() if given else float(not wanted)), (hits / wanted.total() if wanted else 1.0)


def label_lines(page: str, body: Sequence[str]) -> Lines:
    """The lines that a page shows, each as the article's or as furniture."""
    blocks = list(read_blocks(parse_page(page)))
    gold = shingles("\n".join(body))
    paragraphs = {" ".join(words(paragraph)) for paragraph in body}
    headlines = {" ".join(words(block.text)) for block in blocks if block.element.tag == "h1"}
    sure, short, furniture = set(), set(), set()
    for at, block in enumerate(blocks):
        folded = words(block.text)
        if " ".join(folded) in headlines:
            continue
        found = shingles(block.text)
        share = (found & gold).total() / max(1, found.total())
        if len(folded) >= FEWEST_WORDS and share >= SHARE_IN_GOLD:
            sure.add(at)
        elif 0 < len(folded) < FEWEST_WORDS and " ".join(folded) in paragraphs:
            short.add(at)
        elif folded:  # a line without a word is neither
            furniture.add(at)
    long = [at for at in sure if len(words(blocks[at].text)) >= LONG]
    inside = {at for at in short if long and min(long) <= at <= max(long)}
    return Lines(
        text=tuple(block.text for block in blocks),
        article=frozenset(sure | inside),
        furniture=frozenset(furniture | (short - inside)),
    )


def kept_lines(lines: Lines, article: str) -> set[int]:
    """Which of a page's lines a text holds; of those with the same words, the article's own first."""
    there = Counter(" ".join(words(line)) for line in article.splitlines())
    kept = set()
    for at in sorted(range(len(lines.text)), key=lambda at: (at not in lines.article, at)):
        folded = " ".join(words(lines.text[at]))
        if there[folded] > 0:
            there[folded] -= 1
            kept.add(at)
    return kept


def lost_lines(lines: Lines, article: str) -> set[int]:
    """Which of the article's lines a text does not hold; of those that a page shows twice, once is enough."""
    there = {" ".join(words(line)) for line in article.splitlines()}
    return {at for at in lines.article if " ".join(words(lines.text[at])) not in there}


def read_article(path: Path) -> str:
    """The body that is read from a file; empty where none is."""
    found = (item for item in read_file(path) if isinstance(item, Article))
    return next((item.text[item.headline.end if item.headline else 0 :] for item in found), "")


def measure_pages(folder: Path, gold: Mapping[str, Sequence[str]]) -> dict[str, tuple[float, float]]:
    """Precision and recall of every page's body."""
    return {name: score("\n".join(body), read_article(folder / "html" / name)) for name, body in gold.items()}


def read_judged(path: Path = JUDGED) -> dict[str, dict[str, frozenset[int]]]:
    """For every page, by kind, the numbers of lines outside the gold body that a reader takes for no furniture."""
    kinds = json.loads(path.read_text(encoding="utf-8"))
    return {page: {kind: _read_numbers(text) for kind, text in found.items()} for page, found in kinds.items()}


def _read_numbers(text: str) -> frozenset[int]:
    """Numbers and ranges of them, as in "3 5-8"."""
    ends = [[int(end) for end in part.split("-")] for part in text.split()]
    return frozenset(number for end in ends for number in range(end[0], end[-1] + 1))


def measure_texts(folder: Path, gold: Mapping[str, Sequence[str]]) -> dict[str, tuple[int, ...]]:
    """For every page as plain text: its article's lines and those lost, its furniture's and those left.

    Of those left, then, how many were judged to be the page's own report, and how many to be posts that it quotes.
    """
    found: dict[str, tuple[int, ...]] = {}
    judged = read_judged()
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "page.txt"
        for name, body in gold.items():
            lines = label_lines(_load(folder / "html" / name), body)
            path.write_text("\n".join(lines.text), encoding="utf-8")
            article = next((item for item in read_file(path) if isinstance(item, Article)), None)
            left = lines.furniture & kept_lines(lines, article.text if article else "")
            kinds = judged.get(name, {})
            found[name] = (
                len(lines.article),
                len(lost_lines(lines, article.text if article else "")),
                len(lines.furniture),
                len(left),
                *(len(left & kinds.get(kind, frozenset())) for kind in ("article", "post")),
            )
    return found


def _load(path: Path) -> str:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return data.decode("utf-8", errors="replace")


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found)


def main() -> None:
    """Print both measures, and with --worst the pages that are read worst."""
    parser = argparse.ArgumentParser(description="Measure the extraction of articles from web pages.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--worst", type=int, default=0, metavar="N")
    args = parser.parse_args()
    truth = next((path for path in args.folder.glob("ground_truth.json*")), args.folder / "ground_truth.json")
    require(truth, args.folder / "html")
    gold = {name: page["body"] for name, page in json.loads(_load(truth)).items()}
    pages = measure_pages(args.folder, gold)
    precision, recall = _mean(p for p, _ in pages.values()), _mean(r for _, r in pages.values())
    f1 = 2 * precision * recall / (precision + recall)
    print(f"pages  {len(pages)}: P {100 * precision:.1f}, R {100 * recall:.1f}, F1 {100 * f1:.1f}")
    for name in sorted(pages, key=lambda name: sum(pages[name]))[: args.worst]:
        print(f"       {name}: P {100 * pages[name][0]:.1f}, R {100 * pages[name][1]:.1f}")
    texts = measure_texts(args.folder, gold)
    lines, lost, furniture, left, own, posts = (sum(column) for column in zip(*texts.values(), strict=True))
    out = 100 * (1 - left / furniture)
    print(f"texts  {len(texts)}: {out:.1f} % of {furniture} furniture lines out, {lost} of {lines} article lines lost")
    print(f"       of {left} left, a reader takes {own} for the page's own report, {posts} for posts that it quotes")
    for name in sorted(texts, key=lambda name: -10 * texts[name][1] - texts[name][3])[: args.worst]:
        print(f"       {name}: {texts[name][1]} lost, {texts[name][3]} left")


if __name__ == "__main__":
    main()
