"""Updates as Telegram sends them, and what the desk hears of them."""

from typing import Any

import pytest
from small_telegram import ME, message, press
from telegram import Update, User

from bot.port import Command, Heard, Person, Place, Press, Text, Unreadable
from bot.telegram.note import read, written
from bot.telegram.translate import noted

BOT = User.de_json(ME)
GROUP = -55
VOICE = {"voice": {"file_id": "x", "file_unique_id": "x", "duration": 1}}
PHOTO: dict[str, Any] = {"photo": [{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}]}
STICKER: dict[str, Any] = {
    "sticker": {"file_id": "x", "file_unique_id": "x", "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
}
PLACE = {"location": {"latitude": 1.0, "longitude": 2.0}}
CONTACT = {"contact": {"phone_number": "1", "first_name": "Wanda"}}
POLL = {
    "poll": {
        "id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False, "is_anonymous": True,
        "type": "regular", "allows_multiple_answers": False, "allows_revoting": False, "members_only": False,
    }
}  # fmt: skip
SENDER = {"id": 7, "is_bot": False, "first_name": "Wanda"}


def heard(update: dict[str, Any]) -> Heard | None:
    parsed = Update.de_json(update)
    assert BOT is not None
    note = noted(parsed, BOT)
    if note is None:
        return None
    again = read(written(note))
    assert again == note
    assert "Wanda" not in written(note)
    return again.heard if again is not None else None


def said(update: dict[str, Any]) -> object:
    one = heard(update)
    return one.said if one is not None else None


def test_a_private_message_is_text() -> None:
    assert heard(message(1, "  What is an orbit?\n")) == Heard(Person("7", "en"), Place("7/None", private=True), Text("What is an orbit?"))
    assert said(message(1, None, {"caption": "What is this?", **PHOTO})) == Text("What is this?")
    assert said(message(1, "\u202e\u200bשלום\u200f")) == Text("\u202e\u200bשלום\u200f")
    assert said(message(1, "half \ud83d")) == Text("half \ufffd")
    assert said(message(1, "x" * 4096)) == Text("x" * 4096)


@pytest.mark.parametrize("more", [VOICE, PHOTO, STICKER, PLACE, CONTACT, POLL], ids=lambda more: next(iter(more)))
def test_what_holds_no_words_is_unreadable(more: dict[str, Any]) -> None:
    assert said(message(1, None, more)) == Unreadable()
    assert said(message(1, None, more, chat=GROUP)) is None


@pytest.mark.parametrize("text", ["\u200b", " \u200d\u202e ", "\ufe0f"])
def test_text_that_nobody_can_see_is_unreadable(text: str) -> None:
    assert said(message(1, text)) == Unreadable()


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/start", Command("start")),
        ("/START lesson-4", Command("start", "lesson-4")),
        ("/start hello", Command("start")),
        ("/ask@testnamebot What is\nan orbit?", Command("ask", "What is\nan orbit?")),
        ("／Sources", Command("sources")),
        ("／ask 什么是轨道？", Command("ask", "什么是轨道？")),
        ("/unknown_thing", Command("unknown_thing")),
        ("/home/user", Text("/home/user")),
        ("/火箭", Text("/火箭")),
        ("/ask@SomeBot why?", None),
    ],
)
def test_commands(text: str, command: object) -> None:
    assert said(message(1, text)) == command


def mention(name: str, at: int) -> dict[str, Any]:
    return {"entities": [{"type": "mention", "offset": at, "length": len(name)}]}


def test_a_group_is_heard_when_it_speaks_to_the_bot() -> None:
    reply: dict[str, Any] = {"reply_to_message": {"message_id": 1, "date": 1, "chat": {"id": GROUP, "type": "supergroup"}, "from": ME}}
    topic = {"is_topic_message": True, "message_thread_id": 9}
    assert said(message(1, "🚀 @testnamebot什么是轨道？", mention("@testnamebot", 3), chat=GROUP)) == Text("🚀 什么是轨道？")
    assert said(message(1, "And why?", reply, chat=GROUP)) == Text("And why?")
    assert said(message(1, None, reply | STICKER, chat=GROUP)) == Unreadable()
    assert said(message(1, "@TestNameBot", mention("@TestNameBot", 0), chat=GROUP)) == Unreadable()
    caption: dict[str, Any] = {"caption": "@TestNameBot?", "caption_entities": [{"type": "mention", "offset": 0, "length": 12}]}
    assert said(message(1, None, caption | PHOTO, chat=GROUP)) == Text("?")
    assert said(message(1, "/ask why?", chat=GROUP)) == Command("ask", "why?")
    named = heard(message(1, "/lessons@TestNameBot", topic, chat=GROUP))
    assert named == Heard(Person("7", "en"), Place("-55/9", private=False), Command("lessons"))


def test_what_a_group_says_among_itself_is_nobodys() -> None:
    other = {"reply_to_message": {"message_id": 1, "date": 1, "chat": {"id": GROUP, "type": "supergroup"}, "from": SENDER}}
    for update in (
        message(1, "Did you see the match?", chat=GROUP),
        message(1, "Ask @SomeBot", mention("@SomeBot", 4), chat=GROUP),
        message(1, "Ask @TestNameBotter", mention("@TestNameBotter", 4), chat=GROUP),
        message(1, "Really?", other, chat=GROUP),
        message(1, "/ask@SomeBot why?", chat=GROUP),
    ):
        assert heard(update) is None


def test_edits_channels_bots_cards_and_service_messages_are_nobodys() -> None:
    text = message(1, "Hello")
    channel = {"id": -9, "type": "channel", "title": "News"}
    card = {"via_bot": ME}
    for update in (
        {"update_id": 1, "edited_message": text["message"]},
        {"update_id": 1, "channel_post": text["message"] | {"chat": channel}},
        message(1, "Hello", {"from": ME | {"id": 4}}),
        message(1, "/ask why?", {"sender_chat": channel}, chat=GROUP),
        message(1, "嫦娥五号", card),
        message(1, None, {"pinned_message": text["message"]}),
        message(1, None, {"new_chat_members": [SENDER]}, chat=GROUP),
        message(1),
        {"update_id": 1},
    ):
        assert heard(update) is None


def test_a_press_carries_the_text_of_its_button() -> None:
    assert heard(press(1, "v1:go", label="Why stages?")) == Heard(Person("7", "zh"), Place("7/None", private=True), Press("v1:go", "Why stages?"))
    assert said(press(1, "v1:go", label=None)) == Press("v1:go", None)
    forged = press(1, "v1:go")
    forged["callback_query"]["data"] = "v1:other"
    assert said(forged) == Press("v1:other", None)
    game = press(1, "v1:go")
    del game["callback_query"]["data"]
    assert heard(game) is None


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"chat":1,"private":true,"user":1,"message":1,"kind":"song"}', "\x00", '{"name":"Wanda"}'])
def test_a_note_of_another_version_is_none(text: str) -> None:
    assert read(text) is None
