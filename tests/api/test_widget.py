"""The widget in a page of another origin, in a real browser: one script tag, streaming, sources, refusals, suggestions, feedback, copies."""

import re

from loopback import serving
from playwright.sync_api import Browser, expect
from widget_rig import HEARD, MARKUP, OUTSIDE, SPINS, WHY, Host, Refusing, Visit, Writing, app_for, script_tag, visiting

from knowledge_base.library import Library


def test_one_tag_puts_a_button_on_the_page_that_opens_and_closes_a_panel(visit: Visit) -> None:
    visit.go(f"<button>Play</button>{script_tag(visit.api, lesson='staging')}")
    launcher, panel = visit.page.get_by_role("button", name="Ask Navigator"), visit.page.get_by_role("dialog", name="Navigator")
    expect(panel).to_be_hidden()
    launcher.click()
    expect(panel).to_be_visible()
    expect(panel).to_contain_text("A machine answers, from the course.")
    expect(visit.page.get_by_role("textbox")).to_be_focused()
    visit.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(launcher).to_be_focused()
    assert [len(visit.heard(name)) for name in ("ready", "open", "close", "error")] == [1, 1, 1, 0]


def test_an_answer_has_numbered_sources_that_unfold_and_take_the_player_to_their_place(visit: Visit) -> None:
    visit.open(lesson="staging")
    visit.ask(HEARD)
    log = visit.page.get_by_role("log")
    expect(log).to_contain_text("Twenty-four bolts hold the adapter ring in place.")
    quote = log.locator("blockquote").first
    expect(quote).to_be_hidden()
    log.get_by_role("button", name="Source 1", exact=True).click()
    expect(quote).to_be_visible()
    expect(log.locator("summary").first).to_be_focused()
    expect(log.locator(".about").first).to_contain_text("at 1:05")
    log.get_by_role("button", name="Play from 1:05").first.click()
    assert [(clicked["doc"], clicked["position_s"]) for clicked in visit.heard("source_click")] == [("staging.transcript.en", 65)]
    [told] = visit.heard("message")
    assert (told["question"], told["kind"], sorted(told)) == (HEARD, "grounded", ["answer_id", "kind", "question"])


def test_an_empty_conversation_offers_what_the_lesson_answers_in_the_language_spoken(visit: Visit) -> None:
    visit.open(lesson="staging")
    offered = visit.page.get_by_role("log").locator(".suggestions")
    expect(offered).to_have_text([f"{WHY}How strong is its push?"])
    visit.page.evaluate("document.querySelector('navigator-tutor').setContext({ lesson: 'hostile' })")
    expect(offered).to_have_text([f"Is {MARKUP} a toy?"])
    visit.page.evaluate("document.querySelector('navigator-tutor').setContext({ lesson: 'no such lesson' })")
    expect(offered).to_have_count(0)
    visit.page.evaluate("document.querySelector('navigator-tutor').setContext({ lesson: 'staging' })")
    visit.page.get_by_role("button", name="More").click()
    visit.page.get_by_role("button", name="中文").click()
    expect(offered).to_have_text(["推力多大？"])
    offered.get_by_role("button", name="推力多大？").click()
    expect(visit.page.locator(".question")).to_contain_text("推力多大？")
    expect(visit.page.locator(".intro")).to_have_count(0)


def test_questions_to_begin_with_that_did_not_come_are_asked_for_again(visit: Visit) -> None:
    visit.page.route("**/v1/lessons/staging?*", lambda route: route.abort(), times=1)
    visit.open(lesson="staging")
    offered = visit.page.get_by_role("log").locator(".suggestions")
    expect(visit.page.get_by_role("tab", name="Practice")).to_be_visible()
    expect(offered).to_have_count(0)
    visit.page.keyboard.press("Escape")
    visit.page.locator(".launcher").click()
    expect(offered).to_have_text([f"{WHY}How strong is its push?"])


def test_a_refusal_lists_the_nearest_lessons_which_lead_to_them(visit: Visit) -> None:
    visit.open()
    visit.ask(OUTSIDE)
    log = visit.page.get_by_role("log")
    expect(log.locator(".refusal")).to_contain_text("Not in the course")
    nearest = log.locator(".suggestions").get_by_role("button").first
    title = nearest.inner_text()
    expect(log.locator(".refusal")).not_to_contain_text(title)
    nearest.click()
    [clicked] = visit.heard("source_click")
    assert clicked["anchor"] is None
    assert clicked["position_s"] is None
    assert clicked["doc"]


def test_a_refusal_lists_the_questions_that_may_be_meant_and_asks_the_one_pressed(browser: Browser, host: Host, library: Library) -> None:
    tutor = Refusing(WHY)
    with serving(app_for(library, host, tutor)) as api, visiting(browser, host, api) as visit:
        visit.open()
        visit.ask("y do rockets chuck bits away")
        log = visit.page.get_by_role("log")
        expect(log.locator(".refusal p")).to_have_text("I could not find that.")
        expect(log.locator(".quiet h4")).to_have_text(["Did you mean", "The nearest lessons"])
        expect(log.locator(".suggestions")).to_have_text([WHY, "How stages work"])
        log.get_by_role("button", name=WHY).click()
        expect(log.locator(".question")).to_have_count(2)
        assert [question.text for question in tutor.asked] == ["y do rockets chuck bits away", WHY]


def test_text_grows_while_it_is_written_and_is_told_to_screen_readers_by_whole_sentences(browser: Browser, host: Host, library: Library) -> None:
    tutor = Writing()
    with serving(app_for(library, host, tutor)) as api, visiting(browser, host, api) as visit:
        visit.open()
        visit.ask(WHY)
        log, form = visit.page.get_by_role("log"), visit.page.locator(".composer")
        expect(log).to_contain_text("Looking in the course")
        expect(form).to_have_attribute("aria-busy", "true")
        seen, whole = [], log.locator(".answer > span:not([aria-hidden])")
        for growing in ("Rockets drop ", "Rockets drop their stages.", "their stages.1 Less mass", "Less mass is easier to speed up."):
            tutor.let.release()
            expect(log.locator(".answer")).to_contain_text(growing)
            seen.append(whole.all_text_contents())
        expect(form).to_have_attribute("aria-busy", "false")
        assert seen[:3] == [[], [], ["Rockets drop their stages.1"]]
        assert whole.all_text_contents() == ["Rockets drop their stages.1", " Less mass is easier to speed up.1"]
        expect(log).to_have_attribute("aria-live", "polite")
        expect(log.locator(".quiet")).to_have_attribute("aria-live", "off")


def test_the_next_question_knows_where_the_pupil_has_gone_meanwhile(browser: Browser, host: Host, library: Library) -> None:
    tutor = Writing()
    with serving(app_for(library, host, tutor)) as api, visiting(browser, host, api) as visit:
        visit.open(lesson="staging", position_s="12.5", course="space", grade_band="4-6")
        visit.ask(WHY)
        expect(visit.page.locator(".waiting")).to_be_visible()
        visit.page.evaluate("document.querySelector('navigator-tutor').setContext({ lesson: 'moon' })")
        tutor.let.release(4)
        expect(visit.page.get_by_role("group", name="Did this help?")).to_be_visible()
        visit.page.evaluate("document.querySelector('script[data-api]').dataset.positionS = '70'")
        tutor.let.release(4)
        visit.ask(HEARD)
        expect(visit.page.get_by_role("group", name="Did this help?")).to_have_count(2)
    first, second = tutor.asked
    assert (first.lesson, first.position_s, first.course, first.grade_band) == ("staging", 12.5, "space", "4-6")
    assert (second.lesson, second.position_s, second.course, second.conversation_id) == ("moon", 70, "space", "c1")


def test_what_comes_from_outside_is_text_and_never_markup(visit: Visit) -> None:
    visit.open(lesson="hostile")
    visit.ask(SPINS)
    log = visit.page.get_by_role("log")
    expect(log.locator(".answer")).to_contain_text(MARKUP)
    log.locator("summary").first.click()
    expect(log.locator("summary")).to_contain_text(f"Gyroscopes {MARKUP}")
    expect(log.locator("blockquote")).to_contain_text(MARKUP)
    visit.ask(MARKUP)
    expect(log.locator(".question").last).to_contain_text(MARKUP)
    expect(log.locator(".turn").last.locator(".quiet")).to_be_visible()
    expect(visit.page.locator("navigator-tutor img")).to_have_count(0)


def test_links_lead_only_to_https_or_the_pages_own_site(visit: Visit) -> None:
    visit.go(script_tag(visit.api))
    safe = f"""async urls => {{ const {{ safe }} = await import("{visit.api}/widget/places.js"); return urls.map(safe); }}"""
    urls = [
        "javascript:alert(1)",
        "data:text/html,x",
        "http://other.example/",
        f"blob:{visit.host.address}/1",
        "",
        None,
        "https://a.example/x",
        "/here",
    ]
    assert visit.page.evaluate(safe, urls) == [None] * 6 + ["https://a.example/x", f"{visit.host.address}/here"]


def test_an_answer_is_judged_and_commented_on(visit: Visit) -> None:
    visit.open()
    visit.ask(WHY)
    no = visit.page.get_by_role("button", name="No", exact=True)
    visit.page.route("**/v1/feedback", lambda route: route.abort())
    no.click()
    expect(visit.page.locator(".judged")).to_contain_text("That could not be noted.")
    visit.page.unroute("**/v1/feedback")
    no.click()
    expect(visit.page.locator(".judged")).to_contain_text("Thank you.")
    expect(no).to_have_attribute("aria-pressed", "true")
    visit.page.get_by_placeholder("What was good").fill("I still do not know why.")
    with visit.page.expect_response("**/v1/feedback") as noted:
        visit.page.get_by_role("button", name="Send").click()
    assert noted.value.status == 200
    expect(visit.page.locator(".judged form")).to_have_count(0)


def test_an_answer_is_copied_with_its_sources(browser: Browser, host: Host, api: str) -> None:
    with visiting(browser, host, api, permissions=["clipboard-read", "clipboard-write"]) as visit:
        visit.open()
        visit.ask(HEARD)
        visit.page.get_by_role("button", name="Copy").click()
        expect(visit.page.get_by_role("button", name="Copied")).to_be_visible()
        copied = visit.page.evaluate("navigator.clipboard.readText()")
    assert re.search(r"hold the adapter ring in place\. \[1\]\n\nSources\n\[1\] .+, at 1:05\n    “.*bolts.*”", copied)


def test_a_second_tag_is_the_same_tutor_and_mounts_are_as_many_as_there_are(visit: Visit) -> None:
    visit.open(lesson="staging")
    add = """([api, lesson]) => new Promise(loaded => {
        const script = document.createElement("script");
        Object.assign(script.dataset, { api, lesson });
        script.addEventListener("load", loaded);
        script.src = trustedTypes.createPolicy("host", { createScriptURL: url => url }).createScriptURL(`${api}/widget.js`);
        document.head.append(script);
    })"""
    visit.page.evaluate(add, [visit.api, "moon"])
    expect(visit.page.locator("navigator-tutor")).to_have_count(1)
    mounted = visit.page.evaluate("""async () => {
        const handle = Navigator.mount({ locale: "zh-CN", open: true });
        await new Promise(ready => document.addEventListener("navigator:ready", ready, { once: true }));
        window.second = handle;
        return window.navigator instanceof Navigator;
    }""")
    assert mounted is True
    expect(visit.page.locator("navigator-tutor")).to_have_count(2)
    expect(visit.page.get_by_role("dialog")).to_have_count(2)
    visit.page.evaluate("window.second.destroy()")
    expect(visit.page.locator("navigator-tutor")).to_have_count(1)
    expect(visit.page.get_by_role("dialog")).to_have_count(1)
    visit.page.evaluate("document.querySelector('navigator-tutor').destroy()")
    visit.page.evaluate("window.second.open()")
    expect(visit.page.locator("navigator-tutor")).to_have_count(0)


def test_destroyed_before_its_files_have_come_it_never_appears(visit: Visit) -> None:
    visit.go(script_tag(visit.api))
    visit.page.evaluate("""async () => {
        const handle = Navigator.mount({ container: document.body });
        handle.open();
        handle.destroy();
        await new Promise(go => setTimeout(go, 300));
    }""")
    expect(visit.page.locator("navigator-tutor")).to_have_count(1)
    expect(visit.page.get_by_role("dialog")).to_have_count(0)
