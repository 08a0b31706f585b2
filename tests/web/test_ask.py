"""The page in a browser: asking, looking at what is cited, filtering, following up, taking it along."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from rag.assistant import Assistant
from tests.web.conftest import Opened, Site

SAFE = "Who says that the dam is safe?"
FAMILIES = "How many families have left the valley?"


def test_an_answer_tells_label_words_stance_and_source_in_this_order(opened: Opened) -> None:
    opened.ask(SAFE)
    claim = opened.page.locator(".claim", has=opened.page.get_by_text("Ana Ruiz", exact=True)).first
    read = claim.evaluate("e => [...e.children].map(c => c.className.split(' ')[0] || c.tagName.toLowerCase())")
    assert read == ["label", "blockquote", "stance", "source"]
    assert "Mayor" in claim.locator(".about").inner_text()
    assert claim.locator(".word").inner_text() == "asserts"
    assert "Orla Post, 2026-02-03" in claim.locator(".source").inner_text()


def test_hovering_a_number_shows_the_passage(opened: Opened, site: Site) -> None:
    opened.ask(SAFE)
    assistant = Assistant.open(site.index, create=False)
    article = assistant.ledger.article(assistant.ask(SAFE).citations[0].article.id)
    assert article is not None
    opened.page.locator(".claims .cite").first.hover()
    tip = opened.page.locator("#floating-tip")
    tip.wait_for()
    assert tip.locator(".passage").text_content() in " ".join(article.text.split())
    opened.page.keyboard.press("Escape")
    assert not tip.is_visible()


def test_a_click_opens_the_article_with_the_cited_words_marked_letter_for_letter(opened: Opened, site: Site) -> None:
    opened.ask(SAFE)
    ledger = Assistant.open(site.index, create=False).ledger
    asked = Assistant.open(site.index, create=False).ask(SAFE)
    assert len(asked.citations) > 1
    for citation in asked.citations:
        opened.page.locator(f".turn .source .cite[data-number='{citation.number}']").click()
        opened.page.get_by_text(f"[{citation.number}] Evidence").wait_for()
        article = ledger.article(citation.article.id)
        assert article is not None
        assert opened.cited() == citation.quote == citation.span.of(article.text)
        assert opened.page.locator(".article-text").text_content() == article.text
        opened.until(
            "(() => { const r = document.querySelector('mark.cited').getBoundingClientRect();"
            " return r.top > 0 && r.bottom < innerHeight })()"
        )
        assert article.outlet in opened.page.locator(".byline").inner_text()


def test_words_of_other_parties_are_underlined_with_their_letters(opened: Opened, site: Site) -> None:
    opened.ask(SAFE)
    assistant = Assistant.open(site.index, create=False)
    texts = {one.number: assistant.ledger.article(one.article.id) for one in assistant.ask(SAFE).citations}
    number = next(n for n, article in texts.items() if article and "We checked every gate" in article.text)
    opened.page.locator(".claims .cite", has_text=str(number)).first.click()
    said = opened.page.locator(".article-text .said", has_text="We checked every gate")
    assert said.get_attribute("data-mark") == "PS"
    assert "Piet Sommer" in (said.get_attribute("title") or "")
    assert "Piet Sommer" in opened.page.locator(".legend").inner_text()


def test_a_filter_acts_on_the_next_question(opened: Opened) -> None:
    opened.page.locator("#outlets input").click()
    opened.page.get_by_role("option", name="Valley Courier").click()
    opened.page.keyboard.press("Escape")
    opened.ask(SAFE)
    turn = opened.page.locator("#turn-0")
    assert "Only outlet: Valley Courier" in turn.inner_text()
    places = turn.locator(".source").all_inner_texts()
    assert places
    assert all("Valley Courier" in place for place in places)
    opened.page.locator("#clear-filters").click()
    opened.until("!document.querySelector('#outlets').innerText.includes('Valley Courier')")
    opened.ask(SAFE)
    assert any("Orla Post" in place for place in opened.page.locator("#turn-1 .source").all_inner_texts())


def test_a_follow_up_leans_on_the_question_before(opened: Opened) -> None:
    opened.ask("Who says that the dam is safe?")
    opened.ask("And what did Piet Sommer say?")
    assert "Piet Sommer" in opened.page.locator("#turn-1 .claims").inner_text()
    assert "Ana Ruiz" not in opened.page.locator("#turn-1 .claims").inner_text()


def test_figures_that_differ_stand_in_a_table_and_a_chart(opened: Opened) -> None:
    opened.ask(FAMILIES)
    table = opened.page.locator("table.disagree")
    assert "The figures differ" in table.locator("caption").inner_text()
    rows = table.locator("tbody tr").all_inner_texts()
    assert any("Ana Ruiz" in row and "12 families" in row for row in rows)
    assert any("Residents' League" in row and "more than 40 families" in row for row in rows)
    chart = opened.page.locator("figure.chart .plot")
    assert "Ana Ruiz: 12 families" in (chart.get_attribute("aria-label") or "")
    letters = chart.locator(".value").evaluate_all("all => all.map(e => [e.scrollWidth > e.clientWidth, e.innerText])")
    assert [False, "12 families"] in letters  # not cut off


def test_no_answer_looks_different_and_says_what_was_searched(opened: Opened) -> None:
    opened.ask("What did Queen Mathilde say about whales?")
    none = opened.page.locator(".answer.none")
    assert "No answer in these articles" in none.inner_text()
    assert "Searched 4 articles" in none.inner_text()
    assert none.locator(".claim").count() == 0


def test_suggestions_have_answers(opened: Opened) -> None:
    question = opened.page.locator("#next .suggestion").first.inner_text()
    opened.page.locator("#next .suggestion").first.click()
    opened.page.locator("#turn-0 .actions").wait_for()
    assert opened.page.locator("#turn-0 .question").inner_text() == question
    assert opened.page.locator("#turn-0 .claims").count() > 0


def test_a_question_can_be_edited_and_asked_again(opened: Opened) -> None:
    opened.ask(SAFE)
    opened.ask(FAMILIES)
    opened.page.locator("#turn-0").get_by_role("button", name="Edit").click()
    box = opened.page.locator("#question textarea")
    opened.until("document.querySelector('#question textarea').value.includes('dam')")
    box.fill("Who says that no gate was open?")
    box.press("Enter")
    opened.page.locator("#turn-0", has_text="no gate was open").locator(".actions").wait_for()
    assert opened.page.locator(".turn").count() == 1  # what followed the edited question is gone
    opened.page.locator("#turn-0").get_by_role("button", name="Ask again").click()
    opened.page.locator("#turn-0 .actions").wait_for()
    assert opened.page.locator(".turn").count() == 1


def test_a_link_asks_the_same_under_the_same_filters(opened: Opened) -> None:
    opened.page.locator("#outlets input").click()
    opened.page.get_by_role("option", name="Orla Post").click()
    opened.page.keyboard.press("Escape")
    opened.ask(SAFE)
    opened.page.get_by_role("button", name="Copy link").click()
    opened.page.get_by_role("button", name="Copied").wait_for()
    link = opened.page.evaluate("navigator.clipboard.readText()")
    assert parse_qs(urlsplit(link).query) == {"q": [SAFE], "outlet": ["Orla Post"]}
    before = opened.page.locator("#turn-0 .claims").inner_text()
    opened.page.goto(link)
    opened.page.locator("#turn-0 .actions").wait_for()
    assert opened.page.locator("#turn-0 .question").inner_text() == SAFE
    assert opened.page.locator("#turn-0 .claims").inner_text() == before
    assert "Orla Post" in opened.page.locator("#outlets").inner_text()


@pytest.mark.parametrize("form", ["Markdown", "HTML", "JSON"])
def test_the_conversation_can_be_downloaded_with_all_citations(opened: Opened, site: Site, form: str) -> None:
    opened.ask(SAFE)
    asked = Assistant.open(site.index, create=False).ask(SAFE)
    with opened.page.expect_download() as waiting:
        opened.page.get_by_role("button", name=form).click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    if form == "JSON":
        (turn,) = json.loads(text)["conversation"]
        assert turn["answer"] == json.loads(json.dumps(asked.to_dict()))
    for citation in asked.citations:
        assert f"characters {citation.span.start}–{citation.span.end}" in text or form == "JSON"


def test_a_verdict_is_kept_with_its_note(opened: Opened, site: Site) -> None:
    opened.ask(SAFE)
    opened.page.get_by_role("button", name="Not helpful").click()
    opened.page.get_by_label("What should we know?").fill("the label is wrong")
    opened.page.get_by_role("button", name="Send").click()
    opened.page.locator(".note-form", has_text="Thank you.").wait_for()
    (given,) = Assistant.open(site.index, create=False).feedback()
    assert (given.question, given.verdict, given.note) == (SAFE, "down", "the label is wrong")
    assert given.claims
