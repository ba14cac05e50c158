"""The demo page in a real browser: what a student types, sees and unfolds."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect
from small_course import GROUNDED, REFUSED

DESKTOP = (1280, 900)
PHONES = [(320, 640), (390, 844)]


@pytest.fixture
def page(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The demo page, freshly opened; a test may ask for another language or width. A complaint on the console fails it."""
    language, (width, height) = getattr(request, "param", ("en-US", DESKTOP))
    context = browser.new_context(base_url=server, locale=language, viewport={"width": width, "height": height}, has_touch=width < 700)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if is_complaint(message) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/demo")
    yield page
    context.close()
    assert complaints == []


def is_complaint(message: ConsoleMessage) -> bool:
    """Whether the browser minds something; that a question failed is the page's own to tell."""
    return message.type in ("error", "warning") and not message.location["url"].endswith("/v1/ask")


def ask(page: Page, question: str) -> None:
    page.get_by_role("textbox").fill(question)
    page.get_by_role("textbox").press("Enter")


def test_an_answer_shows_its_sources_and_unfolds_their_words(page: Page) -> None:
    ask(page, GROUNDED)
    log = page.get_by_role("log")
    expect(log).to_contain_text("Rockets drop their empty stages because less mass is easier to speed up.")
    expect(log).to_contain_text("Put together by a machine")
    source, quote = log.locator("details").first, log.locator("blockquote").first
    expect(source).to_contain_text("How rockets work")
    expect(source).to_contain_text("Stages")
    expect(quote).to_be_hidden()
    log.get_by_role("button", name="Source 1").click()
    expect(quote).to_be_visible()
    expect(source.locator("summary")).to_be_focused()
    expect(source).to_contain_text("as of 24 May 2026")
    expect(page.get_by_role("textbox")).to_have_value("")


def test_a_refusal_is_calm_and_lists_the_nearest_lessons_once(page: Page) -> None:
    ask(page, REFUSED)
    refusal = page.locator(".refusal")
    expect(refusal).to_contain_text("Not in the course")
    expect(refusal.get_by_role("listitem").first).to_be_visible()
    for title in refusal.get_by_role("listitem").all_inner_texts():
        expect(refusal).to_have_text(re.compile(f"^(?:(?!{title}).)*{title}(?!.*{title}).*$", re.DOTALL))
    expect(page.get_by_role("button", name="Try again")).to_have_count(0)


def test_a_question_that_may_be_meant_is_asked_by_its_button(page: Page) -> None:
    suggestions = [{"text": GROUNDED, "doc_id": "rockets.en"}, {"text": "How rockets work", "doc_id": "rockets.en"}]
    text = f"I could not find that. Did you mean: {GROUNDED} These lessons come closest: How rockets work."
    refused = {
        "kind": "refused",
        "answer": text,
        "language": "en",
        "citations": [],
        "suggestions": suggestions,
        "notice": "",
        "conversation_id": None,
    }
    page.route("**/v1/ask", lambda route: route.fulfill(json=refused), times=1)
    ask(page, "y do rockets chuck bits away")
    refusal = page.locator(".refusal")
    expect(refusal.locator("p").filter(has_text="I could not find that.")).to_have_text("I could not find that.")
    expect(refusal.locator("h3")).to_have_text(["Not in the course", "Did you mean", "The nearest lessons"])
    expect(refusal.get_by_role("listitem")).to_have_text([GROUNDED, "How rockets work"])
    expect(refusal.get_by_role("button")).to_have_count(1)
    refusal.get_by_role("button", name=GROUNDED).click()
    expect(page.locator(".answer")).to_contain_text("less mass is easier to speed up")


@pytest.mark.parametrize("page", [("zh-CN", DESKTOP)], indirect=True)
def test_chinese_browsers_get_a_chinese_page_and_may_switch(page: Page) -> None:
    expect(page.get_by_role("heading", name="问一问飞行与太空。")).to_be_visible()
    ask(page, "火箭为什么要分级？")
    expect(page.get_by_role("log")).to_contain_text("多余的质量")
    expect(page.get_by_role("log")).to_contain_text("截至 2026年5月24日")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("log")).to_contain_text("as of 24 May 2026")
    expect(page.get_by_role("button", name="Source 1")).to_be_visible()
    expect(page.get_by_role("button", name="English")).to_have_attribute("aria-pressed", "true")


def test_both_languages_say_the_same_things(page: Page) -> None:
    english, chinese = page.evaluate("import('/demo/words.js').then(({ WORDS }) => [Object.keys(WORDS.en), Object.keys(WORDS.zh)])")
    assert english == chinese
    said = page.locator("[data-say]").evaluate_all("elements => elements.map(element => element.dataset.say)")
    assert set(said) <= set(english)


def test_an_example_is_asked_by_keyboard_alone(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the question")).to_be_focused()
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Why do rockets drop their stages?")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".question")).to_have_text("Why do rockets drop their stages?")
    expect(page.get_by_role("textbox")).to_be_focused()
    expect(page.locator(".answer")).to_be_visible()


def test_shift_enter_begins_a_line_and_a_blank_question_is_not_sent(page: Page) -> None:
    box = page.get_by_role("textbox")
    box.press("Enter")
    box.type("What")
    box.press("Shift+Enter")
    box.type("is it?")
    expect(box).to_have_value("What\nis it?")
    expect(page.locator(".turn")).to_have_count(0)


def test_a_question_that_is_too_long_is_counted_and_kept(page: Page) -> None:
    box = page.get_by_role("textbox")
    ask(page, "🚀" * 2001)
    expect(page.locator("#count")).to_have_text("2,001 of 2,000 characters")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".turn")).to_have_count(0)
    ask(page, "🚀" * 2000)
    expect(page.locator(".refusal")).to_be_visible()


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (None, "did not get through"),
        (401, "inside the course player"),
        (422, "could not read"),
        (503, "not open yet"),
        (429, "Many people"),
        (500, "on our side"),
    ],
)
def test_trouble_is_told_in_plain_words_and_can_be_tried_again(page: Page, status: int | None, says: str) -> None:
    def trouble(route: Route) -> None:
        if status is None:
            route.abort()
        else:
            route.fulfill(status=status, json={"error": {"code": "x", "message": "run navigator ingest content"}})

    page.route("**/v1/ask", trouble)
    ask(page, GROUNDED)
    log = page.get_by_role("log")
    expect(log).to_contain_text(says)
    expect(log).not_to_contain_text("ingest")
    page.unroute("**/v1/ask")
    page.get_by_role("button", name="Try again").click()
    expect(log).to_contain_text("less mass is easier to speed up")
    expect(log).not_to_contain_text(says)


def test_a_conversation_that_is_not_this_browser_s_begins_anew(page: Page) -> None:
    asked: list[object] = []

    def forgetful(route: Route) -> None:
        asked.append((route.request.post_data_json or {}).get("conversation_id"))
        gone = {"error": {"code": "not_found", "message": "x"}}
        route.fulfill(status=404, json=gone) if asked[-1] else route.continue_()

    page.route("**/v1/ask", forgetful)
    for _ in range(2):
        ask(page, GROUNDED)
        expect(page.get_by_role("log").locator(".answer")).to_have_count(len([one for one in asked if one is None]))
    expect(page.get_by_role("log").locator(".answer")).to_have_count(2)
    assert [one is None for one in asked] == [True, False, True]


def test_while_it_waits_it_says_so_and_takes_no_second_question(page: Page) -> None:
    held: list[Route] = []
    page.route("**/v1/ask", lambda route: held.append(route))
    ask(page, GROUNDED)
    expect(page.get_by_role("log")).to_contain_text("Looking in the course")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_disabled()
    ask(page, REFUSED)
    expect(page.get_by_role("textbox")).to_have_value(REFUSED)
    expect(page.locator(".turn")).to_have_count(1)
    held[0].continue_()
    expect(page.locator(".answer")).to_be_visible()


def test_what_comes_from_outside_is_text_and_never_markup(page: Page) -> None:
    markup = "<img src=x onerror=alert(1)>"
    citation = {
        "n": 1,
        "passage_id": "p",
        "doc_id": "d",
        "title": markup,
        "section": markup,
        "page": 3,
        "position_s": 65,
        "quote": markup,
        "language": "zh",
    }
    answer = {
        "answer_id": "a",
        "conversation_id": "c",
        "kind": "grounded",
        "answer": f"{markup} [1] [2]",
        "language": "en",
        "citations": [{**citation, "url": "javascript:alert(1)", "as_of": "2026-05", "score": 1}],
        "suggestions": [{"text": markup, "doc_id": None}],
        "notice": markup,
    }
    page.route("**/v1/ask", lambda route: route.fulfill(json=answer))
    ask(page, markup)
    log = page.get_by_role("log")
    expect(log.locator(".question")).to_have_text(markup)
    expect(log.locator(".answer")).to_contain_text("[2]")
    expect(log.locator("img, a")).to_have_count(0)
    log.locator("summary").click()
    expect(log.locator(".about")).to_have_text("in Chineseas of May 2026page 3at 1:05")


@pytest.mark.parametrize("page", [(language, size) for language in ("en-US", "zh-CN") for size in PHONES], indirect=True)
def test_on_a_phone_nothing_is_wider_than_the_screen(page: Page) -> None:
    wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wider)
    ask(page, "x" * 300)
    expect(page.locator(".refusal")).to_be_visible()
    ask(page, GROUNDED)
    page.locator(".cite").first.click()
    expect(page.locator("blockquote").first).to_be_visible()
    assert not page.evaluate(wider)
    for control in page.locator("button:visible, summary").all():
        box = control.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24  # WCAG 2.2, target size


def test_motion_stops_for_those_who_ask_for_less(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.route("**/v1/ask", lambda _route: None)
    ask(page, GROUNDED)
    assert page.locator(".orbit").evaluate("orbit => getComputedStyle(orbit).animationName") == "none"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_ink_stands_out_from_the_paper(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    paper, *inks = (
        page.evaluate(f"getComputedStyle(document.documentElement).getPropertyValue('--{name}')") for name in ("paper", "ink", "soft", "red")
    )
    for ink in inks:
        assert contrast(ink, paper) >= 4.5  # WCAG 2.2, AA


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, as WCAG defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of ``#rrggbb``, as WCAG defines it."""
    parts = [int(colour.strip()[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
