"""What is shown of the ledger outside an answer: looked at first, so that nothing that was changed is shown as true."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Collection, Iterator
from itertools import islice

from corpus.types import Article
from rag.store.browsing import ClaimFilter, ClaimOrder, FoundClaim, Speaker, SpeakerOrder
from rag.store.ledger import Ledger
from rag.types import Claim

AT_ONCE = 200
"""Claims whose articles are looked at together, where all claims are read."""
MOMENT = 10.0
"""Seconds for which an article counts as it was when it was looked at: a byte that changes by itself tells nobody."""
COUNTED_MOMENT = 600.0
"""The same, where what an article holds is only counted."""
MOST_COUNTED = 1000
"""Articles that are looked at before what they hold is counted; of more, some, others each time."""


class Checked:
    """A ledger that is read only as it was stored: any method raises DamagedIndex, naming an article that is not.

    An article that was looked at a moment ago is not looked at again, unless `forget` says that something was written.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._sound: dict[str, float] = {}  # when each was looked at

    def forget(self) -> None:
        self._sound = {}

    def check(self, articles: Collection[str]) -> None:
        self._look_at(self._unknown(articles, moment=MOMENT))

    def _unknown(self, articles: Collection[str], *, moment: float) -> set[str]:
        since, sound = time.monotonic() - moment, self._sound
        return {article for article in articles if sound.get(article, -math.inf) <= since}

    def _look_at(self, articles: Collection[str]) -> None:
        sound, now = self._sound, time.monotonic()
        self._ledger.check_articles(articles)
        sound.update(dict.fromkeys(articles, now))

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
            counted = self._ledger.articles_quoting([one.party.id for one in found])
            unknown = sorted(self._unknown(counted, moment=COUNTED_MOMENT))
            self._look_at(random.sample(unknown, min(MOST_COUNTED, len(unknown))))
        return found

    def claims(self, found: list[Claim]) -> list[Claim]:
        """Claims that were read, once their articles are looked at."""
        self.check({claim.article for claim in found})
        return found
