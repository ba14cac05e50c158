"""Telegram's adapter over HTTP, before a small desk: messages that grow, are long, refused or late, groups, buttons."""

import asyncio
import time

import pytest
from small_desk import Act, SmallDesk, SmallInbox, grows
from telegram_faults import Fault
from telegram_html import utf16_length
from telegram_rig import Served
from telegram_scenes import Scenes, stages
from telegram_stage import BOT, Stage, Student, holds

from bot import TokenRefused
from bot.port import Button, Channel, Command, Heard, Press, Reply, Source, Text, Unreadable

scene: Scenes[Stage] = Scenes()

SOURCE = Source(1, "Rockets & stages", "Why <stages>?", ("p. 2",), None, "https://school.example/play?doc=rockets&t=5", ("An empty stage.",))
PHOTO = {"photo": [{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}]}
STICKER = {"sticker": {"file_id": "x", "file_unique_id": "x", "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}}
LOCATION = {"location": {"latitude": 1.0, "longitude": 2.0}}
VOICE = {"voice": {"file_id": "x", "file_unique_id": "x", "duration": 1}}


def says(text: str, *rows: tuple[Button, ...]) -> Act:
    """Says one thing."""

    async def act(_: Heard, channel: Channel) -> None:
        await channel.say(Reply(text, "en", buttons=rows))

    return act


@scene
async def an_answer_grows_in_a_draft_and_arrives_whole(stage: Stage) -> None:
    gate = asyncio.Event()
    desk = SmallDesk({"Why?": grows(Reply("One. [1]\n\nTwo.", "en", sources=(SOURCE,)), gate=gate)})
    student = Student(stage)
    async with stage.bot(desk, SmallInbox()):
        await student.says("Why?")
        await holds(lambda: stage.account.draft(student.chat_id) == "One. [1]")
        assert "typing" in {call.form["action"] for call in stage.calls("sendChatAction")}
        assert await student.heard() == []
        gate.set()
        (text,) = await student.hears()
    assert text.startswith("One. [1]\n\nTwo.\n\nSources\n[1] Rockets & stages · Why <stages>? · p. 2")
    assert {"type": "text_link", "url": SOURCE.url} in [{k: e.get(k) for k in ("type", "url")} for e in student.messages()[0]["entities"]]
    assert stage.account.draft(student.chat_id) is None


@scene
async def where_there_are_no_drafts_a_message_grows(stage: Stage) -> None:
    gate = asyncio.Event()
    stage.account.unknown_methods.add("sendMessageDraft")
    desk = SmallDesk({"Why?": grows(Reply("One.\n\nTwo.", "en"), gate=gate)})
    student, group = Student(stage), Student(stage, group=True)
    async with stage.bot(desk, SmallInbox()):
        await student.says("Why?")
        await group.mentions("@TestNameBot Why?")
        assert await student.hears() == await group.hears() == ["One."]
        gate.set()
        for chat in (student, group):
            await chat.sees("One.\n\nTwo.")
            assert len(await chat.heard()) == 1


@scene
async def five_thousand_characters_come_in_parts_with_the_sources_last(stage: Stage) -> None:
    text = "\n\n".join(f"{n}. 火箭 🚀 " + "climbs <b>through</b> the air & beyond. " * 14 for n in range(9))
    assert len(text) > 5000
    desk = SmallDesk({"All": grows(Reply(text, "en", sources=(SOURCE,), buttons=((Button("More", "more"),),)))})
    student = Student(stage)
    async with stage.bot(desk, SmallInbox()):
        await student.says("All")
        parts = await student.hears(2)
    assert len(parts) == 2
    assert all(utf16_length(part) <= 4096 for part in parts)
    assert ["Sources" in part for part in parts] == [False, True]
    assert ["reply_markup" in message for message in student.messages()] == [False, True]
    assert "".join("".join(parts).split()).startswith("".join(text.split()))


@scene
async def a_slow_answer_keeps_nobody_else_waiting_and_ones_own_in_order(stage: Stage) -> None:
    gate = asyncio.Event()
    desk = SmallDesk({"slow": grows(Reply("At last.", "en"), gate=gate)})
    patient, quick = Student(stage), Student(stage)
    async with stage.bot(desk, SmallInbox()):
        await patient.says("slow")
        await desk.hears()
        await patient.says("second")
        await quick.says("quick")
        assert await quick.hears() == ["Echo: quick"]
        assert await patient.heard() == []
        gate.set()
        assert await patient.hears(2) == ["At last.", "Echo: second"]


@scene
async def telegram_says_wait_and_the_message_arrives(stage: Stage) -> None:
    student, other = Student(stage), Student(stage)
    async with stage.bot(SmallDesk(), SmallInbox()):
        stage.faulty("sendMessage", Fault(429, "Too Many Requests: retry after 1", retry_after=1))
        await student.says("Hello")
        await holds(lambda: bool(student.sent()))
        await other.says("Hello")
        await other.hears()
        assert len(student.sent()) == 1, "only the chat that was told to wait waits"
        await student.hears()
    refused, taken = student.sent()
    assert taken.at - refused.at >= 1


@scene
async def what_telegram_cannot_parse_is_sent_as_plain_text(stage: Stage) -> None:
    hostile = '<b>x</i> & &amp; <a href="https://evil.example">here</a> </b> 🚀 <script> \u202eright to left\u202c zero\u200bwidth'
    tester, student = Student(stage), Student(stage)
    async with stage.bot(SmallDesk(), SmallInbox()):
        await tester.says(hostile)
        assert await tester.hears() == [f"Echo: {hostile}"]
        stage.faulty("sendMessage", Fault(400, "Bad Request: can't parse entities: Unsupported start tag"))
        await student.says("2 < 3")
        assert await student.hears() == ["Echo: 2 < 3"]
    assert "parse_mode" not in student.sent()[-1].form


@scene
async def a_group_that_was_upgraded_is_followed(stage: Stage) -> None:
    group = Student(stage, group=True)
    now = Student(stage, chat=-1_000_000 - group.number)
    async with stage.bot(SmallDesk(), SmallInbox()):
        stage.faulty("sendMessage", Fault(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to=now.chat_id))
        await group.mentions("@TestNameBot Hello")
        assert await now.hears() == ["Echo: Hello"]


@scene
async def in_a_group_the_bot_hears_only_what_is_said_to_it(stage: Stage) -> None:
    desk, group = SmallDesk(), Student(stage, group=True, topic=7)
    frame = {"message_id": 1, "date": 1, "chat": group.place["chat"]}
    async with stage.bot(desk, SmallInbox()):
        await group.says("Did you see the match?")
        await group.mentions("Ask @SomeBot", "@SomeBot")
        await group.says(**STICKER)
        await group.commands("/ask@SomeBot why?")
        await group.mentions("🚀 @testnamebot什么是轨道？", "@testnamebot")
        await group.says("And why?", reply_to_message={**frame, "text": "So.", "from": BOT})
        await group.commands("/ask@TestNameBot What is\nan orbit?")
        await desk.hears(3)
        await group.hears(3)
    assert [heard.said for heard in desk.heard] == [Text("🚀 什么是轨道？"), Text("And why?"), Command("ask", "What is\nan orbit?")]
    assert all(not heard.place.private for heard in desk.heard)
    assert all(call.form["message_thread_id"] == "7" and "reply_parameters" in call.form for call in group.sent())


@scene
async def what_holds_no_words_and_what_is_nobodys(stage: Stage) -> None:
    desk, student = SmallDesk(), Student(stage)
    frame = {"message_id": 5, "from": student.user, **student.place}
    channel = {"message_id": 5, "date": 1, "chat": {"id": -100, "type": "channel", "title": "News"}, "text": "News!"}
    async with stage.bot(desk, SmallInbox()):
        for more in (PHOTO, STICKER, LOCATION, VOICE):
            await Student(stage).says(**more)
        stage.deliver("message", {**frame, "from": {"id": 9, "is_bot": True, "first_name": "Other"}, "text": "I am a bot"})
        stage.deliver("message", {**frame, "new_chat_members": [student.user]})
        stage.account.allowed = None  # as with an update that waited since before the bot said what it wants
        stage.deliver("edited_message", {**frame, "edit_date": 2, "text": "edited"})
        stage.deliver("channel_post", channel)
        await student.says("last")
        await desk.hears(5)
        assert await student.hears() == ["Echo: last"]
    assert [heard.said for heard in desk.heard] == [Unreadable()] * 4 + [Text("last")]


@scene
async def an_update_is_answered_once_also_after_a_restart(stage: Stage) -> None:
    inbox, student = SmallInbox(), Student(stage)
    message = {"message_id": 5, "from": student.user, **student.place, "text": "once"}
    async with stage.bot(SmallDesk(), inbox):
        update = stage.deliver("message", message)
        assert update is not None
        stage.account.pending.append(update)
        await student.hears()
    async with stage.bot(SmallDesk(), inbox):
        stage.account.pending.append(update)
        await student.says("after")
        await student.hears(2)
    assert await student.heard() == ["Echo: once", "Echo: after"]


@scene
async def buttons_are_pressed_and_told_of(stage: Stage) -> None:
    async def pressed(_: Heard, channel: Channel) -> None:
        await channel.hint("x" * 300)

    desk = SmallDesk({"Well?": says("Well?", (Button("Right", "+"), Button("Wrong", "-"))), "": pressed})
    student, other = Student(stage), Student(stage)
    async with stage.bot(desk, SmallInbox()):
        await student.says("Well?")
        await student.hears()
        press = await student.presses("Wrong", by=other)
        await holds(lambda: stage.account.presses[press] is not None)
        await student.forges("made up \u202e", student.messages()[0])
        await student.forges("+", {"chat": student.place["chat"], "message_id": 3, "date": 0})
        await desk.hears(4)
        await holds(lambda: all(stage.account.presses.values()))
    assert [heard.said for heard in desk.heard[1:]] == [Press("-", "Wrong"), Press("made up \u202e", None), Press("+", None)]
    assert desk.heard[1].person.subject != desk.heard[0].person.subject
    answer = stage.account.presses[press]
    assert answer is not None
    assert answer["text"] == "x" * 200


@scene
async def commands_are_offered_in_both_languages(stage: Stage) -> None:
    async with stage.bot(SmallDesk(), SmallInbox()):
        await holds(lambda: len(stage.account.commands) == 2)
    assert [command["command"] for command in stage.account.commands["default"]] == ["start", "ask"]
    assert stage.account.commands["default zh"][1]["description"] == "提问"


@scene
async def a_token_that_is_revoked_ends_the_bot(stage: Stage) -> None:
    async with stage.bot(SmallDesk(), SmallInbox()) as task:
        stage.shim.tokens.remove(stage.token)
        await Student(stage).says("ends the poll that is under way")
        await asyncio.wait([task], timeout=5)
        assert isinstance(task.exception(), TokenRefused)
        assert stage.token not in str(task.exception())


@scene
async def a_chat_is_written_to_once_a_second(stage: Stage) -> None:
    student, began = Student(stage), time.monotonic()
    async with stage.bot(SmallDesk(), SmallInbox()):
        for number in range(3):
            await student.says(str(number))
        await student.hears(3)
    assert time.monotonic() - began >= 2
    assert all(later.at - sooner.at >= 0.95 for sooner, later in zip(student.sent(), student.sent()[1:], strict=False))


@pytest.fixture(scope="module")
def played(telegram: Served) -> dict[str, BaseException | None]:
    """What became of each scene."""
    return scene.play(stages(telegram))


@pytest.mark.parametrize("name", scene.plays)
def test_scene(played: dict[str, BaseException | None], name: str) -> None:
    error = played[name]
    if error is not None:
        raise error
