"""Copies are known by their words, and the report's origin by agency and date."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.syndication import (
    Copy,
    Signature,
    are_copies,
    are_twins,
    bands_of,
    estimate_resemblance,
    find_origins,
    measure_overlap,
    shingles_of,
    sign_article,
    words_of,
)
from corpus.types import Article, Span
from tests.stories import FERRY, reworded


def sign(text: str, *, headline: str = "") -> Signature:
    whole = f"{headline}\n\n{text}" if headline else text
    return sign_article(Article(id="a", text=whole, headline=Span(0, len(headline)) if headline else None))


def filler(seed: int, *, words: int) -> str:
    """Words that no other seed has."""
    return " ".join(f"w{seed}x{number}" for number in range(words))


def copies(one: str, other: str) -> bool:
    return are_copies(shingles_of(one), shingles_of(other))


class TestCopies:
    def test_an_agency_credit(self) -> None:
        assert copies(FERRY, f"VELTPORT (Tarn Wire) — {FERRY}\n\nReporting by Ona Brill; editing by Piet Sommer")

    @pytest.mark.parametrize("kept", [0.8, 0.5, 0.35])
    def test_a_cut_tail(self, kept: float) -> None:
        words = FERRY.split(" ")
        assert copies(FERRY, " ".join(words[: int(len(words) * kept)]))

    def test_quotation_marks_case_and_line_breaks_do_not_count(self) -> None:
        other = FERRY.replace("“", '"').replace("”", '"').replace("’", "'").replace(". ", ".\n\n").upper()
        assert shingles_of(FERRY) == shingles_of(other)

    @pytest.mark.parametrize("every", [12, 20, 40])
    def test_a_subeditors_changes(self, every: int) -> None:
        assert copies(FERRY, reworded(FERRY, every=every))

    def test_another_report_of_the_same_event_is_no_copy(self) -> None:
        other = (
            "A ferry with more than two hundred people on board is stuck on a sandbank off Veltport. The coastguard "
            "said fog had been thick since dawn and tugs would try to free the ship at high tide, after midnight. A "
            "spokeswoman for the company, Tarn Lines, said nobody was hurt and that passengers had food and water."
        )
        assert not copies(FERRY, other)

    def test_a_round_up_is_no_copy_of_what_it_holds(self) -> None:
        lead = FERRY.split("\n\n", maxsplit=1)[0]
        others = "\n\n".join(filler(seed, words=len(lead.split())) for seed in range(6))
        assert not copies(lead, f"{lead}\n\n{others}")

    def test_two_short_notices_of_one_pattern(self) -> None:
        assert not copies(
            "The bridge at Orla is closed on Monday for repairs, the town said.",
            "The bridge at Tarn is closed on Friday for repairs, the town said.",
        )

    def test_an_article_of_nothing_is_nobodys_copy(self) -> None:
        assert not copies("", "")
        assert not copies(FERRY, "...")


class TestSignatures:
    @settings(max_examples=30, deadline=None)
    @given(shared=st.integers(0, 400), mine=st.integers(0, 400), theirs=st.integers(0, 400))
    def test_an_estimate_is_near_what_it_estimates(self, shared: int, mine: int, theirs: int) -> None:
        common = filler(0, words=shared)
        one, other = f"{common} {filler(1, words=mine)} .", f"{common} {filler(2, words=theirs)} ."
        exact = measure_overlap(shingles_of(one), shingles_of(other))
        assert abs(exact.resemblance - estimate_resemblance(sign(one), sign(other))) < 0.25, "six standard errors"

    @given(st.text())
    def test_any_text_can_be_signed(self, text: str) -> None:
        signature = sign(text)
        assert signature.size == (len(shingles_of(text.strip())) if signature.size else 0)
        assert len(signature.values) == 128 * 4
        assert len(bands_of(signature)) == (64 if signature.size else 0)

    def test_another_headline_is_no_other_text(self) -> None:
        assert sign(FERRY, headline="Ferry runs aground") == sign(FERRY, headline="Stranded in the fog")

    def test_twins(self) -> None:
        assert are_twins(sign(FERRY), sign(f"VELTPORT (Tarn Wire) — {FERRY}"))
        assert not are_twins(sign(FERRY), sign(FERRY[: len(FERRY) // 2]))
        assert not are_twins(sign(""), sign(""))

    def test_lone_surrogates(self) -> None:
        assert sign("dam \ud83d holds \udcff today").size

    @pytest.mark.parametrize("kept", [0.8, 0.5, 0.35])
    def test_copies_share_a_band_and_others_do_not(self, kept: float) -> None:
        rng = random.Random(7)
        texts = [filler(seed, words=rng.randint(200, 600)) for seed in range(60)]
        cut = [" ".join(text.split()[: int(len(text.split()) * kept)]) for text in texts]
        bands = [set(bands_of(sign(text))) for text in texts]
        assert all(found & set(bands_of(sign(text))) for found, text in zip(bands, cut, strict=True))
        assert not any(bands[at] & bands[at - 1] for at in range(len(bands)))
        assert bands_of(sign("...")) == []

    def test_words(self) -> None:
        assert words_of("“It’s 1,250.5 litres,” O'Hara-Lind said.") == [
            "it's",
            "1,250.5",
            "litres",
            "o'hara",
            "lind",
            "said",
        ]


class TestOrigins:
    @staticmethod
    def copy(name: str, published: str | None = None, *, outlet: str | None = None, agency: str | None = None) -> Copy:
        return Copy(id=name, outlet=outlet, agency=agency, published=published)

    @staticmethod
    def all_of(*names: str) -> dict[str, list[str]]:
        return {name: [other for other in names if other != name] for name in names}

    def test_the_earliest(self) -> None:
        copies = [self.copy("b", "2031-05-05"), self.copy("a", "2031-05-04"), self.copy("c")]
        assert find_origins(copies, self.all_of("a", "b", "c"), twins={}) == {"a": "a", "b": "a", "c": "a"}

    def test_time_zones_count(self) -> None:
        copies = [self.copy("east", "2031-05-05T01:00:00+09:00"), self.copy("west", "2031-05-04T18:00:00+00:00")]
        assert find_origins(copies, self.all_of("east", "west"), twins={}) == {"east": "east", "west": "east"}

    def test_of_two_on_one_day_the_one_whose_time_is_known(self) -> None:
        copies = [self.copy("day", "2031-05-04"), self.copy("time", "2031-05-04T21:00:00+00:00")]
        assert find_origins(copies, self.all_of("day", "time"), twins={})["day"] == "time"

    def test_an_agencys_own_text_comes_before_an_earlier_copy(self) -> None:
        copies = [
            self.copy("early", "2031-05-04", outlet="Orla Post", agency="Tarn Wire/dpa"),
            self.copy("wire", "2031-05-05", outlet="Tarn Wire"),
        ]
        assert find_origins(copies, self.all_of("early", "wire"), twins={}) == {"early": "wire", "wire": "wire"}

    def test_a_known_agency_needs_no_credit(self) -> None:
        copies = [
            self.copy("early", "2031-05-04", outlet="Orla Post"),
            self.copy("wire", outlet="The Associated Press"),
        ]
        assert find_origins(copies, self.all_of("early", "wire"), twins={})["early"] == "wire"

    def test_a_page_that_holds_two_reports_does_not_make_them_one(self) -> None:
        copies = [self.copy("one", "2031-05-01"), self.copy("two", "2031-05-02"), self.copy("both", "2031-05-03")]
        neighbours = {"one": ["both"], "two": ["both"], "both": ["one", "two"]}
        assert find_origins(copies, neighbours, twins={}) == {"one": "one", "two": "two", "both": "one"}

    def test_a_copy_of_a_copy_goes_back_to_the_first(self) -> None:
        copies = [self.copy("a", "2031-05-01"), self.copy("b", "2031-05-02"), self.copy("c", "2031-05-03")]
        assert find_origins(copies, {"a": ["b"], "b": ["a", "c"], "c": ["b"]}, twins={}) == {
            "a": "a",
            "b": "a",
            "c": "a",
        }

    def test_twins_share_their_neighbours(self) -> None:
        """Of a text that many have, one is compared with others."""
        copies = [self.copy(name, f"2031-05-{day:02}") for name, day in (("hub", 9), ("twin", 7), ("cut", 8), ("x", 1))]
        origins = find_origins(copies, {"hub": ["cut"], "cut": ["hub"]}, twins={"hub": ["twin"], "twin": ["hub"]})
        assert origins == {"hub": "twin", "twin": "twin", "cut": "twin", "x": "x"}

    def test_an_agency_that_a_twins_twin_credits(self) -> None:
        copies = [
            self.copy("hub", "2031-05-04", outlet="Orla Post"),
            self.copy("wire", "2031-05-05", outlet="Tarn Wire"),
            self.copy("print", "2031-05-06", outlet="Harbour Times", agency="Tarn Wire"),
        ]
        twins = {"hub": ["wire", "print"], "wire": ["hub"], "print": ["hub"]}
        assert set(find_origins(copies, {}, twins=twins).values()) == {"wire"}

    @given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.booleans())), st.permutations(range(8)))
    def test_an_origin_is_its_own_origin_and_comes_first(
        self, pairs: list[tuple[int, int, bool]], days: list[int]
    ) -> None:
        copies = [self.copy(str(number), f"2031-05-{day + 1:02}") for number, day in enumerate(days)]
        kinds: tuple[dict[str, set[str]], dict[str, set[str]]] = ({}, {})
        for one, other, is_twin in pairs:
            for mine, theirs in ((one, other), (other, one)):
                kinds[is_twin].setdefault(str(mine), set()).add(str(theirs))
        origins = find_origins(copies, kinds[0], twins=kinds[1])
        assert origins.keys() == {copy.id for copy in copies}
        for id_, origin in origins.items():
            assert origins[origin] == origin
            assert days[int(origin)] <= days[int(id_)]
            assert all(origins[twin] == origin for twin in kinds[1].get(id_, ()))

    @pytest.mark.parametrize("published", ["no date", "2031", "", "2031-13-45T99:00"])
    def test_a_date_that_cannot_be_read_is_no_error(self, published: str) -> None:
        assert find_origins([self.copy("a", published)], {}, twins={}) == {"a": "a"}
