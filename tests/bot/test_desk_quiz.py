"""Quizzes at the desk: question by question, with a hint and a second try, over restarts, and whatever else is written meanwhile."""

import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, replace

import pytest
from desk_course import CHOICE, NUMBER, ROCKETS, SmallCatalogue, SmallPractice, lesson
from desk_notebook import Notebook
from desk_stage import Student, desk_over, labels

from bot.desk import FrontDesk
from bot.desk.quiz_replies import is_unsure, wants_help
from bot.desk.quiz_state import Quiz, read
from bot.desk.words import WORDS
from bot.port import Place, Press
from tutor.types import Answer, Event, Final, Question

ENGLISH, CHINESE = WORDS["en"], WORDS["zh"]
CALLER = "telegram 4711"
STATE = Quiz("telegram \x1fplace\x1fhome of 4711", "rockets.en", "rockets", "en", "rockets-1")


@dataclass
class Noting:
    """A tutor that notes what it is asked."""

    asked: list[str] = field(default_factory=list)

    async def stream(self, question: Question) -> AsyncGenerator[Event, None]:
        self.asked.append(question.text)
        yield Final(Answer("a", "c", "chat", "I hear you.", "en", (), 1.0, (), "extract", "r", {}, None))


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@pytest.fixture
def tutor() -> Noting:
    return Noting()


@pytest.fixture
def desk(notebook: Notebook, tutor: Noting) -> FrontDesk:
    return desk_over(tutor, notebook, notebook, SmallPractice(), SmallCatalogue())


@pytest.fixture
def student(desk: FrontDesk) -> Student:
    return Student(desk)


async def test_a_whole_quiz(student: Student, notebook: Notebook) -> None:
    await student.says("/quiz")
    assert labels(student.last) == [ROCKETS.title]
    await student.presses(ROCKETS.title)
    assert student.last.title == "Question 1 of 3"
    assert student.last.text.startswith("What is an empty stage?\nA. Dead weight\nB. A spare engine\nC. A parachute\n")
    assert labels(student.last) == ["A. Dead weight", "B. A spare engine", "C. A parachute", "💡 Hint", "⏹ Stop"]
    assert "A hint for rockets-1" in await student.presses("💡")
    missed = await student.presses("B.")
    assert "➤ B. A spare engine" in missed
    assert "You may be thinking of something else." in missed
    assert "💡 A hint for rockets-1" in missed, "before the answer"
    assert "The answer" not in missed
    assert "💡 Hint" not in labels(student.last)
    told = await student.presses("A.")
    assert "✅ Right!" in told
    assert "So says the lesson. [1]" in told
    assert "[1] Chang'e-5" in told, "with the source"
    assert "“Chang'e-5 was launched" in told, "which no link leads to"
    assert student.seen.replaced[-1].buttons == ()
    assert student.last.title == "Question 2 of 3"
    assert "(answer in kg)" in student.last.text
    assert "something is still missing" in await student.says("8200")
    assert "🟡 Partly right." in await student.says("8200")
    assert student.last.title == "Question 3 of 3"
    await student.says("a push")
    over = await student.says("a push")
    assert "❌ Not this time." in over
    assert "The answer: hot gas" in over
    assert student.last.text == "Done! 1 of 3 right. 1 partly right."
    assert labels(student.last) == ["📖 Back to the lesson", "🔁 Once more", "🎯 Another lesson"]
    assert notebook.kept_[CALLER].quiz is None
    await student.presses("📖")
    assert student.last.title == ROCKETS.title
    await student.says("/quiz rockets")
    assert student.last.title == "Question 1 of 3"


async def test_after_a_restart_it_goes_on(student: Student, notebook: Notebook, tutor: Noting) -> None:
    await student.says("/quiz rockets")
    await student.presses("A.")
    student.desk = desk_over(tutor, notebook, notebook, SmallPractice(), SmallCatalogue())
    assert "✅" in await student.says("8200 kg")
    assert tutor.asked == []


@pytest.mark.parametrize(
    "asks", ["What is thrust?", "what is thrust", "什么是推力", "推力是多少？", "When was that?", "why do rockets fall", "How heavy?"]
)
async def test_a_plain_question_is_answered_and_the_quiz_goes_on(student: Student, tutor: Noting, asks: str) -> None:
    await student.says("/quiz rockets")
    said = await student.says(asks)
    assert tutor.asked == [asks]
    assert "I hear you." in said
    assert student.last.title == "Question 1 of 3"
    await student.says("A")
    assert student.last.title == "Question 2 of 3"


@pytest.mark.parametrize(
    "unsure",
    ["I don't know", "idk sorry", "no idea lol", "不知道", "老师我不会", "skip", "next one please", "tell me the answer", "..."],
)
async def test_who_does_not_know_is_helped_and_then_told_and_hears_no_reproach(student: Student, tutor: Noting, unsure: str) -> None:
    await student.says("/quiz rockets")
    first = await student.says(unsure)
    assert "🙂 No worries, here is some help." in first
    assert "💡 A hint for rockets-1" in first
    assert "❌" not in first
    assert "thinking of something else" not in first
    second = await student.says(unsure)
    assert "🙂 Now you will know." in second
    assert "The answer: A" in second
    assert "❌" not in second
    assert student.last.title == "Question 2 of 3"
    await student.says("/stop")
    assert student.last.text == "The quiz is over: 0 right of 1 answered."
    assert tutor.asked == []


@pytest.mark.parametrize("plea", ["help", "hint please", "can I have a hint?", "why?", "what", "提示", "给我一个提示吧", "帮帮我", "为什么？"])
async def test_who_asks_for_help_is_helped_and_loses_no_try(student: Student, tutor: Noting, plea: str) -> None:
    await student.says("/quiz rockets")
    assert await student.says(plea) == "💡 A hint for rockets-1 in en."
    assert "❌ Not quite." in await student.says("B")
    assert tutor.asked == []


@pytest.mark.parametrize("reply", ["A", "hot gas", "it does not stop", "没有空气", "I know: gas", "600", "x " * 2000])
def test_what_says_something_is_a_reply(reply: str) -> None:
    assert not wants_help(reply)
    assert not is_unsure(reply)


async def test_a_button_pressed_twice_is_pressed_once(student: Student) -> None:
    await student.says("/quiz rockets")
    wrong = student.button("B.")
    assert wrong.action is not None
    assert "❌ Not quite." in await student.does(Press(wrong.action, wrong.text))
    assert await student.does(Press(wrong.action, wrong.text)) == ""
    again = student.button("B.")
    assert again.action is not None
    assert again.action != wrong.action
    assert "❌ Not this time." in await student.does(Press(again.action, again.text))


@pytest.mark.parametrize("cry", ["I want to kill myself", "我不想活了"])
async def test_who_is_in_need_is_not_marked(student: Student, tutor: Noting, cry: str) -> None:
    await student.says("/quiz rockets")
    assert "I hear you." in await student.says(cry)
    assert tutor.asked == [cry]
    assert student.last.title == "Question 1 of 3"
    await student.says(f"/feedback {cry}")
    assert tutor.asked == [cry, cry]


@pytest.mark.parametrize(
    "replies",
    [
        "8200 kg?",
        "maybe 3",
        "because it is heavy",
        "when it burns it is pushed",
        "不知道",
        "dead weight?",
        "is it A",
        "is it the gas?",
        "when it burns?",
        "是气体吗？",
        "8200千克？",
    ],
)
async def test_an_unsure_reply_is_a_reply(student: Student, tutor: Noting, replies: str) -> None:
    await student.says("/quiz rockets")
    await student.says(replies)
    assert tutor.asked == []
    assert "💡" in student.last.text


async def test_stop_and_every_command_end_it(student: Student, notebook: Notebook, tutor: Noting) -> None:
    assert await student.says("/stop") == ENGLISH.quizzing.no_quiz
    await student.says("/quiz rockets")
    await student.says("A")
    assert await student.says("/stop") == "The quiz is over: 1 right of 1 answered."
    await student.says("/quiz rockets")
    assert await student.presses("⏹") == "The quiz is over: 0 right of 0 answered."
    for command in ("/help", "/lessons", "/nonsense", "/ask Why?"):
        await student.says("/quiz rockets")
        await student.says(command)
        assert notebook.kept_[CALLER].quiz is None, command
    await student.says("dead weight")
    assert tutor.asked[-1] == "dead weight"


async def test_it_is_one_person_s_in_one_place(desk: FrontDesk, student: Student, tutor: Noting) -> None:
    elsewhere = Student(desk, place=Place("group", private=False))
    other = Student(desk, "1234", place=Place("group", private=False))
    await elsewhere.says("/quiz rockets")
    await student.says("dead weight")
    assert tutor.asked == ["dead weight"]
    pick = elsewhere.button("A.")
    assert pick.action is not None
    assert await other.does(Press(pick.action, pick.text)) == ENGLISH.quizzing.hint_other
    assert await student.does(Press(pick.action, pick.text)) == ENGLISH.quizzing.hint_other
    assert "✅" in await elsewhere.presses("A.")


async def test_buttons_of_a_question_that_is_done_and_letters_that_are_none(student: Student) -> None:
    await student.says("/quiz rockets")
    first = student.button("A.")
    await student.presses("A.")
    assert first.action is not None
    assert await student.does(Press(first.action, first.text)) == ENGLISH.quizzing.hint_other
    await student.says("/quiz rockets")
    for letter in ("D", "", "AB", "a", "\0", "é"):
        assert await student.does(Press(f"1:pick:rockets-1:{letter}", None)) == ENGLISH.quizzing.hint_other


async def test_a_lesson_that_changed_meanwhile_starts_over_kindly(student: Student, notebook: Notebook, tutor: Noting) -> None:
    for checks in ((), (NUMBER, CHOICE), (CHOICE,)):
        notebook.kept_.clear()
        student.desk = desk_over(tutor, notebook, notebook, SmallPractice(), SmallCatalogue())
        await student.says("/quiz rockets")
        if checks == (CHOICE,):
            await student.says("A")
        student.desk = desk_over(tutor, notebook, notebook, SmallPractice(checks), SmallCatalogue())
        assert await student.says("A") == ENGLISH.quizzing.changed
        assert notebook.kept_[CALLER].quiz is None


@pytest.mark.parametrize("kept", ["", "{}", "null", "[1]", "not json", '{"place": 1}', json.dumps({"at": -1}), "🚀" * 4000])
async def test_what_no_quiz_wrote_is_no_quiz(student: Student, notebook: Notebook, tutor: Noting, kept: str) -> None:
    await student.says("/level 4-6")
    notebook.kept_[CALLER] = replace(notebook.kept_[CALLER], quiz=kept)
    await student.says("dead weight")
    assert tutor.asked == ["dead weight"]
    assert await student.does(Press("1:pick:rockets-1:A", None)) == ENGLISH.quizzing.hint_other


async def test_the_lesson_opened_last_stands_first_and_others_are_told(notebook: Notebook, tutor: Noting) -> None:
    entries = (lesson("moon", "en", "The Moon", checks=2), ROCKETS, lesson("dust", "en", "Dust"))
    student = Student(desk_over(tutor, notebook, notebook, SmallPractice(), SmallCatalogue(entries)))
    await student.says("/start rockets")
    await student.says("/quiz")
    assert labels(student.last) == [ROCKETS.title, "The Moon"]
    assert await student.says("/quiz dust") == ENGLISH.quizzing.none_here
    await student.says("/quiz No Such Lesson")
    assert labels(student.last) == [ROCKETS.title, "The Moon"]
    await student.says("/quiz the moon")
    assert student.last.text == ENGLISH.quizzing.none_here


async def test_a_chinese_lesson_is_quizzed_in_chinese(desk: FrontDesk) -> None:
    student = Student(desk, language="zh")
    await student.says("/quiz 火箭是怎样飞起来的")
    assert student.last.title == "第 1 题，共 1 题"
    await student.presses("B.")
    assert "。 " not in student.last.text + "。", "Chinese has no blanks between sentences"
    assert "再试一次：空贮箱" in student.last.text
    assert "完成！答对 1 题，共 1 题。" in await student.presses("A.")


def test_what_is_written_down_is_bounded_and_comes_back() -> None:
    long = replace(STATE, place="x" * 64, doc_id="课" * 1000, lesson="课" * 1000, check_id="课" * 1000)
    assert len(long.written()) <= 4000
    assert read(long.written()) == long
    assert read(STATE.onward("right", "rockets-2").written()) == replace(STATE, at=1, check_id="rockets-2", right=1)
    assert read(None) is None
