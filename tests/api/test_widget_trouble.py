"""What may come between a pupil and an answer: tokens that run out, another pupil, a lost connection, limits, a closed course."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from loopback import serving
from playwright.sync_api import Browser, Request, Route, expect
from token_desk import Clock, good
from widget_rig import OUTSIDE, WHY, Host, Visit, Writing, app_for, script_tag, visiting
from wire import wired

from knowledge_base.library import Library

TUTOR = "document.querySelector('navigator-tutor')"


def refusing(status: int, code: str, message: str, **headers: str) -> Any:
    """Answers a request in the API's error shape."""
    shown = {"Access-Control-Expose-Headers": "Retry-After", **headers}

    def refuse(route: Route) -> None:
        allowed = {**shown, "Access-Control-Allow-Origin": route.request.headers["origin"], "Access-Control-Allow-Credentials": "true"}
        route.fulfill(status=status, json={"error": {"code": code, "message": message}}, headers=allowed)

    return refuse


@pytest.mark.parametrize(
    ("status", "code", "says"),
    [
        (503, "not_ready", "The course is not open yet."),
        (422, "invalid", "could not read this question"),
        (403, "forbidden_origin", "may not be used on this page"),
        (500, "internal", "went wrong on our side"),
    ],
)
def test_trouble_is_told_in_plain_words_and_can_be_tried_again(visit: Visit, status: int, code: str, says: str) -> None:
    visit.page.route("**/v1/chat", refusing(status, code, "run navigator ingest content"))
    visit.open()
    visit.ask(WHY)
    log = visit.page.get_by_role("log")
    expect(log).to_contain_text(says)
    expect(log).not_to_contain_text("ingest")
    assert visit.heard("error") == [{"code": code}]
    visit.page.unroute("**/v1/chat")
    visit.page.get_by_role("button", name="Try again").click()
    expect(log.locator(".answer")).to_contain_text("less mass is easier to speed up")
    expect(log).not_to_contain_text(says)


def test_a_limit_is_told_in_the_servers_words_and_counts_down(visit: Visit) -> None:
    visit.page.route("**/v1/chat", refusing(429, "too_many_requests", "That was a lot. Take a breath.", **{"Retry-After": "2"}))
    visit.open()
    visit.ask(WHY)
    log = visit.page.get_by_role("log")
    expect(log).to_contain_text("That was a lot. Take a breath.")
    expect(log.get_by_role("button", name="Try again in 2 s")).to_be_disabled()
    visit.page.unroute("**/v1/chat")
    log.get_by_role("button", name="Try again", exact=True).click()
    expect(log.locator(".answer")).to_be_visible()


def test_a_lost_connection_is_taken_up_where_it_broke(browser: Browser, host: Host, library: Library) -> None:
    tutor = Writing()
    with serving(app_for(library, host, tutor)) as address, wired(address) as wire, visiting(browser, host, wire.address) as visit:
        sent: list[str | None] = []
        visit.page.on("request", lambda request: sent.append(request.headers.get("last-event-id")) if "/v1/chat" in request.url else None)
        visit.open()
        visit.ask(WHY)
        tutor.let.release(2)
        log = visit.page.get_by_role("log")
        expect(log.locator(".answer")).to_contain_text("Rockets drop their stages.")
        wire.cut()
        expect(log).to_contain_text("The connection was lost. Trying again")
        tutor.let.release(2)
        expect(log.locator(".answer")).to_contain_text("Less mass is easier to speed up.")
        expect(visit.page.get_by_role("group", name="Did this help?")).to_be_visible()
    assert len(tutor.asked) == 1
    assert sent == [None, "3"]


def test_a_connection_that_stays_lost_gets_a_button_and_the_same_message(browser: Browser, host: Host, library: Library) -> None:
    with serving(app_for(library, host)) as address, wired(address) as wire, visiting(browser, host, wire.address) as visit:
        ids: list[str] = []
        visit.page.on("request", lambda request: ids.append(sent_id(request)) if request.url.endswith("/v1/chat") else None)
        visit.page.clock.install()
        visit.open()
        wire.broken = True
        wire.cut()
        visit.ask(WHY)
        log = visit.page.get_by_role("log")
        for _ in range(2):
            expect(log).to_contain_text("Trying again")
            visit.page.clock.run_for(4_000)
        expect(log).to_contain_text("The question did not get through.")
        wire.broken = False
        log.get_by_role("button", name="Try again").click()
        expect(log.locator(".answer")).to_be_visible()
        assert visit.heard("error") == [{"code": "lost"}]
    assert len(ids) >= 4
    assert len(set(ids)) == 1


def test_offline_it_waits_and_goes_on_by_itself(visit: Visit) -> None:
    visit.open()
    visit.page.context.set_offline(True)
    visit.ask(WHY)
    log = visit.page.get_by_role("log")
    expect(log).to_contain_text("You are offline.")
    visit.page.context.set_offline(False)
    expect(log.locator(".answer")).to_be_visible()


def sent_id(request: Request) -> str:
    """The message's own id, as the tutor sends it."""
    return str((request.post_data_json or {}).get("client_message_id"))


@dataclass
class School:
    """A visit at a school whose server asks for tokens, by a clock that stands until it is set."""

    visit: Visit
    clock: Clock

    def token(self, sub: str) -> str:
        """Good for five minutes from now."""
        return good(now=self.clock.now, sub=sub, origin=self.visit.host.address)

    def pass_time(self) -> None:
        """Every token given so far has run out."""
        self.clock.now += 3600


@pytest.fixture
def school(browser: Browser, host: Host, library: Library) -> Iterator[School]:
    clock = Clock()
    with serving(app_for(library, host, clock=clock)) as address, visiting(browser, host, address) as visit:
        yield School(visit, clock)


def test_a_token_that_ran_out_is_asked_for_and_the_question_goes_on_by_itself(school: School) -> None:
    visit = school.visit
    visit.open(token=school.token("anna"))
    visit.ask(OUTSIDE)
    log = visit.page.get_by_role("log")
    expect(log.locator(".refusal")).to_be_visible()
    school.pass_time()
    visit.ask(WHY)
    expect(log).to_contain_text("Waiting for the course page to sign you in again")
    assert visit.heard("error") == [{"code": "token_expired"}]
    visit.page.evaluate(f"{TUTOR}.setToken({json.dumps(school.token('anna'))})")
    expect(log.locator(".answer")).to_contain_text("less mass is easier to speed up")
    expect(log.locator(".turn")).to_have_count(2)  # the same pupil's own


def test_a_host_that_gives_tokens_is_asked_without_a_word(school: School) -> None:
    visit, old = school.visit, school.token("anna")
    school.pass_time()
    visit.host.pages["/mount.js"] = f"""
      window.handle = Navigator.mount({{
        api: "{visit.api}", token: "{old}", open: true,
        getToken: async () => (window.asked = (window.asked ?? 0) + 1, "{school.token("anna")}"),
      }});"""
    visit.go(f"<script src='{visit.api}/widget.js'></script><script src='/mount.js' defer></script>")
    visit.ask(WHY)
    expect(visit.page.get_by_role("log").locator(".answer")).to_be_visible()
    assert visit.page.evaluate("window.asked") == 1
    assert visit.heard("error") == []


def test_another_pupil_finds_nothing_of_the_one_before(school: School) -> None:
    visit = school.visit
    visit.open(token=school.token("anna"), lesson="staging")
    visit.ask(WHY)
    log = visit.page.get_by_role("log")
    expect(log.locator(".answer")).to_be_visible()
    school.pass_time()
    visit.ask("My secret question?")
    expect(log).to_contain_text("Waiting for the course page")
    visit.page.get_by_role("dialog").get_by_role("textbox").fill("half written")
    sent: list[Any] = []
    visit.page.on("request", lambda request: sent.append(request.post_data_json) if "/v1/chat" in request.url and request.post_data else None)
    visit.page.evaluate(f"document.querySelector('script[data-token]').dataset.token = {json.dumps(school.token('ben'))}")
    expect(log.locator(".turn")).to_have_count(0)
    expect(log).to_contain_text("Ask about flight and space.")
    expect(visit.page.get_by_role("dialog").get_by_role("textbox")).to_have_value("")
    visit.ask(WHY)
    expect(log.locator(".answer")).to_be_visible()
    expect(log.locator(".turn")).to_have_count(1)
    assert [body["question"] for body in sent] == [WHY]
    assert "conversation_id" not in sent[0]
    assert visit.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_without_tokens_a_pupil_may_start_over_and_be_forgotten(visit: Visit) -> None:
    visit.open()
    visit.ask(WHY)
    log = visit.page.get_by_role("log")
    expect(log.locator(".answer")).to_be_visible()
    visit.page.get_by_role("button", name="More").click()
    visit.page.get_by_role("button", name="Start over").click()
    expect(log.locator(".turn")).to_have_count(0)
    visit.ask(WHY)
    expect(log.locator(".answer")).to_be_visible()
    visit.page.get_by_role("button", name="More").click()
    visit.page.get_by_role("button", name="Forget me").click()
    with visit.page.expect_response(lambda response: response.request.method == "DELETE" and response.url.endswith("/v1/me")) as erased:
        visit.page.get_by_role("button", name="Erase").click()
    assert erased.value.status == 204
    expect(visit.page.locator(".menu")).to_contain_text("Everything that you asked is erased.")
    expect(log.locator(".turn")).to_have_count(0)


def test_a_script_that_cannot_come_is_told_to_the_page(visit: Visit) -> None:
    visit.page.route("**/widget/element.js", lambda route: route.abort())
    visit.go(script_tag(visit.api))
    visit.until("window.heard.length > 0")
    assert visit.heard("error") == [{"code": "not_loaded"}]
