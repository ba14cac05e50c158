"""What a student sees of a reply."""

import random
from dataclasses import replace

import pytest
from telegram_html import utf16_length, visible

from bot.port import Button, Reply, Source
from bot.telegram.markup import at_most_entities, closed, escape
from bot.telegram.render import keyboard, messages, preview
from bot.telegram.words import language_of

SOURCE = Source(
    1, "Rockets", "Stages", ("p. 2", "as of 2026-07"), None, "https://school.example/?doc=rockets&t=5", ("An empty stage is dead weight.",)
)
REPLY = Reply("Stages are dropped [1].", "en", sources=(SOURCE,), notice="Written by a machine.")
HOSTILE = '</i></a><a href="https://evil.example">&amp; <script>"\'🚀'


def test_a_reply_shows_its_title_its_text_its_sources_and_its_notice() -> None:
    (message,) = messages(replace(REPLY, title="Why stages?"))
    assert visible(message) == (
        "Why stages?\n\nStages are dropped [1].\n\nSources\n[1] Rockets · Stages · p. 2 · as of 2026-07\n\nWritten by a machine."
    )
    assert '[1] <a href="https://school.example/?doc=rockets&amp;t=5">Rockets</a>' in message


def test_a_source_in_another_language_says_so() -> None:
    (message,) = messages(Reply("好 [1]", "zh", sources=(replace(SOURCE, section=None, where=(), note="英文", url=None),)))
    assert visible(message) == "好 [1]\n\n来源\n[1] Rockets (英文)"


@pytest.mark.parametrize("url", ["/lessons/1", "http://school.example", "javascript:alert(1)", None])
def test_only_https_is_a_link(url: str | None) -> None:
    (message,) = messages(replace(REPLY, sources=(replace(SOURCE, url=url),)))
    assert "<a " not in message


def test_no_field_can_break_out_of_its_place() -> None:
    source = Source(1, HOSTILE, HOSTILE, (HOSTILE,), HOSTILE, f"https://x/{HOSTILE}", (HOSTILE,))
    (message,) = messages(Reply(HOSTILE, "en", HOSTILE, (source,), HOSTILE))
    assert visible(message).count(HOSTILE) == 7
    assert message.count("<a ") == 1


def test_a_long_reply_keeps_its_sources_in_the_last_message() -> None:
    long = "\n\n".join(f"Paragraph {n}. " + "火箭 🚀 words & more. " * 30 for n in range(20))
    parts = messages(replace(REPLY, text=long, title="t" * 999))
    assert len(parts) > 2
    assert all(utf16_length(visible(part)) <= 4000 for part in parts)
    assert ["Sources" in part for part in parts] == [False] * (len(parts) - 1) + [True]
    assert "".join("".join(visible(part) for part in parts).split()).count("Paragraph") == 20


def test_many_long_sources_fit_and_have_no_more_links_than_telegram_shows() -> None:
    many = tuple(replace(SOURCE, n=n, title="t" * 999, section="s" * 999, where=("w" * 999,)) for n in range(1, 200))
    parts = messages(replace(REPLY, sources=many))
    assert all(utf16_length(visible(part)) <= 4000 for part in parts)
    assert sum(visible(part).count("[") for part in parts) == 200
    assert at_most_entities("<b>x</b>" * 101 + '<a href="y">z</a>') == "<b>x</b>" * 100 + "xz"


ATOMS = (
    "<",
    ">",
    "&",
    "&amp;",
    "<b>",
    "</a>",
    '"',
    "🚀",
    "火箭",
    "。",
    ". ",
    " ",
    "\n",
    "\n\n",
    "[12]",
    "\ud83d",
    "\ude80",
    "3.14",
    "word",
    "\u202e",
    "\u200b",
)
FORMULAS = ("$x^2$", "\\frac{a}{b}", "^2", "_3", "H_2O", "$", "\\(", "\\)", "{", "}", "\\sqrt", "%", "\\\\", "\\begin{x}", "~", "\x00")


@pytest.mark.parametrize("seed", range(60))
def test_any_text_at_all_is_one_that_telegram_takes(seed: int) -> None:
    rng = random.Random(seed)

    def noise(most: int) -> str:
        return "".join(rng.choices(ATOMS + FORMULAS, k=rng.randint(0, most)))

    sources = tuple(Source(n, noise(30), noise(10), (noise(10),), noise(3), f"https://x/{noise(5)}", ()) for n in range(rng.randint(0, 8)))
    reply = Reply(noise(3000), "en", noise(20), sources, noise(100))
    for message in (*messages(reply), escape(preview(reply.text))):
        assert utf16_length(visible(message)) <= 4096
        message.encode()


def test_a_reply_without_a_word_is_no_message() -> None:
    assert messages(Reply(" \n ", "en")) == []


def test_text_that_turns_the_reading_direction_turns_nothing_else() -> None:
    (message,) = messages(replace(REPLY, sources=(replace(SOURCE, title="left \u202e right", section="\u2067sect", url=None),)))
    assert "[1] left \u202e right\u202c · \u2067sect\u2069 · p. 2" in message
    assert closed("\u202aa\u202cb") == "\u202aa\u202cb"
    assert closed("\u2066\u202ex") == "\u2066\u202ex\u202c\u2069"


def test_formulas_are_readable_everywhere() -> None:
    (message,) = messages(replace(REPLY, text="10^{-3} [1]", title="$v_0$", sources=(replace(SOURCE, section="H_2O"),)))
    assert visible(message).startswith("v₀\n\n10⁻³ [1]\n\nSources\n[1] Rockets · H₂O")
    assert preview("x^2\n\nH_2O") == "x²\n\nH₂O"


def test_a_preview_is_one_message_of_plain_text() -> None:
    assert preview("<b> & \n\nmore") == "<b> & \n\nmore".replace("& \n", "&\n")
    assert utf16_length(preview("🚀" * 9000)) <= 4000
    assert preview("  ") == ""


def test_buttons_that_telegram_would_refuse_are_left_out(caplog: pytest.LogCaptureFixture) -> None:
    rows = (
        (
            Button("A question that is longer than any phone will show of it, and comes back whole?", action="1"),
            Button("Open", url="https://x.example"),
        ),
        (
            Button("Too long", action="火" * 22),
            Button("No scheme", url="http://x.example"),
            Button(" ", action="2"),
            Button("None"),
            Button("", action=""),
        ),
        (Button("b" * 200, action="x" * 64),),
    )
    markup = keyboard(rows)
    assert markup is not None
    shown = [[(button.text, button.callback_data, button.url) for button in row] for row in markup.inline_keyboard]
    assert shown[0] == [(rows[0][0].text, "1", None), ("Open", None, "https://x.example")]
    assert shown[1] == [("b" * 127 + "…", "x" * 64, None)]
    assert len(caplog.records) == 5
    assert keyboard(()) is None
    assert keyboard(((Button("None"),),)) is None


@pytest.mark.parametrize(("code", "language"), [("zh", "zh"), ("zh-hans", "zh"), ("ZH-TW", "zh"), ("en", "en"), ("fr", "en"), (None, "en")])
def test_students_are_spoken_to_in_their_language(code: str | None, language: str) -> None:
    assert language_of(code) == language
