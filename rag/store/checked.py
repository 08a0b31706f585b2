"""What is shown of the ledger outside an answer: looked at first, so that nothing that was changed is shown as true."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator
from itertools import islice

from corpus.types import Article
from rag.store.browsing import ClaimFilter, ClaimOrder, FoundClaim, Speaker, SpeakerOrder
from rag.store.ledger import Ledger
from rag.types import Claim

AT_ONCE = 200
"""Claims whose articles are looked at together, where all claims are read."""
MOST_COUNTED = 1000
"""Articles that are looked at before what they hold is counted; of more, some, others each time."""


class Checked:
    """A ledger that is read only as it was stored: any method raises DamagedIndex, naming an article that is not.

    Each article is looked at once, until `forget` says that something was written.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._sound: set[str] = set()

    def forget(self) -> None:
        self._sound = set()

    def check(self, articles: Collection[str]) -> None:
        sound, unknown = self._sound, set(articles) - self._sound
        self._ledger.check_articles(unknown)
        sound |= unknown

    def article(self, article: str) -> Article | None:
        self.check([article])
        return self._ledger.article(article)

    def claims_in(self, article: str) -> list[Claim]:
        self.check([article])
        return self._ledger.claims(article=article)

    def browse(self, which: ClaimFilter, *, order: ClaimOrder, offset: int, limit: int) -> list[FoundClaim]:
        """As `Ledger.browse_claims`."""
        with self._ledger.one_view():
            found = self._ledger.browse_claims(which, order=order, offset=offset, limit=limit)
            self.check({one.article.id for one in found})
        return found

    def each(self, which: ClaimFilter) -> Iterator[FoundClaim]:
        """As `Ledger.each_claim`."""
        found = self._ledger.each_claim(which)
        while some := list(islice(found, AT_ONCE)):
            self.check({one.article.id for one in some})
            yield from some

    def speakers(self, *, name: str, order: SpeakerOrder, offset: int, limit: int) -> list[Speaker]:
        """As `Ledger.speakers`."""
        with self._ledger.one_view():
            found = self._ledger.speakers(name=name, order=order, offset=offset, limit=limit)
            unknown = self._ledger.articles_quoting([one.party.id for one in found]) - self._sound
            self.check(random.sample(sorted(unknown), min(MOST_COUNTED, len(unknown))))
        return found

    def claims(self, found: list[Claim]) -> list[Claim]:
        """Claims that were read, once their articles are looked at."""
        self.check({claim.article for claim in found})
        return found
