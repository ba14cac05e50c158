"""The widget for everyone: no violation of WCAG 2.2 AA in any state, keyboard alone, small screens, dark, Chinese, less motion."""

from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect
from widget_rig import HEARD, OUTSIDE, PHONE, SMALL, WHY, Visit, script_tag

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
PARTS = "[...document.querySelector('navigator-tutor').shadowRoot.querySelectorAll('.panel, .log, .practice, header, .composer')]"
OVERFLOWING = f"() => {PARTS}.filter(part => part.checkVisibility() && part.scrollWidth > part.clientWidth + 1).map(part => part.className)"
CONTROLS = "[...document.querySelector('navigator-tutor').shadowRoot.querySelectorAll('button, summary, a, .choice, textarea, input[type=text]')]"
TARGETS = f"""() => {CONTROLS}.filter(one => one.checkVisibility() && !one.matches(".cite, :disabled"))
    .map(one => [one.className || one.textContent, one.getBoundingClientRect()])
    .filter(([, box]) => box.width < 44 || box.height < 44).map(([name, box]) => `${{name}} ${{box.width}}x${{box.height}}`)"""


def violations(page: Page) -> list[Any]:
    """What axe finds in the page as it stands."""
    page.evaluate(AXE)
    found = page.evaluate("levels => axe.run('navigator-tutor', { runOnly: levels })", LEVELS)
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found["violations"]]


@pytest.mark.parametrize("visit", [{}, {"size": SMALL, "color_scheme": "dark"}], indirect=True, ids=["light", "small and dark"])
def test_no_state_has_a_violation(visit: Visit) -> None:
    page = visit.page
    found: dict[str, list[Any]] = {}
    held: list[Route] = []

    def look(state: str) -> None:
        found[state] = violations(page)

    visit.go(script_tag(visit.api, lesson="staging"))
    expect(page.get_by_role("button", name="Ask Navigator")).to_be_visible()
    look("closed")
    page.get_by_role("button", name="Ask Navigator").click()
    expect(page.get_by_role("tab", name="Practice")).to_be_visible()
    look("open")
    page.route("**/v1/chat", lambda route: held.append(route))
    visit.ask(WHY)
    expect(page.locator(".waiting")).to_be_visible()
    look("waiting")
    page.get_by_role("button", name="More").click()
    look("menu")
    page.get_by_role("button", name="Forget me").click()
    look("forget")
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Start over").click()
    held.pop().abort()
    page.unroute("**/v1/chat")
    visit.ask(HEARD)
    page.locator("summary").first.click()
    page.get_by_role("button", name="No", exact=True).click()
    expect(page.get_by_placeholder("What was good")).to_be_visible()
    look("answer")
    visit.ask(OUTSIDE)
    expect(page.locator(".refusal")).to_be_visible()
    look("refusal")
    allowed = {"Access-Control-Allow-Origin": visit.host.address, "Access-Control-Allow-Credentials": "true"}
    page.route("**/v1/chat", lambda route: route.fulfill(status=500, headers=allowed))
    visit.ask(WHY)
    page.get_by_role("button", name="Try again").wait_for()
    look("trouble")
    assert {state: wrong for state, wrong in found.items() if wrong} == {}


def test_practice_has_no_violation_either(visit: Visit) -> None:
    page = visit.page
    visit.open(lesson="staging")
    page.get_by_role("tab", name="Practice").click()
    found = [violations(page)]
    page.get_by_role("radio", name="air").check()
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("Not yet")).to_be_visible()
    found.append(violations(page))
    page.get_by_role("radio", name="gas").check()
    page.get_by_role("button", name="Check").click()
    page.get_by_role("button", name="Next question").click()
    page.get_by_role("button", name="Hint").click()
    found.append(violations(page))
    for _ in range(4):
        page.get_by_role("button", name="Skip").click()
    expect(page.get_by_text("That was the last question.")).to_be_visible()
    found.append(violations(page))
    assert [wrong for one in found for wrong in one] == []


def test_everything_can_be_done_by_keyboard_alone(visit: Visit) -> None:
    visit.go(f"<button id='host'>Play</button>{script_tag(visit.api, lesson='staging')}")
    page = visit.page
    page.get_by_role("button", name="Ask Navigator").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Ask Navigator")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type(HEARD)
    page.keyboard.press("Enter")
    expect(page.locator(".answer")).to_be_visible()
    expect(page.get_by_role("textbox")).to_be_focused()
    reached = walk_back(page)
    assert {"Copy", "Yes", "Play from 1:05", "Source 1", "Ask", "Close", "More", "中文"} <= set(reached)
    page.get_by_role("tab", name="Ask").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Practice")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator(".verdict")).to_be_visible()
    page.get_by_role("button", name="More").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Start over")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="More")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="Ask Navigator")).to_be_focused()


def walk_back(page: Page) -> list[str]:
    """The names of what Shift + Tab comes to, within the panel."""
    named = """() => {
        const one = document.activeElement.shadowRoot?.activeElement;
        return one && (one.getAttribute("aria-label") || one.textContent);
    }"""
    reached = []
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        name = page.evaluate(named)
        if name is None:
            break
        reached.append(name)
    return reached


def test_enter_while_chinese_is_composed_does_not_send(visit: Visit) -> None:
    visit.open()
    box = visit.page.get_by_role("dialog").get_by_role("textbox")
    box.fill("huojian")
    compose = (
        "(box, init) => box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true, ...init }))"
    )
    for init in ({"isComposing": True}, {"keyCode": 229}):
        box.evaluate(compose, init)
    expect(visit.page.locator(".turn")).to_have_count(0)
    box.press("Shift+Enter")
    expect(box).to_have_value("huojian\n")
    expect(visit.page.locator(".turn")).to_have_count(0)


def test_a_players_keys_are_not_pressed_by_what_is_written_here(visit: Visit) -> None:
    visit.open()
    visit.page.evaluate("document.addEventListener('keydown', event => (window.pressed ??= []).push(event.key))")
    visit.page.keyboard.type("k m")
    assert visit.page.evaluate("window.pressed ?? []") == []


@pytest.mark.parametrize("visit", [{"size": SMALL}, {"size": PHONE}, {"size": (640, 430)}], indirect=True, ids=["320", "390", "zoomed"])
@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_on_a_small_screen_nothing_is_wider_and_targets_fit_a_finger(visit: Visit, locale: str) -> None:
    page = visit.page
    visit.open(lesson="staging", locale=locale)
    visit.ask("火" * 300 if locale == "zh-CN" else "x" * 300)
    expect(page.locator(".refusal, .answer").first).to_be_visible()
    visit.ask(HEARD)
    page.locator(".cite").first.click()
    expect(page.locator("blockquote").first).to_be_visible()
    assert (page.evaluate(WIDER), page.evaluate(OVERFLOWING), page.evaluate(TARGETS)) == (False, [], [])
    page.get_by_role("tab").last.click()
    assert (page.evaluate(WIDER), page.evaluate(OVERFLOWING), page.evaluate(TARGETS)) == (False, [], [])


@pytest.mark.parametrize("visit", [{"size": PHONE}], indirect=True)
def test_on_a_phone_it_is_all_of_the_screen_and_keeps_the_focus(visit: Visit) -> None:
    visit.open()
    panel = visit.page.get_by_role("dialog")
    assert panel.bounding_box() == {"x": 0, "y": 0, "width": PHONE[0], "height": PHONE[1]}
    assert panel.evaluate("panel => panel.matches(':modal')")
    visit.page.set_viewport_size({"width": 1000, "height": 800})
    expect(panel).to_be_visible()
    assert not panel.evaluate("panel => panel.matches(':modal')")
    assert [len(visit.heard(name)) for name in ("open", "close")] == [1, 0]


def test_both_languages_and_each_text_in_its_own(visit: Visit) -> None:
    visit.open(lesson="staging", locale="zh-CN")
    page, panel = visit.page, visit.page.get_by_role("dialog")
    expect(panel).to_have_attribute("lang", "zh-CN")
    expect(panel).to_contain_text("由机器根据课程内容回答")
    visit.ask(HEARD)
    expect(page.locator(".answer")).to_have_attribute("lang", "en")
    expect(page.locator(".question span").last).to_have_attribute("lang", "en")
    page.get_by_role("button", name="English").click()
    expect(panel).to_have_attribute("lang", "en")
    expect(panel).to_contain_text("A machine answers, from the course.")
    expect(page.get_by_role("button", name="Source 1", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="中文")).to_have_attribute("lang", "zh-CN")
    expect(page.locator(".turn")).to_have_count(1)


def test_light_and_dark_follow_the_reader_or_the_page(visit: Visit) -> None:
    visit.open()
    paper = "getComputedStyle(document.querySelector('navigator-tutor').shadowRoot.querySelector('.panel')).backgroundColor"
    light = visit.page.evaluate(paper)
    visit.page.emulate_media(color_scheme="dark")
    dark = visit.page.evaluate(paper)
    assert light != dark
    for theme, colour in (("light", light), ("dark", dark)):
        visit.page.evaluate(f"document.querySelector('navigator-tutor').dataset.theme = '{theme}'")
        assert visit.page.evaluate(paper) == colour


def test_motion_stops_for_those_who_ask_for_less_and_forced_colours_keep_their_borders(visit: Visit) -> None:
    visit.page.emulate_media(reduced_motion="reduce", forced_colors="active")
    visit.open()
    held: list[Route] = []
    visit.page.route("**/v1/chat", lambda route: held.append(route))
    visit.ask(WHY)
    assert visit.page.locator(".orbit").evaluate("orbit => getComputedStyle(orbit).animationName") == "none"
    assert visit.page.locator(".send").first.evaluate("send => getComputedStyle(send).borderTopStyle") == "solid"
    held.pop().abort()


def test_the_pages_own_style_and_size_do_not_come_in(visit: Visit) -> None:
    visit.open()
    look = "getComputedStyle(document.querySelector('navigator-tutor').shadowRoot.querySelector('.hint')).fontSize"
    before = visit.page.evaluate(look)
    visit.page.evaluate("""() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync("html { font-size: 40px } * { font-size: 30px !important; color: red; letter-spacing: 1em; text-transform: uppercase }");
        document.adoptedStyleSheets = [sheet];
    }""")
    assert visit.page.evaluate(look) == before
