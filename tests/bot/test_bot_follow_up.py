"""Asking on in Telegram: a private chat is one conversation; in a group each student's own, and each topic's."""

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from telegram_stage import Stage, Student

from knowledge_base.library import Library
from tutor.memory import Memory
from tutor.pseudonyms import Pseudonyms
from tutor.storage import SqlStore, sqlite
from tutor.tutor import Tutor

LAUNCHED, HEAVY = "When was Chang'e-5 launched?", "And how heavy was it?"


@asynccontextmanager
async def answering(stage: Stage, library: Library, path: Path) -> AsyncIterator[None]:
    """A bot with the real tutor and its memory, as wiring joins them."""
    memory = Memory(SqlStore(sqlite(path / "state.db")), Pseudonyms(b"k" * 32), library, retention=dt.timedelta(days=30))
    async with memory.running(), stage.bot(Tutor(library, memory=memory), caller_of=lambda user: memory.caller("telegram", str(user))):
        yield


async def test_a_private_chat_goes_on_and_another_s_does_not(stage: Stage, two_missions: Library, tmp_path: Path) -> None:
    student, other = Student(stage), Student(stage)
    async with answering(stage, two_missions, tmp_path):
        await student.says(LAUNCHED)
        await student.hears()
        await student.says(HEAVY)
        await other.says(HEAVY)
        await student.says("那它的质量是多少？")
        first, second, third = await student.hears(3)
        (stranger,) = await other.hears()
    assert "23 November 2020" in first
    assert "8,200 kg" in second
    assert "8,200千克" in third
    assert "8,200" not in stranger


async def test_in_a_group_each_student_and_each_topic_has_its_own(stage: Stage, two_missions: Library, tmp_path: Path) -> None:
    group = Student(stage, group=True)

    async def says(text: str, user: int, topic: int | None) -> None:
        sender = {"id": user, "is_bot": False, "first_name": "Wanda", "language_code": "en"}
        command: dict[str, Any] = {"entities": [{"type": "bot_command", "offset": 0, "length": 4}]}
        if topic is not None:
            command |= {"is_topic_message": True, "message_thread_id": topic}
        await group.says(f"/ask {text}", **{"from": sender}, **command)

    async with answering(stage, two_missions, tmp_path):
        asked = ((LAUNCHED, 1, 7), (HEAVY, 1, 7), (HEAVY, 2, 7), (HEAVY, 1, 8), (HEAVY, 1, None), ("and Chang'e-6?", 1, 7))
        for number, (text, user, topic) in enumerate(asked, 1):
            await says(text, user, topic)
            await group.hears(number)
        texts = await group.hears(len(asked))
    assert ["8,200" in text for text in texts] == [False, True, False, False, False, False]
    assert "8,350" in texts[-1]
