"""What a student sees of an answer."""

from dataclasses import replace

import pytest
from small_tutor import ANSWER, CITATION, REFUSAL
from telegram_html import utf16_length, visible

from bot.render import render
from bot.words import CHINESE, ENGLISH, WORDS, language_of

HOSTILE = '</i></a><a href="https://evil.example">&amp; <script>"\'🚀'


def test_an_answer_shows_its_sources_and_that_a_machine_wrote_it() -> None:
    (message,) = render(ANSWER)
    assert visible(message) == (
        "An empty stage is only weight, so it is dropped [1].\n\n"
        "Sources\n[1] Rockets · Stages\n“An empty stage is dead weight.”\n\n" + ENGLISH.machine
    )


def test_citations_of_one_section_are_one_source() -> None:
    second = replace(CITATION, n=2, quote="Dropping it saves fuel.")
    other = replace(CITATION, n=3, section="Fuel")
    (message,) = render(replace(ANSWER, citations=(CITATION, other, second)))
    assert "[1] [2] Rockets · Stages\n“An empty stage is dead weight.”\n“Dropping it saves fuel.”\n\n[3] Rockets · Fuel" in visible(message)


def test_a_source_says_where_and_when() -> None:
    cited = replace(CITATION, page=3, position_s=3725.5, as_of="2026-07", language="zh")
    (message,) = render(replace(ANSWER, citations=(cited, replace(cited, n=2, page=5, position_s=65))))
    assert "[1] [2] Rockets · Stages · p. 3, 5 · at 1:02:05, 1:05 · as of 2026-07 (in Chinese)" in visible(message)
    (message,) = render(replace(ANSWER, language="zh", citations=(replace(cited, language="en", section=None, page=0, position_s=0),)))
    assert "[1] Rockets · 第 0 页 · 0:00 处 · 截至 2026-07 (英文)" in visible(message)


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://school.example/?a=1&b=2", True),
        ("/lessons/1", False),
        ("http://school.example", False),
        ("javascript:alert(1)", False),
        (None, False),
    ],
)
def test_only_https_is_a_link(url: str | None, linked: bool) -> None:
    (message,) = render(replace(ANSWER, citations=(replace(CITATION, url=url),)))
    assert ('<a href="https://school.example/?a=1&amp;b=2">Rockets</a>' in message) is linked


def test_no_field_can_break_out_of_its_place() -> None:
    cited = replace(CITATION, title=HOSTILE, section=HOSTILE, quote=HOSTILE, as_of=HOSTILE, url=f"https://x/{HOSTILE}")
    answer = replace(ANSWER, text=HOSTILE, citations=(cited,), suggestions=REFUSAL.suggestions, notice=HOSTILE)
    (message,) = render(answer)
    assert visible(message).count(HOSTILE) == 6
    assert message.count("<a ") == 1


def test_long_fields_are_shortened_and_a_long_list_of_sources_still_fits() -> None:
    cited = tuple(
        replace(CITATION, n=n, doc_id=f"d{n % 9}", title="t" * 999, section="s" * 999, as_of="d" * 99, quote=f"{n} " + "q" * 999, page=n)
        for n in range(1, 200)
    )
    messages = render(replace(ANSWER, citations=cited, notice="n" * 5000))
    assert all(utf16_length(visible(message)) <= 4000 for message in messages)
    assert sum(visible(message).count("“") for message in messages) == 199


def test_a_refusal_lists_what_to_look_at() -> None:
    (message,) = render(REFUSAL)
    assert visible(message) == ("That is not in our lessons.\n\nYou could look at:\n• How rockets fly\n• Chang'e 5 <2020>\n\n" + ENGLISH.machine)


def test_a_notice_stands_where_the_usual_line_does() -> None:
    (message,) = render(replace(ANSWER, language="zh", notice="来自模型"))
    assert visible(message).endswith("\n\n来自模型")
    assert CHINESE.machine not in visible(message)


def test_an_answer_without_text_still_says_something() -> None:
    assert [visible(message) for message in render(replace(REFUSAL, text=" ", suggestions=()))] == [ENGLISH.machine]


@pytest.mark.parametrize(("code", "language"), [("zh", "zh"), ("zh-hans", "zh"), ("ZH-TW", "zh"), ("en", "en"), ("fr", "en"), (None, "en")])
def test_students_are_spoken_to_in_their_language(code: str | None, language: str) -> None:
    assert language_of(code) == language


def test_every_line_of_both_languages_is_short_enough_for_telegram() -> None:
    for words in WORDS.values():
        assert all(len(line) < 1000 for line in (words.start, words.help, words.too_long, words.apology))
        assert all(len(name) <= 32 and len(what) <= 256 for name, what in words.commands)
