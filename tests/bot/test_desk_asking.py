"""Asking at the desk: the real tutor, its real memory and its limits, in both languages, in private and in groups."""

import asyncio
import datetime as dt
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from desk_course import LAUNCHED, PAINTER, STAGES, STAGES_ZH, SmallCatalogue, SmallPractice, published
from desk_stage import Student, desk_over, labels

from bot.desk import FrontDesk
from bot.desk.words import WORDS
from bot.port import Place, Press, Unreadable
from knowledge_base.library import Library
from tutor.memory import Memory, now
from tutor.pseudonyms import Pseudonyms
from tutor.storage import Limits, SqlLearners, SqlStore, sqlite
from tutor.tutor import Tutor
from tutor.types import Answer, Citation, Delta, Event, Final, Question, Sources, Suggestion

ENGLISH, CHINESE = WORDS["en"], WORDS["zh"]
UNLIMITED = Limits(0, 0)
GROUP = Place("-100/7", private=False)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with published(tmp_path_factory.mktemp("desk")) as library:
        yield library


@asynccontextmanager
async def open_desk(library: Library, state: Path, limits: Limits = UNLIMITED, tutor: object = None) -> AsyncIterator[FrontDesk]:
    """The desk over a file of state; opened again on the same file, it is the desk after a restart."""
    memory = Memory(SqlStore(sqlite(state)), Pseudonyms(b"k" * 32), library, retention=dt.timedelta(days=30))
    learners = SqlLearners(sqlite(state), limits, clock=now)
    async with memory.running(), learners.running():
        yield desk_over(tutor or Tutor(library, memory=memory), memory, learners, SmallPractice(), SmallCatalogue())


@pytest.fixture
async def desk(library: Library, tmp_path: Path) -> AsyncIterator[FrontDesk]:
    async with open_desk(library, tmp_path / "state.db") as desk:
        yield desk


async def test_an_answer_grows_and_ends_whole_with_its_sources_and_what_to_press(desk: FrontDesk) -> None:
    student = Student(desk)
    said = await student.says(STAGES)
    reply = student.last
    assert "less mass is easier to speed up" in said
    assert student.seen.deltas[-1] == reply.text
    assert all(reply.text.startswith(delta) for delta in student.seen.deltas)
    (source,) = reply.sources
    assert (source.title, source.section, source.where) == ("How rockets fly & land", STAGES, ("as of 2026-05-24",))
    assert reply.notice
    assert labels(reply)[0] == "[1] read it"
    assert labels(reply)[-2:] == ["👍", "👎"]


async def test_the_answer_follows_the_question_s_language_and_the_desk_the_person_s(desk: FrontDesk) -> None:
    student = Student(desk, language="zh")
    await student.says(STAGES)
    await student.says(STAGES_ZH)
    english, chinese = student.seen.replies
    assert (english.language, chinese.language) == ("en", "zh")
    assert chinese.text.endswith("[1]")
    assert await student.says(" ") == CHINESE.asking.ask_something


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (" \n\t", "ask_something"),
        ("\u200b\u200f\u2060", "ask_something"),
        ("x" * 2001, "too_long"),
        ("why\0?", "unreadable"),
        ("half \ud83d", "unreadable"),
    ],
)
async def test_what_cannot_be_asked_is_told_kindly(desk: FrontDesk, text: str, field: str) -> None:
    student = Student(desk)
    assert await student.says(text) == getattr(ENGLISH.asking, field)
    assert await student.says(f"/ask {text}") == getattr(ENGLISH.asking, field)


@pytest.mark.parametrize("text", ["x" * 2000, "\u202ewhy\u202c \u200brockets?", "<b>why</b> & so on", "🚀" * 300, "'; DROP TABLE answers; --"])
async def test_odd_questions_get_an_answer(desk: FrontDesk, text: str) -> None:
    student = Student(desk)
    await student.says(text)
    assert student.last.text
    assert student.seen.lost == 0


async def test_what_holds_no_words(desk: FrontDesk) -> None:
    assert await Student(desk, language="zh").does(Unreadable()) == CHINESE.asking.only_text


async def test_a_refusal_names_the_nearest_lessons_as_buttons_that_open_them(desk: FrontDesk) -> None:
    student = Student(desk)
    await student.says(PAINTER)
    reply = student.last
    assert not reply.sources
    assert "How rockets fly & land" in labels(reply)
    await student.presses("How rockets fly & land")
    assert student.last.title == "How rockets fly & land"
    assert not student.seen.replaced, "the refusal stays where it is"


async def test_small_talk_and_blocked_messages_carry_no_buttons(desk: FrontDesk) -> None:
    student = Student(desk)
    for text in ("hello", "I want to kill myself"):
        await student.says(text)
        assert student.last.buttons == ()


async def test_a_source_without_a_link_is_read_by_its_button_by_nobody_else_and_after_a_restart(library: Library, tmp_path: Path) -> None:
    async with open_desk(library, tmp_path / "state.db") as desk:
        student, other = Student(desk), Student(desk, "1234")
        await student.says(STAGES)
        button = student.button("[1]")
        assert button.action is not None
        assert "less mass is easier to speed up" in await student.presses("[1]")
        assert student.last.title is not None
        assert STAGES in student.last.title
        assert await other.does(Press(button.action, button.text)) == ENGLISH.asking.hint_not_yours
    async with open_desk(library, tmp_path / "state.db") as desk:
        student.desk = desk
        assert "less mass" in await student.presses("[1]")
        assert "[1] How rockets fly & land" in await student.says("/sources")
        await student.presses("[1]")


async def test_sources_of_nothing_and_of_a_refusal(desk: FrontDesk) -> None:
    student = Student(desk)
    assert await student.says("/sources") == ENGLISH.asking.no_answer_yet
    await student.says(PAINTER)
    assert await student.says("/sources") == ENGLISH.asking.no_sources


async def test_thumbs_replace_each_other_and_another_s_answer_is_not_judged(desk: FrontDesk) -> None:
    student, other = Student(desk), Student(desk, "1234")
    await student.says(STAGES)
    helped = student.button("👍")
    assert helped.action is not None
    assert await student.presses("👍") == ENGLISH.asking.hint_helped
    assert await student.presses("👍") == ENGLISH.asking.hint_helped
    assert await student.presses("👎") == ENGLISH.asking.hint_not_helped
    assert await other.does(Press(helped.action, "👍")) == ENGLISH.asking.hint_not_yours


async def test_comments(desk: FrontDesk) -> None:
    student = Student(desk)
    assert await student.says("/feedback") == ENGLISH.asking.feedback_how
    assert await student.says("/feedback too short") == ENGLISH.asking.feedback_no_answer
    await student.says(STAGES)
    assert await student.says("/feedback too short") == ENGLISH.asking.feedback_noted_not_helped
    assert await student.says("/feedback 👍🏽 lovely") == ENGLISH.asking.feedback_noted_helped
    assert await student.says("/feedback " + "x" * 5000) == ENGLISH.asking.feedback_noted_not_helped


async def test_a_conversation_is_one_person_s_in_one_place_until_another_begins(two_missions: Library, tmp_path: Path) -> None:
    heavy = "And how heavy was it?"
    async with open_desk(two_missions, tmp_path / "state.db") as desk:
        anna, anna_in_group, bo_in_group = Student(desk), Student(desk, place=GROUP), Student(desk, "1234", place=GROUP)
        await anna_in_group.says(LAUNCHED)
        assert "8,200" not in await anna.says(heavy)
        assert "8,200" not in await bo_in_group.says(heavy)
        assert "8,200" in await anna_in_group.says(heavy)
        assert await anna_in_group.says("/new") == ENGLISH.choosing.new
        assert "8,200" not in await anna_in_group.says(heavy)
        assert await anna_in_group.says("/unknown") == ""


async def test_limits_are_told_with_the_time_to_wait(library: Library, tmp_path: Path) -> None:
    async with open_desk(library, tmp_path / "state.db", Limits(2, 3)) as desk:
        student = Student(desk, language="zh")
        await student.says(STAGES)
        assert await student.says("\0") == CHINESE.asking.unreadable
        await student.says(STAGES)
        said = await student.says(STAGES)
        assert said.startswith("你真爱提问")
        assert "秒" in said
        assert await student.says("/lessons")
        for cry in ("我不想活了", "我不想活了。" + "真的。" * 1000):
            assert "12356" in await student.says(cry), "who is in need waits for nothing"


@dataclass
class Scripted:
    """A tutor that tells what it was given, or fails."""

    events: tuple[Event, ...] = ()
    breaks: Exception | None = None

    async def stream(self, _question: Question) -> AsyncGenerator[Event, None]:
        for event in self.events:
            yield event
        await asyncio.sleep(0)
        if self.breaks is not None:
            raise self.breaks


def cited(n: int, section: str | None, **more: object) -> Citation:
    citation = Citation(n, f"p{n}", "rockets.en", "Rockets", section, None, None, None, f"Quote {n}.", "en", None, 0.9)
    return replace(citation, **more)  # type: ignore[arg-type]


def whole(text: str, *citations: Citation, **more: object) -> Answer:
    answer = Answer("a" * 16, "c", "grounded", text, "en", citations, 0.9, (), "extract", "r", {}, None)
    return replace(answer, **more)  # type: ignore[arg-type]


async def test_passages_of_one_section_are_one_source_and_numbers_never_change(library: Library, tmp_path: Path) -> None:
    one, two, three, four = (
        cited(1, "A"),
        cited(2, "B", url="https://x.example/"),
        cited(3, "A", page=4),
        cited(4, "C", language="zh", position_s=61.0),
    )
    text = "First. [1] Second. [2][1] Third. [3][1][2] Fourth. [4] Not ours: [9]."
    events = (Sources((one,)), Delta("First. [1]"), Sources((one, two)), Delta(" Second. [2][1]"), Final(whole(text, one, two, three, four)))
    async with open_desk(library, tmp_path / "state.db", tutor=Scripted(events)) as desk:
        student = Student(desk)
        await student.says("why?")
    reply = student.last
    assert student.seen.deltas == ["First. [1]", "First. [1] Second. [2][1]"]
    assert reply.text == "First. [1] Second. [2][1] Third. [1][2] Fourth. [3] Not ours: [9]."
    assert [(source.section, source.quotes, source.url) for source in reply.sources] == [
        ("A", ("Quote 1.", "Quote 3."), None),
        ("B", ("Quote 2.",), "https://x.example/"),
        ("C", ("Quote 4.",), None),
    ]
    assert reply.sources[2].where == ("at 1:01",)
    assert reply.sources[2].note == "in Chinese"
    assert labels(reply)[:2] == ["[1] read it", "[3] read it"]
    assert student.button("[1]").action == f"1:quote:{'a' * 16}:1,3"


async def test_many_quotes_of_one_section_fit_into_a_button(library: Library, tmp_path: Path) -> None:
    many = tuple(cited(n, "A") for n in range(1, 40))
    async with open_desk(library, tmp_path / "state.db", tutor=Scripted((Final(whole("All. [1]", *many)),))) as desk:
        student = Student(desk)
        await student.says("why?")
        assert student.last.sources[0].n == 1


async def test_a_hint_has_a_button_to_where_it_can_be_read_and_nothing_to_judge(library: Library, tmp_path: Path) -> None:
    hint = replace(whole("A hint.", suggestions=(Suggestion("The Moon · The far side", "moon.en"),)), kind="chat")
    async with open_desk(library, tmp_path / "state.db", tutor=Scripted((Final(hint),))) as desk:
        student = Student(desk)
        await student.says("What do we call it?")
        assert labels(student.last) == ["The Moon · The far side"]


async def test_a_suggested_question_is_asked_as_it_stands_and_a_title_is_opened(library: Library, tmp_path: Path) -> None:
    suggestions = (Suggestion(STAGES, None), Suggestion("When was it?", None), Suggestion("The Moon", "moon.en"), Suggestion("Nowhere", None))
    async with open_desk(library, tmp_path / "state.db", tutor=Scripted((Final(whole("Text.", suggestions=suggestions)),))) as desk:
        student = Student(desk)
        await student.says("why?")
        assert labels(student.last)[:3] == [STAGES, "When was it?", "The Moon"]
        await student.presses(STAGES)
        assert student.last.title == STAGES, "who reads along sees what was asked"
        action = student.button("When was").action
        assert action is not None
        assert await student.does(Press(action, None)) == ENGLISH.asking.hint_ask_again
        assert await student.does(Press(action, "When was i…")) == ENGLISH.asking.hint_ask_again


@pytest.mark.parametrize("error", [ValueError("anna's words"), TimeoutError(), OSError(5, "disk")])
async def test_a_tutor_that_fails_is_apologised_for_and_its_half_answer_goes(
    library: Library, tmp_path: Path, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    tutor = Scripted((Sources((cited(1, "A"),)), Delta("Half. [1]")), error)
    async with open_desk(library, tmp_path / "state.db", tutor=tutor) as desk:
        student = Student(desk)
        assert await student.says("anna's words") == ENGLISH.asking.apology
    assert student.seen.lost == 1
    assert type(error).__name__ in caplog.text
    assert "anna" not in caplog.text


async def test_a_channel_that_fails_harms_nobody(desk: FrontDesk) -> None:
    student = Student(desk)

    async def broken(_reply: object) -> None:
        raise ConnectionError

    student.seen.say = broken  # type: ignore[method-assign, assignment]
    assert await student.says("/help") == ""
    assert await Student(desk, "1234").says("/help")


async def test_without_its_database_the_desk_answers_and_says_what_it_cannot_do(library: Library, tmp_path: Path) -> None:
    (tmp_path / "state.db").mkdir()
    async with open_desk(library, tmp_path / "state.db") as desk:
        student = Student(desk)
        assert "less mass is easier" in await student.says(STAGES)
        for needs in ("/new", "/forget", "/lang zh", "/level 4-6", "/quiz rockets"):
            assert await student.says(needs) == ENGLISH.asking.memory_away, needs
        for works in ("/start", "/help", "/privacy", "/lessons", "/missions", "/lang", "/level", "/quiz"):
            assert ENGLISH.asking.memory_away not in await student.says(works), works
        assert await student.presses("👍") in (ENGLISH.asking.memory_away, ENGLISH.asking.hint_not_yours)
        assert "Thrust" in await student.says("/start rockets")
        assert "Dead weight" not in await student.presses("🎯 Quiz me")
