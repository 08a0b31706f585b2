"""Adding articles and taking the Claims view along, in a browser."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.stories import STRIKE
from tests.web.conftest import Opened, opening, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_the_exported_file_has_the_rows_that_the_filter_shows(opened: Opened) -> None:
    page = opened.page
    page.get_by_role("tab", name="Claims").click()
    page.locator(".claims-table").wait_for()
    whole = page.locator(".claims-table tbody tr").count()
    page.fill("#claims-party input, #claims-party textarea", "brandt")
    page.press("#claims-party input, #claims-party textarea", "Enter")
    opened.until(
        "[...document.querySelectorAll('.claims-table tbody th b')].every(b => b.textContent === 'Olga Brandt')"
    )
    page.locator("#claims-position a[href*='party=brandt']").first.wait_for()  # another part of the page than the table
    shown = page.locator(".claims-table .open-claim").all_text_contents()
    assert 0 < len(shown) < whole
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    with Path(download.value.path()).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted(row["text"] for row in rows) == sorted(shown)
    assert {row["party"] for row in rows} == {"Olga Brandt"}


def test_a_party_leads_to_its_claims(opened: Opened) -> None:
    page = opened.page
    page.get_by_role("tab", name="Claims").click()
    page.fill("#claims-text input, #claims-text textarea", "no such words")
    page.press("#claims-text input, #claims-text textarea", "Enter")
    page.locator("#claims-position").get_by_text("No claim fits").wait_for()
    page.get_by_role("tab", name="Parties").click()
    page.get_by_role("button", name="Olga Brandt").click()
    page.locator(".claims-table").wait_for()  # other filters are gone
    page.locator("#claims-position").get_by_text("claims of Olga Brandt alone").wait_for()
    assert set(page.locator(".claims-table tbody th b").all_text_contents()) == {"Olga Brandt"}
    assert "speaker=olga-brandt" in (page.get_by_role("link", name="CSV", exact=True).get_attribute("href") or "")
    page.fill("#claims-party input, #claims-party textarea", "b")  # from now on it is words again
    page.press("#claims-party input, #claims-party textarea", "Enter")
    opened.until("!document.querySelector('#claims-position').innerText.includes('alone')")
    opened.until(
        "[...document.querySelectorAll('.claims-table tbody th b')].some(b => b.textContent !== 'Olga Brandt')"
    )


def test_articles_are_added_by_file_and_by_paste_and_failures_are_told(
    browser: Browser, look: dict[str, Any], tmp_path: Path, model_cache: Path
) -> None:
    """On a server without articles: the notice of a first run goes when there are some."""
    good, bad = tmp_path / "strike.txt", tmp_path / "broken.pdf"
    good.write_text(STRIKE, encoding="utf-8")
    bad.write_bytes(b"%PDF-1.4 and no more")
    with (
        running(tmp_path / "index", "--allow-upload", cache=model_cache) as site,
        opening(browser, site.address, look) as opened,
    ):
        page = opened.page
        page.locator(".first-run").wait_for()
        opened.until("document.querySelector('#send').getBoundingClientRect().bottom <= innerHeight")
        page.get_by_role("tab", name="Add articles").click()
        page.locator("#adding-files input[type=file]").set_input_files([str(good), str(bad)])
        page.locator("#adding-files").get_by_text("broken").first.wait_for()
        page.locator("#adding-start").click()
        page.locator(".report").wait_for(timeout=120_000)  # the models are read first
        assert "1 added" in page.locator(".report").inner_text()
        assert "1 could not be read" in page.locator(".report").inner_text()
        assert "broken.pdf" in page.locator(".report li").inner_text()
        page.locator(".first-run").wait_for(state="hidden")

        page.fill("#adding-title input, #adding-title textarea", "Ferry stops for the winter")
        page.fill("#adding-text textarea", "The ferry is safe in any storm, captain Tilda Moor said on Monday.")
        page.locator("#adding-start").click()
        page.locator(".report", has_not_text="could not be read").wait_for()
        assert "1 added" in page.locator(".report").inner_text()

        page.get_by_role("tab", name="Ask").click()
        opened.ask("Who says that the ferry is safe?")
        assert "Tilda Moor" in page.locator("#turn-0 .claims").inner_text()
        opened.ask("What did Olga Brandt say?")
        assert "Olga Brandt" in page.locator("#turn-1 .claims").inner_text()
