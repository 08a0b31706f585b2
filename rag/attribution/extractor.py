"""What finds attributions in an article: rules, or a trained model behind the same face."""

from __future__ import annotations

from typing import Literal, Protocol

from corpus.types import Article
from rag.types import Attribution

ExtractorName = Literal["rules", "combined"]


class Extractor(Protocol):
    """Finds the attributions of an article.

    `name` says which extractor and which version it is, for the manifest of an index. `extract` gives attributions in
    the order of the text, nested ones with their `outer`; every span lies in `article.text` and holds a word.
    """

    name: str

    def extract(self, article: Article) -> tuple[Attribution, ...]: ...
