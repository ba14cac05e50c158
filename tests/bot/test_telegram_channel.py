"""Speaking in a Telegram chat: answers that grow, and everything that Telegram may refuse on the way."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import pytest
from small_desk import SmallInbox
from small_telegram import TOKEN, SmallTelegram, buttons, forms, until

from bot.port import Button, Reply
from bot.telegram.channel import TelegramChannel
from bot.telegram.flood import Flood, Limits
from bot.telegram.growing import Drafts, Pace
from bot.telegram.ledger import Entry, Ledger
from bot.telegram.note import Note
from bot.telegram.outlet import Bot, Outlet
from bot.telegram.session import open_bot

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

WHOLE = Reply("The whole answer [1].", "en", buttons=((Button("👍", "up"),),))
PRIVATE = Note(chat=7, private=True, user=7, message=1001, kind="text", text="Why?")
GROUP = replace(PRIVATE, chat=-55, private=False)
PRESSED = replace(PRIVATE, kind="press", text="go", query="q1", message=50)


@dataclass
class Stage:
    """One bot that is quick about its limits, and channels to its chats."""

    telegram: SmallTelegram
    bot: Bot
    inbox: SmallInbox = field(default_factory=SmallInbox)
    drafts: Drafts = field(default_factory=Drafts)

    async def channel(self, note: Note, *, pace: float = 0.05) -> TelegramChannel:
        ledger = Ledger(self.inbox)
        entry = await ledger.take(1, note)
        assert isinstance(entry, Entry)
        outlet = Outlet(self.bot, note.chat, note.thread, answers=None if note.private else note.message)
        return TelegramChannel(outlet, entry, self.drafts, Pace(private=pace, group=pace, typing=0.1))


@pytest.fixture
async def stage(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    async with SmallTelegram().running() as telegram:
        bot = open_bot(TOKEN, telegram.url)
        flood = Flood(Limits(chat=(9, 0.0), group=(99, 0.0), overall=(99, 0.0)))
        monkeypatch.setattr(bot, "_rate_limiter", flood)
        await bot.initialize()
        telegram.calls.clear()
        yield Stage(telegram, bot)
        await bot.shutdown()


async def test_an_answer_grows_as_a_draft_and_ends_as_a_message(stage: Stage) -> None:
    channel = await stage.channel(PRIVATE)
    async with channel.answering() as growing:
        await until(lambda: stage.telegram.of("sendChatAction"))
        await growing.show("The")
        await until(lambda: stage.telegram.of("sendMessageDraft"))
        for text in ("The who", "The whole", "The whole answer"):
            await growing.show(text)
        await until(lambda: len(stage.telegram.of("sendMessageDraft")) == 2)
        assert stage.inbox.notes
        await growing.finish(WHOLE)
        assert not stage.inbox.notes
    assert forms(stage.telegram.of("sendMessageDraft"), "text", "draft_id") == [("The", "1"), ("The whole answer", "1")]
    (sent,) = stage.telegram.of("sendMessage")
    assert (sent.form["chat_id"], sent.form["text"], sent.form["parse_mode"]) == ("7", "The whole answer [1].", "HTML")
    assert buttons(sent) == [[{"text": "👍", "callback_data": "up"}]]
    assert "reply_parameters" not in sent.form


async def test_a_draft_is_renewed_while_nothing_comes(stage: Stage) -> None:
    channel = await stage.channel(PRIVATE)
    channel.pace = replace(channel.pace, renewed=0.1)
    async with channel.answering() as growing:
        await growing.show("The")
        await until(lambda: len(stage.telegram.of("sendMessageDraft")) == 3)
        await growing.finish(WHOLE)
    assert {call.form["text"] for call in stage.telegram.of("sendMessageDraft")} == {"The"}


async def test_drafts_come_no_faster_than_they_should(stage: Stage) -> None:
    channel = await stage.channel(PRIVATE, pace=0.2)
    begun = time.monotonic()
    async with channel.answering() as growing:
        for number in range(50):
            await growing.show(f"{number} words")
            await asyncio.sleep(0.01)
        await growing.finish(WHOLE)
    assert 2 <= len(stage.telegram.of("sendMessageDraft")) <= (time.monotonic() - begun) / 0.2 + 1


async def test_typing_is_shown_again_and_again(stage: Stage) -> None:
    stage.telegram.fails("sendChatAction", 500, "Internal Server Error")
    channel = await stage.channel(PRIVATE)
    async with channel.answering() as growing:
        await until(lambda: len(stage.telegram.of("sendChatAction")) >= 3)
        await growing.finish(WHOLE)
    shown = len(stage.telegram.of("sendChatAction"))
    await asyncio.sleep(0.15)
    assert len(stage.telegram.of("sendChatAction")) == shown


async def test_without_drafts_a_message_is_edited_and_written_down(stage: Stage) -> None:
    stage.telegram.unknown.add("sendMessageDraft")
    channel = await stage.channel(PRIVATE)
    async with channel.answering() as growing:
        await growing.show("The")
        await until(lambda: stage.inbox.amended)
        await growing.show("The whole")
        await until(lambda: stage.telegram.of("editMessageText"))
        await growing.finish(WHOLE)
    assert '"half":1' in stage.inbox.amended[0]
    assert stage.telegram.messages == {1: "The whole answer [1]."}
    assert not stage.drafts.there
    assert buttons(stage.telegram.of("editMessageText")[-1])
    assert len(stage.telegram.of("sendMessageDraft")) == 1


async def test_one_draft_that_is_refused_says_nothing_of_the_next_answer(stage: Stage) -> None:
    stage.telegram.fails("sendMessageDraft", 400, "Bad Request: TEXTDRAFT_PEER_INVALID")
    channel = await stage.channel(PRIVATE)
    async with channel.answering() as growing:
        await growing.show("The")
        await until(lambda: stage.telegram.messages)
        await growing.finish(WHOLE)
    assert stage.telegram.messages == {1: "The whole answer [1]."}
    assert stage.drafts.there


async def test_a_group_sees_an_edited_reply_to_the_question(stage: Stage) -> None:
    channel = await stage.channel(replace(GROUP, thread=9))
    async with channel.answering() as growing:
        await growing.show("The")
        await until(lambda: stage.telegram.messages)
        await growing.finish(WHOLE)
    (sent,) = stage.telegram.of("sendMessage")
    assert sent.form["message_thread_id"] == "9"
    assert json.loads(sent.form["reply_parameters"]) == {"message_id": 1001, "allow_sending_without_reply": True}
    assert stage.telegram.messages == {1: "The whole answer [1]."}
    assert not stage.telegram.of("sendMessageDraft")


async def test_after_a_restart_the_answer_takes_the_place_of_the_half(stage: Stage) -> None:
    stage.telegram.messages[50] = "The hal"
    channel = await stage.channel(replace(GROUP, half=50))
    async with channel.answering() as growing:
        await growing.show("The")
        await growing.finish(WHOLE)
    assert stage.telegram.messages == {50: "The whole answer [1]."}


async def test_a_half_that_is_gone_is_answered_anew(stage: Stage) -> None:
    stage.telegram.fails("editMessageText", 400, "Bad Request: message to edit not found")
    channel = await stage.channel(replace(GROUP, half=50))
    async with channel.answering() as growing:
        await growing.finish(WHOLE)
    assert stage.telegram.messages == {1: "The whole answer [1]."}


@pytest.mark.parametrize("how", ["error", "nothing", "other"])
async def test_no_half_stays_when_the_answer_ends_without_a_whole(stage: Stage, how: str) -> None:
    channel = await stage.channel(GROUP)
    try:
        async with channel.answering() as growing:
            await growing.show("The ha")
            await until(lambda: stage.inbox.amended)
            if how == "error":
                raise KeyError
    except KeyError:
        pass
    if how == "other":
        await channel.say(Reply("Sorry", "en"))
    await channel.close()
    assert list(stage.telegram.messages.values()) == (["Sorry"] if how == "other" else [])


async def test_a_half_of_an_earlier_life_goes_when_something_else_is_said(stage: Stage) -> None:
    stage.telegram.messages[50] = "The hal"
    channel = await stage.channel(replace(PRIVATE, half=50))
    await channel.say(Reply("Slow down", "en"))
    await channel.close()
    assert list(stage.telegram.messages.values()) == ["Slow down"]


async def test_a_view_on_its_way_is_waited_for_and_the_answer_comes_last(stage: Stage) -> None:
    stage.telegram.gates["sendMessageDraft"] = asyncio.Event()
    channel = await stage.channel(PRIVATE)
    async with channel.answering() as growing:
        await growing.show("The")
        await until(lambda: stage.telegram.of("sendMessageDraft"))
        await asyncio.wait_for(growing.show("The whole"), 0.1)
        finishing = asyncio.create_task(growing.finish(WHOLE))
        await asyncio.sleep(0.1)
        assert not stage.telegram.of("sendMessage")
        stage.telegram.gates["sendMessageDraft"].set()
        await finishing
    assert stage.telegram.calls[-1].method == "sendMessage"


async def test_a_long_answer_goes_on_in_further_messages(stage: Stage) -> None:
    long = Reply("\n\n".join(["word " * 700] * 3), "en", buttons=WHOLE.buttons)
    channel = await stage.channel(GROUP)
    async with channel.answering() as growing:
        await growing.show("word")
        await until(lambda: stage.telegram.messages)
        await growing.finish(long)
    sent = [call for call in stage.telegram.calls if call.method in ("sendMessage", "editMessageText")]
    assert len(stage.telegram.messages) == 3
    assert ["reply_markup" in call.form for call in sent] == [False, False, False, True]
    assert ["reply_parameters" in call.form for call in sent] == [True, False, True, False]


@pytest.mark.parametrize(
    ("status", "why", "parameters"),
    [
        (429, "Too Many Requests", {"retry_after": 1}),
        (502, "Bad Gateway", {}),
        (400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": -100}),
    ],
)
async def test_an_answer_arrives_all_the_same(stage: Stage, status: int, why: str, parameters: dict[str, int]) -> None:
    stage.telegram.fails("sendMessage", status, why, **parameters)
    await (await stage.channel(GROUP)).say(WHOLE)
    first, last = stage.telegram.of("sendMessage")
    assert stage.telegram.messages == {1: "The whole answer [1]."}
    assert last.form["chat_id"] == ("-100" if parameters.get("migrate_to_chat_id") else "-55")
    assert last.at - first.at >= (1 if status != 400 else 0)


async def test_html_and_buttons_that_telegram_refuses_are_left_out(stage: Stage) -> None:
    stage.telegram.fails("sendMessage", 400, "Bad Request: can't parse entities: Unsupported start tag")
    channel = await stage.channel(PRIVATE)
    await channel.say(replace(WHOLE, title="2 < 3"))
    assert forms(stage.telegram.of("sendMessage"), "text", "parse_mode") == [
        ("<b>2 &lt; 3</b>\n\nThe whole answer [1].", "HTML"),
        ("2 < 3\n\nThe whole answer [1].", ""),
    ]
    stage.telegram.fails("sendMessage", 400, "Bad Request: BUTTON_URL_INVALID")
    stage.telegram.fails("sendMessage", 400, "Bad Request: BUTTON_URL_INVALID")
    await channel.say(WHOLE)
    assert "reply_markup" not in stage.telegram.of("sendMessage")[-1].form
    assert len(stage.telegram.messages) == 2


async def test_a_thread_that_is_gone_is_answered_outside_it(stage: Stage) -> None:
    stage.telegram.fails("sendMessage", 400, "Bad Request: message thread not found")
    await (await stage.channel(replace(GROUP, thread=9))).say(WHOLE)
    assert forms(stage.telegram.of("sendMessage"), "message_thread_id", "parse_mode") == [("9", "HTML"), ("", "HTML")]


async def test_who_blocked_the_bot_is_left_alone(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="bot")
    stage.telegram.fails("sendMessage", 403, "Forbidden: bot was blocked by the user")
    channel = await stage.channel(PRIVATE)
    async with channel.answering() as growing:
        await growing.finish(WHOLE)
    await channel.say(WHOLE)
    assert len(stage.telegram.of("sendMessage")) == 1
    assert caplog.messages == ["a chat takes no more messages"]


async def test_a_press_is_answered_in_place(stage: Stage) -> None:
    channel = await stage.channel(PRESSED)
    await channel.replace(WHOLE)
    await channel.close()
    (edited,) = stage.telegram.of("editMessageText")
    assert (edited.form["message_id"], edited.form["text"]) == ("50", "The whole answer [1].")
    assert forms(stage.telegram.of("answerCallbackQuery"), "callback_query_id", "text") == [("q1", "")]
    stage.telegram.fails("editMessageText", 400, "Bad Request: message is not modified")
    await channel.replace(WHOLE)
    assert not stage.telegram.of("sendMessage")
    stage.telegram.fails("editMessageText", 400, "Bad Request: message can't be edited")
    await channel.replace(WHOLE)
    assert len(stage.telegram.of("sendMessage")) == 1


async def test_a_hint_is_shown_above_the_chat_once(stage: Stage) -> None:
    channel = await stage.channel(PRESSED)
    await channel.say(Reply("First", "en"))
    await channel.hint("x" * 300)
    await channel.close()
    assert forms(stage.telegram.of("answerCallbackQuery"), "text") == [("x" * 200,)]
    await channel.hint("said aloud")
    assert list(stage.telegram.messages.values()) == ["First", "said aloud"]


async def test_a_press_that_is_too_old_still_gets_its_hint(stage: Stage) -> None:
    stage.telegram.fails("answerCallbackQuery", 400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    channel = await stage.channel(PRESSED)
    await channel.hint("A kind word")
    assert list(stage.telegram.messages.values()) == ["A kind word"]
