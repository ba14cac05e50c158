"""`navigator bot` as a student meets it: the real program, the real tutor over a small course, the real database, over HTTP."""

import asyncio
import json
import time
from typing import Any

import pytest
from small_school import Program
from telegram_rig import Served
from telegram_scenes import Scenes, stages
from telegram_stage import BOT, Stage, Student, holds

scene: Scenes[Stage] = Scenes()

STAGES, LAUNCHED, HEAVY = "Why do rockets drop their empty stages?", "When was Chang'e-5 launched?", "And how heavy was it?"
STAGES_ZH = "火箭为什么要分级？"
PLAYER = "https://school.example/play?doc=rockets.en&anchor=why-do-rockets-drop-their-empty-stages"


def links(message: dict[str, Any]) -> list[str]:
    """Where a message's links lead."""
    return [entity["url"] for entity in message.get("entities", ()) if entity["type"] == "text_link"]


@scene
async def start_speaks_the_students_language(class_of: Stage) -> None:
    greetings = {"en-GB": "Hello! I am Navigator", "zh-hans": "你好！我是 Navigator", "fr": "Hello!"}
    for language, greeting in greetings.items():
        student = Student(class_of, language=language)
        await student.commands("/start")
        assert (await student.hears())[0].startswith(greeting)


@scene
async def a_deep_link_opens_a_lesson_and_an_unknown_one_is_told_kindly(class_of: Stage) -> None:
    opened, lost = Student(class_of), Student(class_of)
    await opened.commands("/start rockets")
    await lost.commands("/start <b>nowhere</b>")
    assert "How rockets work" in (await opened.hears())[0]
    assert "/lessons" in (await lost.hears())[0]


@scene
async def a_question_in_each_language_is_answered_with_its_source(class_of: Stage) -> None:
    english, chinese = Student(class_of), Student(class_of, language="zh-hans")
    await english.says(f"  {STAGES}\n")
    await chinese.says(STAGES_ZH)
    (text,) = await english.hears()
    assert "less mass is easier to speed up" in text
    assert "[1] How rockets work" in text
    assert links(english.messages()[-1]) == [PLAYER]
    (text,) = await chinese.hears()
    assert "空贮箱只是多余的质量" in text
    assert "[1] 火箭是怎样飞起来的" in text


@scene
async def what_a_lesson_says_in_markup_is_shown_and_not_obeyed(class_of: Stage) -> None:
    student = Student(class_of)
    await student.says("What is an empty stage of a rocket?")
    assert "<b>dead weight</b> & nothing else" in (await student.hears())[0]


@scene
async def a_conversation_goes_on_until_a_new_one_and_is_ones_own(class_of: Stage) -> None:
    student, other = Student(class_of), Student(class_of)
    for number, text in enumerate((LAUNCHED, HEAVY, "/new", HEAVY), 1):
        await (student.commands(text) if text.startswith("/") else student.says(text))
        await student.hears(number)
    await other.says(HEAVY)
    launched, heavy, _, again = await student.hears(4)
    assert "23 November 2020" in launched
    assert "8,200 kg" in heavy
    assert "8,200" not in again
    assert "8,200" not in (await other.hears())[0]


@scene
async def a_refusal_names_lessons_to_open_by_button(class_of: Stage) -> None:
    student = Student(class_of)
    await student.says("Who painted the famous sunflowers?")
    await student.hears()
    assert links(student.messages()[0]) == []
    (label, *_), *_ = student.buttons()
    await student.presses(label)
    await student.sees(label)


@scene
async def an_answer_is_judged_once_by_its_own_student(class_of: Stage) -> None:
    student, other = Student(class_of), Student(class_of)
    await student.says(STAGES)
    await student.hears()
    hints = [await told(class_of, await student.presses(label, by=by)) for label, by in (("👍", None), ("👎", None), ("👍", other))]
    assert ["👍" in hints[0], "👎" in hints[1]] == [True, True]
    assert "not one of yours" in hints[2]


@scene
async def a_forged_or_old_button_gets_a_kind_hint(class_of: Stage) -> None:
    student = Student(class_of)
    for data in ("up:AAAA", "nonsense", "1", "\u202e<b>", "火" * 21, "quote:" + "9" * 58):
        press = await student.forges(data, {**student.place, "message_id": 1, "from": BOT, "text": "old"})
        assert await told(class_of, press)
    assert student.messages() == []


@scene
async def lessons_and_missions_are_browsed_by_button(class_of: Stage) -> None:
    student = Student(class_of)
    await student.commands("/lessons")
    await student.hears()
    await student.presses("How rockets work")
    await student.sees("explain stages")
    await student.commands("/missions")
    await holds(lambda: ["Chang'e-5"] in student.buttons())
    await student.presses("Chang'e-5")
    await student.sees("23 November 2020")


@scene
async def choices_are_kept_and_said_in_the_language_chosen(class_of: Stage) -> None:
    student = Student(class_of)
    await student.commands("/lang")
    await student.hears()
    await student.presses("中文")
    await student.commands("/level")
    await student.sees("年级")
    await student.presses(student.buttons()[1][0])
    await student.commands("/help")
    await student.sees("/forget")
    assert "清除" in student.messages()[-1]["text"] or "删除" in student.messages()[-1]["text"]


@scene
async def a_quiz_hints_marks_and_explains_with_its_source(class_of: Stage) -> None:
    student = Student(class_of)
    await student.commands("/quiz rockets")
    await student.hears()
    await student.presses("💡")
    await student.sees("rucksack")
    await student.presses("too hot")
    await student.sees("heat is the trouble")
    await student.presses("Less mass")
    await student.sees("Question 2 of 5")
    await student.commands("/stop")
    await student.sees("1 right of 1")
    assert any("✅" in message["text"] and links(message) == [PLAYER] for message in student.messages())


@scene
async def all_is_forgotten_at_once_and_shown_to_be(class_of: Stage) -> None:
    student = Student(class_of)
    await student.says(STAGES)
    await student.hears()
    for number, (command, proof) in enumerate(
        (("/privacy", "30 days"), ("/forget", "Before: answers (1)"), ("/forget", "Nothing was kept"), ("/sources", "")), 2
    ):
        await student.commands(command)
        assert proof in (await student.hears(number))[-1]


@scene
async def sources_of_the_last_answer_and_a_comment_on_it(class_of: Stage) -> None:
    student = Student(class_of)
    await student.says(STAGES)
    await student.hears()
    await student.commands("/sources")
    assert "[1] How rockets work" in (await student.hears(2))[1]
    await student.commands("/feedback 👍 thank you")
    assert "noted" in (await student.hears(3))[2]


@scene
async def facts_are_offered_in_any_chat(class_of: Stage) -> None:
    student = Student(class_of, language="zh-hans")
    queries = [await student.looks_up(text) for text in ("嫦娥五号", "", "zzz", "<b>&" + "x" * 250)]
    await holds(lambda: all(class_of.account.queries[query] is not None for query in queries))
    cards = [json.loads((class_of.account.queries[query] or {})["results"]) for query in queries]
    assert "嫦娥五号" in cards[0][0]["title"] + cards[0][0]["input_message_content"]["message_text"]
    assert "href" in cards[0][0]["input_message_content"]["message_text"]
    assert cards[2] == []


@scene
async def in_a_group_each_student_has_a_conversation(class_of: Stage) -> None:
    first = Student(class_of, group=True)
    second = Student(class_of, chat=first.chat_id)
    await first.commands("/weather")
    await first.says("Did you see the match?")
    await first.mentions(f"@TestNameBot {LAUNCHED}")
    assert "23 November 2020" in (await first.hears())[0]
    await first.commands(f"/ask@TestNameBot {HEAVY}")
    assert "8,200 kg" in (await first.hears(2))[1]
    await second.mentions(f"{HEAVY} @TestNameBot")
    assert "8,200" not in (await first.hears(3))[2]


@scene
async def odd_text_gets_a_kind_reply(class_of: Stage) -> None:
    for text in ("x" * 4096, "\u200b\u200d", "\u202eخلف", "<b>&</b> &amp; <script>", "\u0000why?", "?", "🚀" * 300):
        student = Student(class_of)
        await student.says(text)
        (reply,) = await student.hears()
        assert "went wrong" not in reply, text


@scene
async def what_holds_no_words_gets_a_kind_reply(class_of: Stage) -> None:
    student = Student(class_of)
    await student.says(venue={"location": {"latitude": 1.0, "longitude": 2.0}, "title": "x", "address": "y"})
    assert "only read text" in (await student.hears())[0]


@scene
async def who_asks_without_end_is_asked_for_patience(class_of: Stage) -> None:
    student = Student(class_of)
    for _ in range(6):
        await student.says(STAGES)
    texts = await student.hears(6, within_s=30)
    assert ["ask again in" in text for text in texts] == [False] * 4 + [True] * 2


@scene
async def twenty_students_ask_at_once(class_of: Stage) -> None:
    students = [Student(class_of, language=language) for language in ("en", "zh-hans") * 10]
    began, floods = time.monotonic(), len(class_of.account.meter.floods)
    await asyncio.gather(*(student.says(STAGES if student.language == "en" else STAGES_ZH) for student in students))
    for student in students:
        await student.hears(within_s=30)
    texts = [student.messages()[0]["text"] for student in students]
    assert all("[1]" in text and links(student.messages()[0]) for text, student in zip(texts, students, strict=True))
    assert len(class_of.account.meter.floods) == floods == 0
    print(f"20 students were answered within {time.monotonic() - began:.1f} s")


async def told(stage: Stage, press: str) -> str:
    """What a press was answered with."""
    await holds(lambda: stage.account.presses[press] is not None)
    return (stage.account.presses[press] or {}).get("text", "")


@pytest.fixture(scope="module")
def played(telegram: Served, open_school: tuple[str, Program]) -> dict[str, BaseException | None]:
    """What became of each scene."""
    return scene.play(stages(telegram, open_school[0]))


@pytest.mark.parametrize("name", scene.plays)
def test_scene(played: dict[str, BaseException | None], name: str) -> None:
    error = played[name]
    if error is not None:
        raise error


def test_the_log_tells_of_nobody(played: dict[str, BaseException | None], open_school: tuple[str, Program]) -> None:
    assert played
    token, program = open_school
    logged = "\n".join(program.lines)
    assert "INFO the bot listens to Telegram as @TestNameBot, by polling" in logged, "the operator sees that it runs, and since when"
    assert not [private for private in ("Wanda", token, STAGES, "sunflowers", "Traceback", "ERROR") if private in logged]
