"""The practice tab and the frame: check questions asked and marked, and a page around a frame that speaks with the tutor in it."""

from loopback import serving
from playwright.sync_api import Browser, FrameLocator, expect
from token_desk import Clock, good
from widget_rig import WHY, Host, Visit, app_for, visiting

from knowledge_base.library import Library


def test_a_lesson_is_practised_from_the_first_question_to_the_last(visit: Visit) -> None:
    visit.open(lesson="staging")
    page, told = visit.page, visit.page.locator(".told")
    page.get_by_role("tab", name="Practice").click()
    expect(page.locator(".practice")).to_contain_text("1 of 5")
    page.get_by_role("button", name="Check").click()
    expect(told).to_contain_text("Choose an answer first.")
    page.get_by_role("radio", name="air").check()
    page.get_by_role("button", name="Check").click()
    expect(told).to_contain_text("Not yet")
    expect(told).to_contain_text("air is mistaken.")
    expect(told).to_contain_text("You have one more try.")
    page.get_by_role("radio", name="gas").check()
    page.get_by_role("button", name="Check").click()
    expect(told).to_contain_text("Right")
    expect(told).to_contain_text("so it is (en)")
    expect(page.locator(".single blockquote")).to_contain_text("less mass is easier to speed up")
    page.locator(".single").get_by_role("button", name="Show in the lesson").click()
    assert visit.heard("source_click") == [{"doc": "staging.en", "anchor": "stages", "position_s": None}]
    page.get_by_role("button", name="Next question").click()

    expect(page.locator(".practice")).to_contain_text("2 of 5")
    page.get_by_role("button", name="Hint").click()
    expect(page.locator(".given")).to_have_text("a hint (en)")
    page.get_by_role("textbox", name="Your answer, in N").fill("300,000")
    page.keyboard.press("Enter")  # the unit beside the field is the answer's
    expect(told).to_contain_text("Right")
    page.get_by_role("button", name="Next question").click()

    page.get_by_role("textbox", name="Your answer").fill("paper")
    page.get_by_role("button", name="Check").click()
    expect(told).to_contain_text("Not yet")
    page.get_by_role("button", name="Check").click()
    expect(told).to_contain_text("Not right")
    expect(told).to_contain_text("oxidiser")
    page.get_by_role("button", name="Next question").click()

    page.get_by_role("button", name="Skip").click()
    page.get_by_role("textbox", name="Your answer, in N").fill("300 kN")
    page.get_by_role("button", name="Check").click()
    page.get_by_role("button", name="See how it went").click()
    expect(page.locator(".practice")).to_contain_text("3 of 5 right")
    expect(page.locator(".practice")).to_contain_text("Skipped: 1")
    page.get_by_role("button", name="Go through the skipped ones").click()
    expect(page.locator(".practice")).to_contain_text("4 of 5")


def test_practice_follows_the_lesson_and_the_language(visit: Visit) -> None:
    visit.open(lesson="staging")
    page, tabs = visit.page, visit.page.get_by_role("tablist")
    page.get_by_role("tab", name="Practice").click()
    page.get_by_role("button", name="Skip").click()
    page.get_by_role("button", name="中文").click()
    expect(page.locator(".practice")).to_contain_text("第 2 题，共 5 题")
    page.get_by_role("button", name="提示").click()
    expect(page.locator(".given")).to_have_text("a hint (zh)")
    expect(page.locator(".given")).to_have_attribute("lang", "zh-CN")
    page.evaluate("document.querySelector('navigator-tutor').setContext({ lesson: 'nothing' })")
    expect(tabs).to_be_hidden()
    expect(page.get_by_role("log")).to_be_visible()
    page.evaluate("document.querySelector('navigator-tutor').setContext({ lesson: 'staging' })")
    expect(tabs).to_be_visible()


def test_trouble_while_practising_is_told_and_loses_nothing(visit: Visit) -> None:
    visit.open(lesson="staging")
    page = visit.page
    page.get_by_role("tab", name="Practice").click()
    page.route("**/mark", lambda route: route.abort())
    page.get_by_role("radio", name="gas").check()
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".told")).to_contain_text("did not get through")
    page.unroute("**/mark")
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".told")).to_contain_text("Right")


def framing(visit: Visit, address: str) -> FrameLocator:
    """A page that frames the tutor and notes what it posts."""
    visit.host.pages["/parent.js"] = """
      window.posted = [];
      addEventListener("message", ({ data, origin }) => window.posted.push([data.type, data.detail, origin]));
      window.post = (message, origin) => document.querySelector("iframe").contentWindow.postMessage(message, origin);"""
    visit.go(f"<script src='/parent.js'></script><iframe src='{address}' width='400' height='600' title='Tutor'></iframe>")
    return visit.page.frame_locator("iframe")


def test_a_frame_speaks_with_the_page_around_it_and_with_no_other(browser: Browser, host: Host, library: Library) -> None:
    clock = Clock()
    with serving(app_for(library, host, clock=clock)) as address, visiting(browser, host, address) as visit:
        frame = framing(visit, f"{address}/embed?lesson=staging&locale=en&parent_origin={host.address}")
        page = visit.page
        visit.until("window.posted.some(([type]) => type === 'navigator:ready')")
        token = good(now=clock.now, origin=address)
        set_token = {"type": "navigator:setToken", "detail": {"token": token}}
        page.evaluate("([message, origin]) => window.post(message, origin)", [set_token, address])
        page.evaluate("([message, origin]) => window.post(message, origin)", [{"type": "navigator:setContext", "detail": {"lesson": 7}}, address])
        expect(frame.get_by_role("tab", name="Practice")).to_be_visible()  # that lesson was none
        frame.get_by_role("textbox").fill(WHY)
        frame.get_by_role("textbox").press("Enter")
        expect(frame.locator(".answer")).to_contain_text("less mass is easier to speed up")
        frame.get_by_role("button", name="Show in the lesson").first.click()
        visit.until("window.posted.some(([type]) => type === 'navigator:source_click')")
        posted = page.evaluate("window.posted")
    assert {origin for _type, _detail, origin in posted} == {address}
    assert [kind for kind, _detail, _origin in posted if kind != "navigator:error"] == [
        "navigator:ready",
        "navigator:message",
        "navigator:source_click",
    ]
    assert posted[-1][1] == {"doc": "staging.en", "anchor": "stages", "position_s": None}


def test_a_frame_hears_only_the_origin_that_its_address_names(browser: Browser, host: Host, api: str) -> None:
    with visiting(browser, host, api) as visit:
        framing(visit, f"{api}/embed?parent_origin=https://other.example")
        visit.page.frame_locator("iframe").get_by_role("textbox").wait_for()
        visit.page.evaluate("([message, origin]) => window.post(message, origin)", [{"type": "navigator:setToken", "detail": {"token": "x"}}, api])
        visit.page.wait_for_timeout(200)
        assert visit.page.evaluate("window.posted") == []
        told = [complaint for complaint in visit.complaints if "target origin" in complaint]
        assert told or visit.complaints == []
        visit.complaints.clear()  # the browser itself tells that nothing was delivered


def test_a_page_that_is_not_allowed_cannot_frame_it(browser: Browser, host: Host, api: str) -> None:
    stranger = host.address.replace("127.0.0.1", "localhost")
    with visiting(browser, host, api) as visit:
        host.pages["/stranger"] = f"<iframe src='{api}/embed' title='Tutor'></iframe>"
        visit.page.goto(f"{stranger}/stranger?api={api}")
        visit.page.wait_for_timeout(300)
        assert visit.page.frames[1].evaluate("document.querySelector('navigator-tutor')") is None
        assert any("frame-ancestors" in complaint for complaint in visit.complaints)
        visit.complaints.clear()


def test_a_stranger_may_load_the_script_but_gets_no_answer(browser: Browser, host: Host, api: str) -> None:
    with visiting(browser, host, api) as visit:
        host.pages["/stranger"] = f"<script src='/heard.js'></script><script src='{api}/widget.js' data-api='{api}' data-open></script>"
        host.pages["/heard.js"] = "document.addEventListener('navigator:error', ({ detail }) => window.code = detail.code);"
        visit.page.goto(f"{host.address.replace('127.0.0.1', 'localhost')}/stranger?api={api}")
        visit.page.clock.install()
        visit.ask(WHY)
        for _ in range(3):
            visit.page.wait_for_timeout(100)
            visit.page.clock.run_for(4_000)
        visit.until("window.code")
        assert visit.page.evaluate("window.code") == "lost"  # what a browser tells of an answer that it may not read
        assert visit.page.locator(".answer").count() == 0
        visit.complaints.clear()
