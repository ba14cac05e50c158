"""The player in a real browser, with a stand-in for the tutor's script: the talk, where sources lead, what the tutor is told, who is signed in."""

import json
import re
import socket
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import jwt
import pytest
from browsing import PHONE, Visits
from player_rig import KEY_SET, answering, course_in, listening, playing, stand_in, write_course
from playwright.sync_api import expect

from player import Course, Signer, open_course, signer_of


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return course_in(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def tutor() -> Iterator[str]:
    """The origin of the stand-in."""
    with listening() as (listener, origin), answering(stand_in(), listener):
        yield origin


@pytest.fixture(scope="module")
def player(course: Course, tutor: str) -> Iterator[str]:
    with playing(course, tutor) as origin:
        yield origin


def test_a_talk_shows_its_words_and_a_line_seeks(visits: Visits, player: str) -> None:
    visit = visits(player)
    visit.open("/?doc=rockets.en")
    lines = visit.page.get_by_role("listitem").filter(has=visit.page.get_by_role("button"))
    expect(lines).to_have_text(["0:01Good morning, and welcome to our lesson.", re.compile("0:40Rockets drop"), "1:00That was all."])
    assert visit.page.evaluate("document.querySelector('video').textTracks[0].mode") == "showing"
    lines.nth(1).get_by_role("button").click()
    visit.stands_at(40)
    expect(lines.nth(1).get_by_role("button")).to_have_attribute("aria-current", "true")
    expect(visit.page.locator(".clock")).to_have_text(re.compile("0:4[0-3]"))
    assert not visit.page.evaluate("document.querySelector('video').paused")
    lines.nth(2).get_by_role("button").click()
    expect(lines.nth(2).get_by_role("button")).to_have_attribute("aria-current", "true")
    expect(visit.page.locator("[aria-current]")).to_have_count(1)


def test_the_picture_stops_when_the_talk_is_over(visits: Visits, player: str) -> None:
    visit = visits(player)
    visit.open("/?doc=rockets.en&t=63.5")
    visit.page.wait_for_function("() => document.querySelector('video').paused && document.querySelector('video').currentTime > 65")


def test_a_page_may_be_opened_at_a_second_and_at_a_heading(visits: Visits, player: str) -> None:
    visit = visits(player)
    visit.open("/?doc=rockets.transcript.en&t=40.5")
    visit.stands_at(40.5)
    visit.open("/?doc=rockets.en&anchor=empty-stages")
    expect(visit.page.get_by_role("heading", name="Empty stages")).to_be_in_viewport()
    expect(visit.page.get_by_role("heading", name="Empty stages")).to_have_class("meant")
    assert visit.now() == 0
    visit.open("/?doc=rockets.en&t=-1&anchor=%00")
    visit.open("/?doc=orbits.en&t=1e999")


def test_sources_lead_to_their_second_and_their_heading_here(visits: Visits, player: str) -> None:
    visit = visits(player)
    visit.open("/?doc=rockets.en")
    visit.source("rockets.transcript.en", position_s=40.25)
    visit.stands_at(40.25)
    visit.source("rockets.en", anchor="empty-stages")
    expect(visit.page.get_by_role("heading", name="Empty stages")).to_have_class("meant")
    assert visit.page.url.endswith("/?doc=rockets.en")


def test_sources_of_another_lesson_lead_to_its_page_and_start_there(visits: Visits, player: str) -> None:
    visit = visits(player)
    visit.open("/?doc=rockets.en")
    visit.source("moon.transcript.en", position_s=120)
    visit.page.wait_for_url("**/?doc=moon.transcript.en&t=120")
    visit.stands_at(120)
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("The Moon up close")
    visit.source("rockets.zh", anchor="空的级")
    expect(visit.page.get_by_role("heading", name="空的级")).to_have_class("meant")


def test_a_source_that_is_no_lesson_is_told_and_nothing_is_lost(visits: Visits, player: str) -> None:
    visit = visits(player, expected="404")
    visit.open("/?doc=rockets.en")
    visit.source("change-5.en", anchor="launch")
    expect(visit.page.get_by_role("status")).to_contain_text("no lesson")
    visit.source("rockets.en", anchor="empty-stages")
    expect(visit.page.get_by_role("status")).to_be_hidden()
    assert visit.page.url.endswith("/?doc=rockets.en")


def test_the_tutor_is_told_which_lesson_and_where_the_video_stands(visits: Visits, player: str) -> None:
    visit = visits(player)
    visit.open("/?doc=rockets.en")
    given = visit.page.evaluate("document.querySelector('navigator-tutor').given")
    assert {"course": "space-1", "lesson": "rockets", "locale": "en", "gradeBand": "4-6"}.items() <= given.items()
    assert visit.told("context") == []
    visit.page.get_by_role("button", name=re.compile("Rockets drop")).click()
    visit.stands_at(40)
    visit.page.wait_for_function("() => document.querySelector('navigator-tutor').told.length > 0")
    assert visit.told("context")[-1] == [{"lesson": "rockets", "course": "space-1", "position_s": 40}]
    visit.page.evaluate("document.querySelector('video').playbackRate = 8")
    visit.page.wait_for_function("() => document.querySelector('navigator-tutor').told.length > 2")
    seconds = [context["position_s"] for (context,) in visit.told("context")]
    assert all(5 <= later - earlier <= 9 for earlier, later in pairwise(seconds)), seconds


def test_the_language_is_switched_on_lessons_and_on_the_list(visits: Visits, player: str) -> None:
    visit = visits(player)
    visit.open("/?doc=rockets.en")
    visit.page.get_by_role("link", name="中文").click()
    expect(visit.page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("火箭是怎样飞起来的")
    expect(visit.page.get_by_role("button", name="火箭分级，是因为空贮箱只是多余的质量。")).to_be_visible()
    assert visit.page.evaluate("document.querySelector('navigator-tutor').given.locale") == "zh-CN"
    visit.page.get_by_role("link", name="航天入门").click()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("航天入门")
    visit.page.get_by_role("link", name="English").click()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Space for beginners")


def test_lessons_follow_each_other(visits: Visits, player: str) -> None:
    visit = visits(player)
    visit.open("/")
    visit.page.get_by_role("link", name="How rockets work").click()
    visit.page.get_by_role("link", name="Next").click()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Orbits up and away")
    visit.page.get_by_role("link", name="Previous").click()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("How rockets work")
    expect(visit.page.get_by_role("link", name="Previous")).to_have_count(0)


@pytest.mark.parametrize("address", ["/", "/?doc=rockets.en", "/?doc=orbits.en", "/?doc=nope"])
@pytest.mark.parametrize("size", [PHONE, (320, 640), (820, 1100)])
def test_small_screens_have_no_sideways_scroll(visits: Visits, player: str, address: str, size: tuple[int, int]) -> None:
    visit = visits(player, size, expected="404")
    visit.open(address)
    assert visit.page.evaluate("document.documentElement.scrollWidth") == size[0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_violation(visits: Visits, school: str, scheme: str) -> None:
    visit, found = visits(school, color_scheme=scheme, expected="404"), {}
    for address in ("/", "/?doc=rockets.en", "/?doc=rockets.zh&t=31", "/?doc=nope"):
        visit.open(address)
        found[address] = visit.violations()
    assert not any(found.values()), found


def test_on_a_phone_the_tutor_makes_room_for_the_video(visits: Visits, player: str) -> None:
    visit = visits(player, PHONE)
    visit.open("/?doc=rockets.en")
    visit.source("rockets.transcript.en", position_s=40)
    visit.stands_at(40)
    assert visit.told("close") == [[]]
    expect(visit.page.locator("video")).to_be_in_viewport()


def test_the_night_is_dark(visits: Visits, player: str) -> None:
    visit = visits(player, color_scheme="dark")
    visit.open("/")
    assert visit.page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(18, 24, 31)"


def test_without_the_tutor_the_lesson_works_and_says_so(visits: Visits, course: Course) -> None:
    with listening() as (_nobody, api):
        pass
    with playing(course, api) as origin:
        visit = visits(origin, expected="ERR_CONNECTION_REFUSED")
        visit.open("/?doc=rockets.en")
        expect(visit.page.get_by_role("status")).to_contain_text("The tutor cannot be reached just now.")
        visit.page.get_by_role("button", name=re.compile("Rockets drop")).click()
        visit.stands_at(40)


def test_a_tutor_that_never_answers_does_not_hold_the_lesson_up(visits: Visits, course: Course) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, playing(course, f"http://127.0.0.1:{silent.getsockname()[1]}") as origin:
        visit = visits(origin, expected="ERR_")
        visit.page.clock.install()
        visit.page.goto(f"{origin}/?doc=rockets.en", wait_until="domcontentloaded")
        expect(visit.page.get_by_role("button", name=re.compile("Rockets drop"))).to_be_visible()
        expect(visit.page.get_by_role("status")).to_be_hidden()
        visit.page.clock.fast_forward(9_000)
        expect(visit.page.get_by_role("status")).to_contain_text("The tutor cannot be reached just now.")


def test_a_talk_that_cannot_be_read_is_said_to_be(visits: Visits, tmp_path: Path, tutor: str) -> None:
    folder = write_course(tmp_path / "course")
    (folder / "transcripts" / "rockets.en.vtt").write_text("no captions at all", encoding="utf-8")
    with playing(open_course(folder)[0], tutor) as origin:
        visit = visits(origin)
        visit.open("/?doc=rockets.en")
        expect(visit.page.get_by_text("The words of this talk cannot be shown.")).to_be_visible()


@pytest.fixture(scope="module")
def school(course: Course, tutor: str) -> Iterator[str]:
    """A player whose pupils sign in; its clock goes on by a second with each token, so that no two are the same."""
    ticks = iter(range(1_800_000_000, 1_800_001_000))
    signer: Signer = signer_of(KEY_SET, origin="", life_s=60, clock=lambda: next(ticks))
    with playing(course, tutor, signer) as origin:
        yield origin


def sub(token: str) -> str:
    return str(jwt.decode(token, options={"verify_signature": False})["sub"])


def test_another_pupil_at_the_computer_gets_a_token_of_their_own(visits: Visits, school: str) -> None:
    visit = visits(school)
    visit.open("/?doc=rockets.en")
    assert sub(visit.page.evaluate("document.querySelector('navigator-tutor').given.token")) == "demo-comet"
    visit.page.get_by_label("Who is at the computer?").select_option("Bright Pulsar")
    visit.page.wait_for_function("() => document.querySelector('navigator-tutor').told.length > 0")
    ((token,),) = visit.told("token")
    assert sub(token) == "demo-pulsar"
    visit.open("/?doc=moon.en")
    assert sub(visit.page.evaluate("document.querySelector('navigator-tutor').given.token")) == "demo-pulsar"


def test_a_token_is_renewed_before_it_runs_out_and_when_the_tutor_minds(visits: Visits, school: str) -> None:
    visit = visits(school)
    visit.page.clock.install()
    visit.open("/?doc=rockets.en")
    first = visit.page.evaluate("document.querySelector('navigator-tutor').given.token")
    visit.page.clock.fast_forward(31_000)
    visit.page.wait_for_function("() => document.querySelector('navigator-tutor').told.length > 0")
    visit.page.evaluate("document.querySelector('navigator-tutor').say('navigator:error', { code: 'token_expired' })")
    visit.page.wait_for_function("() => document.querySelector('navigator-tutor').told.length > 1")
    tokens = [first, *(token for (token,) in visit.told("token"))]
    assert len(set(tokens)) == 3
    assert {sub(token) for token in tokens} == {"demo-comet"}


def test_a_pupil_who_cannot_be_signed_in_does_not_speak_as_the_one_before(visits: Visits, school: str) -> None:
    visit = visits(school, expected="500")
    visit.open("/?doc=rockets.en")
    visit.page.route("**/token", lambda route: route.fulfill(status=500, body=json.dumps({})))
    visit.page.get_by_label("Who is at the computer?").select_option("Bright Pulsar")
    expect(visit.page.get_by_role("status")).to_contain_text("could not be signed in")
    assert visit.told("token") == [[None]]
