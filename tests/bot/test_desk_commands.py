"""What students do at the desk besides asking: greetings, browsing, choices, privacy, forgetting, and buttons that somebody made up."""

import datetime as dt
import string
from dataclasses import replace

import pytest
from desk_course import ROCKETS, STAGES, SmallCatalogue, SmallPractice, lesson
from desk_notebook import Notebook
from desk_stage import Student, desk_over, labels

from bot.desk import FrontDesk
from bot.desk.actions import action, key, parse
from bot.desk.desk import ACTIONS, COMMANDS
from bot.desk.words import WORDS, Words
from bot.port import Place, Press
from tutor.remembered import KeptAnswer

ENGLISH, CHINESE = WORDS["en"], WORDS["zh"]


def desk_with(notebook: Notebook, catalogue: SmallCatalogue | None = None, *, model: str | None = None) -> FrontDesk:
    return desk_over(None, notebook, notebook, SmallPractice(), catalogue or SmallCatalogue(), model=model)


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@pytest.fixture
def student(notebook: Notebook) -> Student:
    return Student(desk_with(notebook))


async def test_it_says_hello_and_tells_every_command_in_both_languages(student: Student) -> None:
    assert await student.says("/start") == ENGLISH.choosing.start
    told = await student.says("/help")
    assert all(f"/{name} " in told for name, _does in student.desk.commands("en"))
    assert await student.says("/nonsense") == told
    student.language = "zh"
    assert await student.says("/start") == CHINESE.choosing.start
    names = [name for name, _does in student.desk.commands("zh")]
    assert names == [name for name, _does in student.desk.commands("en")]
    assert set(COMMANDS) == set(names), "a group hears those that are offered"


async def test_a_deep_link_opens_a_lesson_and_an_unknown_one_is_told_kindly(student: Student, notebook: Notebook) -> None:
    await student.says("/start rockets")
    assert student.last.title == ROCKETS.title
    assert notebook.kept_["telegram 4711"].lesson == "rockets"
    student.language = "zh"
    await student.says("/start rockets")
    assert student.last.title == "火箭是怎样飞起来的"
    await student.says("/start moon")
    assert student.last.title == "The Moon", "there is none in Chinese"
    await student.says("/start change-5")
    assert student.last.title == "嫦娥五号"
    for unknown in ("venus", "../../etc/passwd", "<b>", "x" * 5000, "\0", "\ud83d"):
        assert await student.says(f"/start {unknown}") == f"{CHINESE.browsing.unknown_link}\n{CHINESE.choosing.start}"


async def test_a_lesson_shows_what_it_holds_and_where_to_go(student: Student) -> None:
    await student.says("/lessons")
    assert student.last.title == "Lessons (1/2)"
    assert student.last.text.startswith("Getting to space\n")
    await student.presses(ROCKETS.title)
    assert student.seen.replaced[-1].title == ROCKETS.title, "in the list's place"
    shown = student.last
    assert "Grades 4 to 6 (ages 9 to 12)" in shown.text
    assert "• explain why stages are dropped" in shown.text
    assert f"• {STAGES}" in shown.text
    assert labels(shown) == ["📖 Open in the course", "💬 Ask about it", "🎯 Quiz me (3)", "📚 All lessons"]
    assert student.button("📖").url == ROCKETS.url
    await student.presses("📚")
    await student.presses("More")
    assert student.last.title == "Lessons (2/2)"
    await student.presses("The Moon")
    assert labels(student.last) == ["💬 Ask about it", "📚 All lessons"]


async def test_missions_are_told_with_their_sources(student: Student) -> None:
    await student.says("/missions")
    await student.presses("Chang'e-5")
    assert student.last.text == "Chang'e-5 was launched on 23 November 2020. [1]"
    assert [source.title for source in student.last.sources] == ["Chang'e-5"]
    student.language = "zh"
    await student.says("/missions")
    await student.presses("嫦娥五号")
    assert student.last.text == "嫦娥五号带回了样品。\n\n发射日期：2020-11-23", "where no fact is found, what the list knows"


async def test_long_lists_are_paged_and_pages_that_are_not_there_are_the_nearest(notebook: Notebook) -> None:
    many = tuple(lesson(f"l{n}", "en", f"Lesson {n}", unit="One" if n < 10 else "Two") for n in range(20))
    student = Student(desk_with(notebook, SmallCatalogue(many, ())))
    await student.says("/lessons")
    assert labels(student.last) == [*(f"Lesson {n}" for n in range(8)), "More ▶"]
    await student.presses("More")
    assert labels(student.last) == ["Lesson 8", "Lesson 9", "◀ Back", "More ▶"]
    for page, title in (("0", "(1/4)"), ("99", "(4/4)"), ("-1", "(1/4)"), ("x", "(1/4)"), ("9" * 40, "(1/4)"), ("²", "(1/4)")):
        await student.does(Press(action("lessons", page), None))
        assert student.last.title is not None
        assert student.last.title.endswith(title), page
    assert await student.says("/missions") == ENGLISH.browsing.no_missions
    assert await student.says("/quiz") == ENGLISH.quizzing.no_quizzes
    student.language = "zh"
    await student.says("/lessons")
    assert labels(student.last)[0] == "Lesson 0", "a course in one language is better than none"
    student.desk = desk_with(notebook, SmallCatalogue((), ()))
    assert await student.says("/lessons") == CHINESE.browsing.no_lessons


async def test_lists_are_searched_by_name(notebook: Notebook) -> None:
    many = tuple(lesson(f"l{n}", "en", f"{'Mars' if n % 2 else 'Moon'} {n}") for n in range(20))
    student = Student(desk_with(notebook, SmallCatalogue(many, ())))
    await student.says("/lessons mArs")
    assert labels(student.last) == [*(f"Mars {n}" for n in range(1, 17, 2)), "More ▶"]
    await student.presses("More")
    assert labels(student.last) == ["Mars 17", "Mars 19", "◀ Back"]
    for nothing in ("venus", "🚀" * 3000, "\0", "<b>", "1:2:3", ":", "half \ud83d"):
        await student.says(f"/lessons {nothing}")
        assert labels(student.last)[0] == "Moon 0", "all of them, where none has the name"
        await student.presses("More")
        assert labels(student.last)[0] == "Moon 8"


async def test_ids_too_long_for_a_button_find_their_lesson_all_the_same(notebook: Notebook) -> None:
    name = "课程/" * 30
    entry = lesson("long", "en", "Long", doc_id=f"{name}.en", checks=0, questions=("Why?",))
    student = Student(desk_with(notebook, SmallCatalogue((replace(entry, lesson=name * 3),), ())))
    await student.says("/lessons")
    await student.presses("Long")
    assert student.last.title == "Long"
    await student.presses("💬")
    assert labels(student.last) == ["Why?"]


async def test_a_lesson_s_own_questions_are_offered(student: Student) -> None:
    await student.says("/start rockets")
    await student.presses("💬")
    assert labels(student.last) == [STAGES]
    assert student.button(STAGES).action == "1:ask:0:rockets"
    await student.says("/start moon")
    await student.presses("💬")
    assert student.last.text == ENGLISH.browsing.ask_anything.format("The Moon")
    assert student.last.buttons == ()


async def test_the_language_chosen_goes_before_the_messenger_s(student: Student, notebook: Notebook) -> None:
    await student.says("/lang")
    assert await student.presses("中文") == CHINESE.choosing.language_is
    assert await student.says("/start") == CHINESE.choosing.start
    assert await student.says("/lang EN") == ENGLISH.choosing.language_is
    await student.says("/lang klingon")
    assert labels(student.last) == ["English", "中文"]
    notebook.kept_.clear()
    student.language = "zh"
    assert await student.says("/start") == CHINESE.choosing.start


async def test_the_grade_is_chosen_and_taken_back(student: Student, notebook: Notebook) -> None:
    await student.says("/level")
    assert labels(student.last) == [*ENGLISH.bands.values(), "Any grade"]
    assert await student.presses("Grades 7") == "Noted: Grades 7 to 9 (ages 12 to 15)."
    assert notebook.kept_["telegram 4711"].grade_band == "7-9"
    assert await student.says("/level 1–3") == "Noted: Grades 1 to 3 (ages 6 to 9)."
    await student.says("/level 5")
    assert await student.presses("Any grade") == ENGLISH.choosing.no_level
    assert notebook.kept_["telegram 4711"].grade_band is None


async def test_privacy_says_for_how_long_and_names_the_model_where_there_is_one(notebook: Notebook) -> None:
    for language, days in (("en", "30 days"), ("zh", "30 天")):
        without = await Student(desk_with(notebook), language=language).says("/privacy")  # type: ignore[arg-type]
        assert days in without
        assert "/forget" in without
        with_model = await Student(desk_with(notebook, model="deepseek-chat"), language=language).says("/privacy")  # type: ignore[arg-type]
        assert with_model.startswith(without)
        assert "deepseek-chat" in with_model


async def test_forgetting_proves_itself(student: Student, notebook: Notebook) -> None:
    assert await student.says("/forget") == ENGLISH.choosing.nothing_was_kept
    await student.says("/level 4-6")
    assert await student.says("/forget") == "Everything is erased. Before: your choices. Now: nothing."
    assert notebook.kept_ == {}
    await student.says("/level 4-6")
    notebook.stubborn = True
    assert "could not erase everything: your choices" in await student.says("/forget")


async def test_forgetting_ends_a_quiz_and_keeps_nothing_of_it(student: Student, notebook: Notebook) -> None:
    await student.says("/quiz rockets")
    await student.says("/forget")
    assert notebook.kept_ == {}


async def test_sources_that_were_withdrawn_are_said_to_be(student: Student, notebook: Notebook) -> None:
    notebook.last = KeptAnswer("a", dt.datetime(2026, 7, 1, tzinfo=dt.UTC), "grounded", "en", "", ())
    assert await student.says("/sources") == ENGLISH.asking.sources_gone


FORGED = (
    "",
    "1",
    "1:",
    "1:ask",
    "0:open:rockets.en",
    "2:open:rockets.en",
    "1:nothing:",
    "1:open:venus.en",
    "1:open:",
    "1:show:#0123456789abcdef",
    "1:about:change-5.en",
    "1:quiz:change-5.en",
    "1:quiz:venus.en",
    "1:pick:rockets-1:A",
    "1:pick:",
    "1:hint:rockets-1",
    "1:stop:",
    "1:up:",
    "1:down:" + "x" * 80,
    "1:quote:",
    "1:quote:a:b",
    "1:quote:a:-1,9999999999,,²",
    "1:open:" + "é" * 60,
    "open:\0",
    "1:open:\ud83d",
    "🚀" * 40,
)


@pytest.mark.parametrize("forged", FORGED)
@pytest.mark.parametrize("private", [True, False])
async def test_buttons_that_somebody_made_up_get_a_kind_hint(student: Student, forged: str, *, private: bool) -> None:
    student.place = Place("somewhere", private=private)
    await student.does(Press(forged, None))
    assert len(student.seen.hints) == 1
    assert student.seen.replies == []


async def test_cards_for_any_conversation(student: Student) -> None:
    assert [card.title for card in await student.desk.cards(" Chang'e-5 ", "en")] == ["Chang'e-5"]
    assert await student.desk.cards("  ", "en") == ()
    assert await student.desk.cards("boom", "en") == (), "what goes wrong is logged"


def test_actions_say_what_they_were_made_of_and_no_others_are_read() -> None:
    assert parse(action("open", "a:b")) == ("open", "a:b")
    assert parse(action("lessons")) == ("lessons", "")
    assert parse(action("open", "x" * 64)) is None
    assert key("short") == "short"
    assert key("长" * 30) == key("长" * 30) != key("长" * 31)
    assert len(action("quizzes", key("长" * 99)).encode()) <= 64


@pytest.mark.parametrize("words", WORDS.values())
def test_words_have_the_same_gaps_in_every_language_and_hints_are_short(words: Words) -> None:
    for part in ("asking", "browsing", "quizzing", "choosing"):
        for name, line in vars(getattr(words, part)).items():
            english = getattr(getattr(ENGLISH, part), name)
            assert _gaps(line) == _gaps(english), name
            assert len(line) <= 200 or not (name.startswith("hint") or name == "no_quiz"), name
            assert len(line) < 3500, name


def test_every_button_s_verb_has_somebody_who_does_it() -> None:
    assert {"open", "show", "ask", "up", "down", "quote", "pick", "hint", "quiz", "quizzes", "lessons", "missions", "about", "stop"} <= set(ACTIONS)


def _gaps(line: str) -> int:
    return sum(1 for _text, name, _spec, _conversion in string.Formatter().parse(line) if name is not None)
