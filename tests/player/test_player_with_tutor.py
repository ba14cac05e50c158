"""The player and the tutor itself, each on an origin of its own, over lessons of the course: asked in a real browser through the widget."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from browsing import PHONE, Visit, Visits
from player_rig import answering, listening
from playwright.sync_api import expect
from pydantic import SecretStr

from api import Doors
from api import create_app as create_api
from api.tokens.signing import new_jwk
from ingest import Order
from knowledge_base.library import Library
from navigator import entry, wiring
from navigator.demo import signer
from navigator.settings import Settings
from player import Embedding, create_app, open_course

CONTENT = Path(__file__).parents[2] / "content"
SAID = "What happens to a sledge when you throw snowballs?"  # told by the talk of `rockets` alone
EXPIRED = {"error": {"code": "token_expired", "message": "The token has expired."}}
ELSEWHERE = "Why do we always see the same side of the Moon?"  # told by the text of `moon` alone


@pytest.fixture(scope="module")
def lessons(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of a few lessons with their talks."""
    folder = tmp_path_factory.mktemp("lessons")
    shutil.copy(CONTENT / "course.yaml", folder)
    for lesson in ("rockets", "moon.en"):
        for path in (*CONTENT.glob(f"lessons/{lesson}.*"), *CONTENT.glob(f"transcripts/{lesson}.*")):
            (folder / path.parent.name).mkdir(exist_ok=True)
            shutil.copy(path, folder / path.parent.name)
    return folder


@pytest.fixture(scope="module")
def data(lessons: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where they are published."""
    data = tmp_path_factory.mktemp("data")
    wiring.ingestion(Settings(data_dir=data, embedder="hashing"), lambda *_step: None).run(Order([lessons]))
    return data


@pytest.fixture(scope="module")
def school(lessons: Path, data: Path) -> Iterator[str]:
    """The player's origin, where nobody is asked who they are."""
    with running(Settings(data_dir=data), lessons) as origin:
        yield origin


@pytest.fixture(scope="module")
def school_with_pupils(lessons: Path, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same where pupils sign in."""
    keys = tmp_path_factory.mktemp("keys") / "keys.json"
    keys.write_text(json.dumps({"keys": [new_jwk("own", "blue-sky", "EdDSA")]}), encoding="utf-8")
    with running(Settings(data_dir=data, auth="token", token_keys=SecretStr(str(keys))), lessons) as origin:
        yield origin


@contextmanager
def running(settings: Settings, lessons: Path) -> Iterator[str]:
    """Player and tutor, put together as `navigator demo` and `navigator serve` do; the player's origin."""
    with listening() as (stage, origin), listening() as (desk, api), ExitStack() as opened:
        settings = settings.model_copy(update={"embedder": "hashing", "allowed_origins": origin})
        library = wiring.library(settings)
        opened.callback(library.close)
        opened.enter_context(answering(create_api(doors(settings, library)), desk))
        player = create_app(open_course(lessons)[0], Embedding(origin, api, signer(settings, origin, 600)))
        opened.enter_context(answering(player, stage))
        yield origin


def doors(settings: Settings, library: Library) -> Doors:
    """What the tutor's server stands on."""
    memory = wiring.memory(settings, library)
    tutor, catalogue, practice = wiring.tutor(settings, library, memory), wiring.catalogue(settings, library), wiring.practice(settings, library)
    return Doors(tutor, library, "1.2.3", catalogue, practice, memory=memory, access=entry.access(settings))


def ask(visit: Visit, question: str) -> None:
    """Asks the tutor, whose answer is there afterwards."""
    tutor = visit.page.locator("navigator-tutor")
    if not tutor.get_by_role("textbox").is_visible():
        tutor.get_by_role("button", name=re.compile("Navigator")).first.click()
    tutor.get_by_role("textbox").fill(question)
    tutor.get_by_role("textbox").press("Enter")
    expect(tutor.get_by_role("log")).to_contain_text(re.compile("Did this help|有帮助吗"))


def seconds(moment: str) -> int:
    """Of a moment such as 0:55."""
    minutes, rest = re.fullmatch(r"\D*(\d+):(\d\d)", moment.strip()).groups()  # type: ignore[union-attr]
    return int(minutes) * 60 + int(rest)


def test_a_source_from_the_talk_plays_the_video_from_its_second(visits: Visits, school: str) -> None:
    visit = visits(school)
    visit.open("/?doc=rockets.en")
    ask(visit, SAID)
    source = visit.page.locator("navigator-tutor").get_by_role("button", name=re.compile("^Play from ")).first
    moment = seconds(source.inner_text())
    assert moment > 0
    source.click()
    visit.stands_at(moment)
    expect(visit.page.locator("[aria-current]")).to_contain_text(re.compile("snowball|sledge"))
    assert visit.page.url.endswith("/?doc=rockets.en")


def test_a_source_opens_its_lesson_where_it_says(visits: Visits, school: str) -> None:
    visit = visits(school)
    visit.open("/?doc=rockets.en")
    ask(visit, ELSEWHERE)
    visit.page.locator("navigator-tutor").get_by_role("button", name="Show in the lesson").first.click()
    visit.page.wait_for_url("**/?doc=moon.en&anchor=*")
    expect(visit.page.locator("h2.meant")).to_be_in_viewport()


def test_what_she_just_said_is_what_the_video_just_said(visits: Visits, school: str) -> None:
    visit = visits(school)
    visit.open("/?doc=rockets.en&t=100")
    visit.stands_at(100)
    ask(visit, "What did she just say?")
    source = visit.page.locator("navigator-tutor").get_by_role("button", name=re.compile("^Play from ")).first
    assert 70 <= seconds(source.inner_text()) <= 105
    expect(visit.page.locator("navigator-tutor").get_by_role("log")).to_contain_text("Does the gas need some air")


def test_the_tutor_hears_of_the_lesson_and_of_the_second(visits: Visits, school: str) -> None:
    visit = visits(school)
    visit.open("/?doc=rockets.en&t=100")
    visit.stands_at(100)
    with visit.page.expect_request("**/v1/chat") as asked:
        ask(visit, SAID)
    said = json.loads(asked.value.post_data or "")
    assert (said["course"], said["lesson"], said["grade_band"]) == ("aerospace", "rockets", "4-6")
    assert 100 <= said["position_s"] <= 110


def test_in_chinese_on_a_phone_the_tutor_makes_way_for_the_video(visits: Visits, school: str) -> None:
    visit = visits(school, PHONE, locale="zh-CN")
    visit.open("/?doc=rockets.zh")
    ask(visit, "消防水枪喷水的时候会怎样？")
    visit.page.locator("navigator-tutor").get_by_role("button", name=re.compile("播放")).first.click()
    expect(visit.page.locator("video")).to_be_in_viewport()
    expect(visit.page.locator("navigator-tutor").get_by_role("textbox")).to_be_hidden()
    visit.page.wait_for_function("() => document.querySelector('video').currentTime > 0")


def test_another_pupil_at_the_computer_finds_an_empty_tutor(visits: Visits, school_with_pupils: str) -> None:
    visit = visits(school_with_pupils)
    visit.open("/?doc=rockets.en")
    ask(visit, SAID)
    with visit.page.expect_response("**/token"):
        visit.page.get_by_label("Who is at the computer?").select_option("Bright Pulsar")
    log = visit.page.locator("navigator-tutor").get_by_role("log")
    expect(log).not_to_contain_text("sledge")
    with visit.page.expect_response("**/v1/chat") as answered:
        ask(visit, SAID)
    assert answered.value.status == 200


def test_a_token_that_ran_out_is_renewed_and_the_question_goes_on(visits: Visits, school_with_pupils: str) -> None:
    visit = visits(school_with_pupils, expected="401")
    visit.open("/?doc=rockets.en")
    visit.page.route(
        "**/v1/chat",
        lambda route: route.fulfill(
            status=401, headers={"Access-Control-Allow-Origin": school_with_pupils, "Access-Control-Allow-Credentials": "true"}, json=EXPIRED
        ),
        times=1,
    )
    with visit.page.expect_request("**/token"):
        ask(visit, SAID)
    expect(visit.page.locator("navigator-tutor").get_by_role("log")).to_contain_text("sledge")
