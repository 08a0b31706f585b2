"""Characters that cannot be seen, cannot be encoded or change others: quotes keep their exact place."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from benchmarks.torture.result import Result, share_of
from corpus import Article, read_file
from corpus.clean import clean_characters
from rag.answer.verify import claim_stands
from rag.attribution import load_extractor
from rag.index.drafts import Workshop, embed_drafts
from rag.store.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable

TEXTS = 5_000
_UNSEEN = (
    "\0\x01\x1b\x7f\x85\xad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u202a\u202e\u2060\u2066\u2069\ufeff"
    "\ufffe\ud800\udfff"
)
_WORDS = "The dam holds אבג ابجد हिन्दी ไทย 中文 é e\u0301 o\u0308\u0323 한글 👩‍👧 ﬁ Å Ω ½ ǅ ẞ İ".split(" ")
_LINES = st.lists(
    st.one_of(
        st.sampled_from(_WORDS),
        st.text(st.characters(exclude_characters='\n\r“”"'), max_size=12),
        st.text(st.sampled_from(_UNSEEN), min_size=1, max_size=3),
    ),
    max_size=12,
).map(" ".join)


class _Plain:
    """An embedding that costs nothing: this row is about offsets."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[1.0, 0.0] for _ in texts]


class Checker:
    """Takes texts through reading, cleaning, attribution and the ledger, and compares what comes out of it."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "article.json"
        self.ledger = Ledger.open(folder / "index", create=True)
        self.workshop = Workshop(extractor=load_extractor("rules"), passage_size=300)
        self.texts = self.claims = 0

    def check(self, lines: list[str], title: str) -> None:
        """Raise AssertionError where a quote, a passage or a claim is not where it is said to be."""
        # Two surrogates beside one another are one character in JSON.
        said = [json.loads(json.dumps(f"Warden Ana Ruiz said: “x{line}x”")) for line in lines]
        self.file.write_text(json.dumps({"id": "a", "title": title, "text": "\n\n".join(said)}), encoding="utf-8")
        (article,) = [item for item in read_file(self.file) if isinstance(item, Article)] or [None]
        assert article is not None, "no article was read"
        (entry,) = embed_drafts([self.workshop.take_apart(article)], _Plain())  # type: ignore[arg-type]
        self.ledger.write([entry], path=str(self.file))
        stored = self.ledger.article("a")
        assert stored is not None
        assert stored.text == article.text == unicodedata.normalize("NFC", stored.text)
        assert " ".join(stored.text.split()).encode("utf-8")
        for line in said:
            quote = " ".join(clean_characters(line).split())
            assert quote in " ".join(stored.text.split()), "a quote was changed"
        for passage in entry.passages:
            assert passage.span.of(stored.text) == passage.text
        claims = self.ledger.claims()
        assert len(claims) == len(entry.claims)
        assert all(claim_stands(stored, claim) for claim in claims)
        self.texts += 1
        self.claims += len(claims)


def run(seed: int, share: float) -> Result:
    """So many texts out of all scripts, with what hides between letters."""
    failure = ""
    with TemporaryDirectory() as folder:
        checker = Checker(Path(folder))
        try:
            _property(checker.check, examples=share_of(TEXTS, share), number=seed)()
        except AssertionError as error:
            failure = " ".join(str(error).split())[:300] or "a quote is not where it is said to be"
        except Exception as error:  # the target is that there is none
            failure = f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
        checker.ledger.close()
    return Result(
        row=15,
        threat="NUL, surrogates, RTL, zero width, combining",
        target="5,000 texts; 0 exceptions, every quote verbatim",
        measured=f"{checker.texts:,} texts, {checker.claims:,} claims verbatim in the ledger; "
        f"{'1 fault' if failure else '0 exceptions'}",
        ok=not failure and checker.claims > checker.texts / 2,
        detail=failure,
    )


def _property(check: Callable[[list[str], str], None], *, examples: int, number: int) -> Callable[[], None]:
    @seeded(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(_LINES, min_size=1, max_size=4), _LINES)
    def holds(lines: list[str], title: str) -> None:
        check(lines, title)

    made: Callable[[], None] = holds
    return made
