"""The page for everyone: by keyboard alone, on a phone, in the dark, for screen readers, and safe from its articles."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.web.conftest import Opened

SAFE = "Who says that the dam is safe?"
FAMILIES = "How many families have left the valley?"
SEEN = "e => { const r = e?.getBoundingClientRect(); return r && r.top >= 0 && r.bottom <= innerHeight }"
STILL = "document.getAnimations().every(a => a.playState !== 'running')"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def brightness(colour: str) -> int:
    """The sum of red, green and blue of a colour such as rgb(1, 2, 3)."""
    return sum(int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(","))


def test_everything_by_keyboard(opened: Opened) -> None:
    keys = opened.page.keyboard
    opened.page.locator("#question textarea").focus()
    keys.type(SAFE)
    keys.press("Enter")
    opened.page.locator("#turn-0 .actions").wait_for()
    for _ in range(60):
        keys.press("Shift+Tab")
        if opened.page.evaluate("document.activeElement.matches('.source .cite')"):
            break
    number = opened.page.evaluate("document.activeElement.dataset.number")
    assert number, "no citation could be reached by Shift+Tab"
    opened.page.evaluate("window.begun = document.activeElement")
    opened.page.locator("#floating-tip").wait_for()  # focus shows the passage, as hovering does
    assert opened.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    keys.press("Enter")
    opened.page.get_by_text(f"[{number}] Evidence").wait_for()
    opened.until("document.activeElement.matches('.article-text')")
    keys.press("Escape")  # back to the very button, of several with this number
    opened.until("document.activeElement === window.begun")
    for _ in range(60):
        keys.press("Tab")
        if opened.page.evaluate("document.activeElement.dataset.action === 'back'"):
            break
    keys.press("Enter")
    opened.until("document.activeElement === window.begun")


@pytest.mark.parametrize("look", [PHONE], indirect=True)
def test_on_a_phone_the_areas_stack_and_nothing_is_cut_off(opened: Opened) -> None:
    opened.ask(FAMILIES)
    tops = [opened.page.locator(area).bounding_box() for area in ("#talk-area", "#evidence-area", "#corpus-area")]
    assert all(box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in tops)
    assert tops[0] is not None
    assert tops[1] is not None
    assert tops[2] is not None
    assert tops[0]["y"] < tops[1]["y"] < tops[2]["y"]
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
    opened.page.locator(".claims .cite").first.tap()
    opened.until(
        "(() => { const r = document.querySelector('mark.cited')?.getBoundingClientRect();"
        " return r && r.top > 0 && r.bottom < innerHeight })()"
    )
    opened.page.get_by_role("button", name="Back to [1]").tap()
    opened.until(f"document.activeElement.matches('.claims .cite') && ({SEEN})(document.activeElement)")


@pytest.mark.parametrize("look", [PHONE], indirect=True)
def test_on_a_phone_the_question_box_stays_in_sight_beside_its_answer(opened: Opened) -> None:
    opened.ask(FAMILIES)
    opened.until(f"({SEEN})(document.querySelector('#turn-0 .question'))")
    assert opened.page.evaluate(f"({SEEN})(document.querySelector('#send'))")


@pytest.mark.parametrize("look", [{"color_scheme": "light"}, {"color_scheme": "dark"}, PHONE], indirect=True)
def test_a_date_is_entered_everywhere_in_the_same_way(opened: Opened) -> None:
    page = opened.page
    page.get_by_role("tab", name="Claims").click()
    page.locator(".claims-table").wait_for()
    opened.until("[...document.querySelectorAll('.date input')].map(e => e.type).join() === 'date,date,date,date'")
    assert page.locator(".date input").evaluate_all("all => all.map(e => e.placeholder)") == ["2026-01-31"] * 4
    pairs = page.locator(".date input").evaluate_all(
        "all => all.map(e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor])"
    )
    assert all(sum(brightness(one) > 380 for one in pair) == 1 for pair in pairs)  # dark on light, or light on dark
    days = "[...document.querySelectorAll('.claims-table .day')].map(e => e.innerText).sort()"
    assert page.evaluate(f"{days}[0]") < "2026-02-05"
    page.locator("#claims-since input").fill("2026-02-05")
    opened.until(f"{days}[0] === '2026-02-05'")


def test_a_claim_of_the_list_is_opened_and_left_by_keyboard(opened: Opened) -> None:
    page = opened.page
    page.get_by_role("tab", name="Claims").click()
    claim = page.locator(".open-claim").nth(1)
    claim.focus()
    page.keyboard.press("Enter")
    opened.until("document.activeElement.matches('.article-text')")
    page.keyboard.press("Escape")
    opened.until(f"document.activeElement.id === {claim.get_attribute('id')!r}")
    assert claim.is_visible()


@pytest.mark.parametrize("look", [{"color_scheme": "dark"}], indirect=True)
def test_dark_follows_the_system(opened: Opened) -> None:
    opened.ask(SAFE)
    back = opened.page.evaluate("getComputedStyle(document.querySelector('#talk-area')).backgroundColor")
    assert brightness(back) < 200


@pytest.mark.parametrize("look", [{"color_scheme": "light"}, {"color_scheme": "dark"}, PHONE], indirect=True)
def test_axe_finds_nothing_serious(opened: Opened) -> None:
    """WCAG 2.1 AA, by axe-core: conversation, evidence, table, chart, abstention."""
    opened.ask(FAMILIES)
    opened.ask("What did Queen Mathilde say about whales?")
    opened.page.locator("#turn-0 .claims .cite").first.click()
    opened.page.locator(".evidence").wait_for()
    assert not serious(opened), "\n".join(serious(opened))


@pytest.mark.parametrize("look", [{"color_scheme": "light"}, {"color_scheme": "dark"}, PHONE], indirect=True)
@pytest.mark.parametrize(
    ("tab", "shown"), [("Claims", ".claims-table"), ("Parties", ".parties-table"), ("Add articles", "#adding-start")]
)
def test_axe_finds_nothing_serious_on_the_other_tabs(opened: Opened, tab: str, shown: str) -> None:
    opened.page.get_by_role("tab", name=tab).click()
    opened.page.locator(shown).first.wait_for()
    assert not serious(opened), "\n".join(serious(opened))


def serious(opened: Opened) -> list[str]:
    """What axe-core finds serious or critical on the page as it stands."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    opened.until(STILL)  # what fades in is judged when it stands there
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
    found = axe.Axe().run(opened.page, options=rules).response["violations"]
    told = [
        f"{one['impact']} {one['id']}: {node['target']} {node['failureSummary']}"
        for one in found
        for node in one["nodes"]
    ]
    return [line for line in told if line.startswith(("serious", "critical"))]


def test_no_request_leaves_this_machine(opened: Opened) -> None:
    opened.ask(SAFE)
    opened.page.locator(".claims .cite").first.click()
    opened.page.locator(".evidence").wait_for()
    hosts = {urlsplit(address).hostname for address in opened.requests if not address.startswith(("data:", "blob:"))}
    assert hosts == {"127.0.0.1"}
    assert not opened.errors


def test_hostile_articles_stay_inert(opened: Opened) -> None:
    opened.ask("What did Tilda Korn say about bread?")
    assert opened.page.locator(".claims").count() == 1
    for cite in opened.page.locator(".source .cite").all():
        cite.hover()
        cite.click()
        opened.page.locator(".evidence").wait_for()
        opened.page.wait_for_timeout(150)
    assert opened.page.evaluate("window.stolen") is None
    for made in ("iframe", "form[action]", "img[src='x']", ".evidence a[href^='javascript']", ".article-text b"):
        assert opened.page.locator(made).count() == 0, made
    assert "<script>window.stolen=1</script>" in opened.page.locator(".evidence h3").inner_text()
    assert "evil.example" in opened.page.locator(".article-text").inner_text()
