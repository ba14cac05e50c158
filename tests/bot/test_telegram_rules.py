"""The stand-in for Telegram is strict: what Telegram refuses, it refuses."""

import pytest
from telegram_html import visible
from telegram_rig import Served

PREVIEW = '{"is_disabled": true}'


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ({"chat_id": "1", "text": "x" * 4096, "link_preview_options": PREVIEW}, None),
        ({"chat_id": "@channel", "text": "🚀" * 2048}, None),
        ({"chat_id": "1", "text": "🚀" * 2049}, "sendMessage.text: 4098 is not within 1-4096 characters"),
        ({"chat_id": "1", "text": ""}, "sendMessage.text: 0 is not within 1-4096 characters"),
        ({"chat_id": "1"}, "sendMessage: 'text' is missing"),
        ({"chat_id": "1", "text": "x", "txet": "x"}, "sendMessage: unknown 'txet'"),
        ({"chat_id": "1", "text": "x", "message_thread_id": "one"}, "sendMessage.message_thread_id: 'one' is not Integer"),
        ({"chat_id": "1", "text": "x", "link_preview_options": '{"disabled": true}'}, "LinkPreviewOptions: unknown 'disabled'"),
        ({"chat_id": "1", "text": "x", "entities": '[{"type": "bold"}]'}, "MessageEntity: 'offset' is missing"),
    ],
)
def test_requests_are_checked_against_the_schema(telegram: Served, form: dict[str, str], problem: str | None) -> None:
    problems = telegram.shim.schema.problems("sendMessage", form)
    assert problems[:1] == ([] if problem is None else [problem])


def test_commands_are_checked_inside_their_list(telegram: Served) -> None:
    assert telegram.shim.schema.problems("setMyCommands", {"commands": '[{"command": "ask"}]'}) == ["BotCommand: 'description' is missing"]
    assert telegram.shim.schema.problems("getYou", {}) == ["getYou: no such method"]


def test_html_is_read_as_telegram_reads_it() -> None:
    assert visible('<b>A</b> &lt;b&gt; <a href="https://x.example/?a&amp;b">&quot;link&quot;</a> &copy;') == 'A <b> "link" &copy;'


@pytest.mark.parametrize("markup", ["<b>", "</b>", "<b><i></b></i>", "<script>x</script>", "1 < 2", "<a href='x'>x</a>", "<>"])
def test_html_that_telegram_refuses(markup: str) -> None:
    with pytest.raises(ValueError, match="can't parse entities"):
        visible(markup)
