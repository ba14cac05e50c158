"""The bot as a student meets it: the real application against a stand-in for Telegram."""

import asyncio
import json
from dataclasses import replace

import pytest
from small_tutor import ANSWER, CITATION, REFUSAL, SmallTutor
from telegram_faults import Fault
from telegram_html import utf16_length, visible
from telegram_stage import BOT, Stage, Student, eventually

from bot.words import CHINESE, ENGLISH, Words


@pytest.mark.parametrize(("language", "words"), [("en-GB", ENGLISH), ("zh-hans", CHINESE), ("fr", ENGLISH)])
async def test_start_and_help_speak_the_students_language(stage: Stage, language: str, words: Words) -> None:
    student = Student(stage, language=language)
    async with stage.bot(SmallTutor()):
        await student.commands("/start lesson-4")
        await student.commands("/help")
        await student.commands("/nonsense")
        assert await student.hears(3) == [words.start, words.help, words.help]


async def test_commands_are_announced_in_both_languages(stage: Stage) -> None:
    async with stage.bot(SmallTutor()):
        announced = {call.form.get("language_code"): json.loads(call.form["commands"]) for call in stage.calls("setMyCommands")}
    assert [command["command"] for command in announced[None]] == ["ask", "help", "start"]
    assert [command["description"] for command in announced["zh"]] == [what for _, what in CHINESE.commands]


async def test_a_question_is_answered_with_its_sources(stage: Stage) -> None:
    cited = replace(CITATION, url="https://school.example/rockets", page=2, as_of="2026-07")
    tutor = SmallTutor(known={"Why stages?": replace(ANSWER, citations=(cited,))})
    student = Student(stage)
    async with stage.bot(tutor):
        await student.says("  Why stages?\n")
        (text,) = await student.hears()
    assert text.startswith("An empty stage is only weight, so it is dropped [1].\n\nSources\n[1] Rockets · Stages · p. 2 · as of 2026-07\n“An empty")
    assert '<a href="https://school.example/rockets">Rockets</a>' in student.sent()[0].form["text"]
    assert [question.text for question in tutor.asked] == ["Why stages?"]


async def test_a_refusal_offers_something_else(stage: Stage) -> None:
    student = Student(stage)
    async with stage.bot(SmallTutor(known={"Who wins the cup?": REFUSAL})):
        await student.says("Who wins the cup?")
        (text,) = await student.hears()
    assert "That is not in our lessons.\n\nYou could look at:\n• How rockets fly\n• Chang'e 5 <2020>\n\n" in text


async def test_hostile_text_is_shown_and_not_obeyed(stage: Stage) -> None:
    hostile = '<b>x</i> & &amp; <a href="https://evil.example">here</a> </b> 🚀 <script>'
    student = Student(stage)
    async with stage.bot(SmallTutor()):
        await student.says(hostile)
        (text,) = await student.hears()
    assert text.startswith(f"Echo: {hostile}\n\n")
    assert len(student.sent()) == 1


async def test_what_telegram_cannot_parse_is_sent_as_plain_text(stage: Stage) -> None:
    student = Student(stage)
    async with stage.bot(SmallTutor()):
        stage.faulty("sendMessage", Fault(400, "Bad Request: can't parse entities: Unsupported start tag"))
        await student.says("2 < 3")
        (text,) = await student.hears()
    assert text.startswith("Echo: 2 < 3\n\nSources\n[1] Rockets")
    assert "parse_mode" not in student.sent()[-1].form


async def test_a_long_answer_comes_in_parts_with_its_sources_last(stage: Stage) -> None:
    text = "\n\n".join(f"{n}. 火箭 🚀 " + "climbs through the air & beyond. " * 20 for n in range(13))
    assert len(text) > 8500
    student = Student(stage)
    async with stage.bot(SmallTutor(known={"Tell me all": replace(ANSWER, text=text)})):
        await student.says("Tell me all")
        parts = await student.hears(3)
    assert len(parts) == 3
    assert all(utf16_length(part) <= 4096 for part in parts)
    assert ["Sources" in part for part in parts] == [False, False, True]
    assert "".join("".join(parts).split()).startswith("".join(text.split()))


async def test_a_slow_answer_keeps_nobody_else_waiting(stage: Stage) -> None:
    tutor = SmallTutor(gates={"slow": asyncio.Event()})
    patient, quick = Student(stage), Student(stage)
    async with stage.bot(tutor):
        await patient.says("slow")
        await eventually(tutor.is_asked)
        await quick.says("quick")
        await quick.hears()
        assert await patient.heard() == []
        assert {"chat_id": str(patient.chat_id), "action": "typing"} in [call.form for call in stage.calls("sendChatAction")]
        tutor.gates["slow"].set()
        await patient.hears()


async def test_one_students_messages_are_answered_in_order(stage: Stage) -> None:
    tutor = SmallTutor(gates={"first": asyncio.Event()})
    student, other = Student(stage), Student(stage)
    async with stage.bot(tutor):
        for text in ("first", "second", "third"):
            await student.says(text)
        await other.says("other")
        await other.hears()
        assert [question.text for question in tutor.asked] == ["first", "other"]
        tutor.gates["first"].set()
        answers = await student.hears(3)
    assert [answer.split("\n")[0] for answer in answers] == ["Echo: first", "Echo: second", "Echo: third"]
    mine, others = {q.conversation_id for q in tutor.asked if q.text != "other"}, {q.conversation_id for q in tutor.asked if q.text == "other"}
    assert len(mine) == len(others) == len(mine ^ others) / 2
    assert str(student.chat_id) not in str(mine)


async def test_who_asks_is_known_by_a_pseudonym_where_there_are_any(stage: Stage) -> None:
    tutor = SmallTutor()
    student = Student(stage)
    async with stage.bot(tutor, caller_of=lambda user: f"pseudonym of {user}"):
        await student.says("Why?")
        await student.hears()
    async with stage.bot(tutor):
        await student.says("Why not?")
        await student.hears(2)
    assert [question.caller for question in tutor.asked] == [f"pseudonym of {student.number}", None]


async def test_in_a_group_the_bot_answers_when_spoken_to(stage: Stage) -> None:
    tutor = SmallTutor()
    group = Student(stage, group=True)
    async with stage.bot(tutor):
        await group.says("Did you see the match?")
        await group.says("Ask @SomeBot", entities=[{"type": "mention", "offset": 4, "length": 8}])
        await group.says(
            sticker={"file_id": "x", "file_unique_id": "x", "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
        )
        await group.commands("/weather")
        await group.commands("/ask@SomeBot why?")
        await group.says("🚀 @testnamebot什么是轨道？", entities=[{"type": "mention", "offset": 3, "length": 12}])
        await group.says("And why?", reply_to_message={"message_id": 1, "date": 1, "chat": {"id": group.chat_id, "type": "supergroup"}, "from": BOT})
        await group.commands("/ask@TestNameBot What is\nan orbit?")
        await group.says("@TestNameBot", entities=[{"type": "mention", "offset": 0, "length": 12}])
        texts = await group.hears(4)
    assert [question.text for question in tutor.asked] == ["🚀 什么是轨道？", "And why?", "What is\nan orbit?"]
    assert texts[3] == ENGLISH.ask_something
    assert len(texts) == 4
    assert all(json.loads(call.form["reply_parameters"])["allow_sending_without_reply"] for call in group.sent())


async def test_when_telegram_says_wait_the_bot_waits_and_the_message_arrives(stage: Stage) -> None:
    student = Student(stage)
    async with stage.bot(SmallTutor()):
        stage.faulty("sendMessage", Fault(429, "Too Many Requests: retry after 1", retry_after=1))
        await student.says("Hello")
        assert len(await student.hears()) == 1
    refused, taken = student.sent()
    assert taken.at - refused.at >= 1
    assert visible(taken.form["text"]).startswith("Echo: Hello")
