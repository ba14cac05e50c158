"""The bot in trouble: messages it cannot take, a tutor that fails, a Telegram that does, and being stopped."""

import asyncio
import logging
import signal
import socket
import traceback
from datetime import UTC, datetime

import pytest
from small_tutor import SmallTutor
from telegram import Bot, Chat, Message
from telegram_faults import Fault
from telegram_stage import Stage, Student, eventually

from bot import TelegramUnreachable, TokenRefused, run
from bot.send import typing
from bot.words import CHINESE, ENGLISH

VOICE = {"voice": {"file_id": "x", "file_unique_id": "x", "duration": 1}}
PHOTO = {"photo": [{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}]}
STICKER = {"sticker": {"file_id": "x", "file_unique_id": "x", "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}}


async def test_what_is_no_question_gets_a_friendly_line(stage: Stage) -> None:
    tutor = SmallTutor()
    student = Student(stage)
    async with stage.bot(tutor):
        for more in (VOICE, PHOTO, STICKER):
            await student.says(**more)
        await student.says(pinned_message={"message_id": 1, "date": 1, "chat": {"id": student.chat_id, "type": "private"}})
        await student.says(" \n ")
        await student.commands("/ask")
        await student.says("x" * 2001)
        await student.says("x" * 2000)
        await student.says(caption="What is this?", **PHOTO)
        texts = await student.hears(8)
    assert texts[:6] == [ENGLISH.only_text] * 3 + [ENGLISH.ask_something] * 2 + [ENGLISH.too_long]
    assert [question.text for question in tutor.asked] == ["x" * 2000, "What is this?"]


async def test_edits_are_ignored_and_a_repeated_update_is_answered_once(stage: Stage) -> None:
    tutor = SmallTutor()
    student = Student(stage)
    message = {
        "message_id": 1,
        "date": 1_790_000_000,
        "chat": {"id": student.chat_id, "type": "private"},
        "from": {"id": student.number, "is_bot": False, "first_name": "Wanda"},
    }
    async with stage.bot(tutor):
        twice = {"update_id": 900_000_001, "message": {**message, "text": "once"}}
        stage.account.pending += [twice, twice, {"update_id": 900_000_002, "edited_message": {**message, "text": "edited"}}]
        stage.account.pending.append({"update_id": 900_000_003, "message": {**message, "text": "last"}})
        await student.hears(2)
    assert [question.text for question in tutor.asked] == ["once", "last"]
    assert len(await student.heard()) == 2
    assert all(call.form["allowed_updates"] == '["message"]' for call in stage.calls("getUpdates"))


async def test_a_failing_tutor_is_apologised_for_and_logged_without_the_student(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    error = RuntimeError("no idea: 我的秘密")
    error.__cause__ = KeyError("我的秘密")
    student = Student(stage, language="zh-hans")
    async with stage.bot(SmallTutor(breaks={"我的秘密": error})):
        await student.says("我的秘密")
        assert await student.hears() == [CHINESE.apology]
        stage.faulty("sendMessage", Fault(403, "Forbidden: bot was blocked by the user"))
        await student.says("我的秘密")
        await student.says("还好吗")
        await student.hears(2)
    logged = "\n".join(f"{record.getMessage()} {record.exc_text}" for record in caplog.records if not record.name.startswith(("httpx2", "httpcore2")))
    assert "an update was not answered: RuntimeError at " in logged
    assert ", from KeyError" in logged
    for private in ("秘密", "还好吗", "Wanda", str(student.number), stage.token):
        assert private not in logged


async def test_a_student_who_blocked_the_bot_harms_nobody(stage: Stage) -> None:
    gone, other = Student(stage), Student(stage)
    async with stage.bot(SmallTutor()):
        stage.faulty("sendMessage", Fault(403, "Forbidden: bot was blocked by the user"))
        await gone.says("Hello")
        await eventually(lambda: _true_when(len(gone.sent()) == 1))
        await other.says("Hello")
        await other.hears()
    assert await gone.heard() == []


@pytest.mark.parametrize("how", ["cancelled", "terminated"])
async def test_a_bot_that_is_stopped_delivers_the_answer_it_began(stage: Stage, how: str) -> None:
    tutor = SmallTutor(gates={"slow": asyncio.Event()})
    student = Student(stage)
    async with stage.bot(tutor) as task:
        await student.says("slow")
        await eventually(tutor.is_asked)
        if how == "cancelled":
            task.cancel()
        else:
            assert callable(signal.getsignal(signal.SIGTERM)), "the bot must have a handler, or this ends the tests"
            signal.raise_signal(signal.SIGTERM)
        await asyncio.sleep(0.1)
        assert not task.done()
        tutor.gates["slow"].set()
        await asyncio.wait([task], timeout=5)
        assert task.cancelled() is (how == "cancelled")
        assert task.cancelled() or task.result() is None
    assert (await student.heard())[0].startswith("Echo: slow")
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


async def test_a_bot_that_is_stopped_does_not_wait_for_ever(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    tutor = SmallTutor(gates={"slow": asyncio.Event()})
    stage.shim.tokens.add(stage.token)
    task = asyncio.create_task(run(tutor, token=stage.token, api_url=stage.url, grace_s=0.1))
    await Student(stage).says("slow")
    await eventually(tutor.is_asked)
    task.cancel()
    await asyncio.wait([task], timeout=5)
    assert task.cancelled()
    assert "stopped with answers undelivered after 0.1 s" in caplog.text


async def test_typing_is_shown_at_once_and_again(stage: Stage) -> None:
    stage.shim.tokens.add(stage.token)
    async with Bot(stage.token, base_url=f"{stage.url}/bot") as bot:
        message = Message(1, datetime.now(UTC), Chat(5, Chat.PRIVATE))
        message.set_bot(bot)
        stage.faulty("sendChatAction", Fault(500, "Internal Server Error"))
        async with typing(message, every_s=0.01):
            await eventually(lambda: _true_when(len(stage.calls("sendChatAction")) >= 3))
        shown = len(stage.calls("sendChatAction"))
        await asyncio.sleep(0.05)
        assert len(stage.calls("sendChatAction")) - shown <= 1


async def test_a_telegram_that_is_down_is_one_clear_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(TelegramUnreachable, match=f"no Telegram at 'http://127.0.0.1:{port}' .*check the network") as caught:
        await run(SmallTutor(), token="1:AAsecret", api_url=f"http://127.0.0.1:{port}/")
    assert "AAsecret" not in str(caught.value)


@pytest.mark.parametrize("token", ["", "1:AAwrong"])
async def test_a_wrong_token_is_one_clear_error(stage: Stage, token: str) -> None:
    with pytest.raises(TokenRefused, match="refuses the bot's token: set NAVIGATOR_TELEGRAM_TOKEN") as caught:
        await run(SmallTutor(), token=token, api_url=stage.url)
    assert "AAwrong" not in "".join(traceback.format_exception(caught.value))


async def test_a_token_that_is_revoked_ends_the_bot(stage: Stage) -> None:
    async with stage.bot(SmallTutor()) as task:
        stage.shim.tokens.remove(stage.token)
        await Student(stage).says("ends the poll that is under way")
        await asyncio.wait([task], timeout=5)
        assert isinstance(task.exception(), TokenRefused)


async def _true_when(condition: bool) -> bool:
    return condition
