"""The terminal as a messenger: the same desk, on a console that is a screen, a plain screen, or a pipe."""

import io
from collections.abc import AsyncGenerator
from dataclasses import dataclass

import pytest
from desk_course import ROCKETS, STAGES, SmallCatalogue, SmallPractice
from desk_notebook import Notebook
from desk_stage import desk_over
from rich.console import Console

from bot.desk.words import WORDS
from bot.terminal import Terminal
from tutor.types import Answer, Citation, Delta, Event, Final, Question, Sources, Suggestion

ENGLISH, CHINESE = WORDS["en"], WORDS["zh"]
LINKED = Citation(1, "p", "rockets.en", "Rockets", "Stages", 3, None, "https://x.example/?doc=rockets.en", "Dead [b]weight[/b].", "en", None, 0.9)
ANSWER = Answer(
    "a1", "c", "grounded", "Dead weight. [1] So it goes. [1]", "en", (LINKED,), 0.9, (Suggestion(STAGES, None),), "extract", "r", {}, "By a machine."
)


@dataclass
class Telling:
    """A tutor that tells one answer in two pieces, the second of which may never come."""

    breaks: bool = False
    text: str = "Dead weight. [1]"
    asked: str = ""

    async def stream(self, question: Question) -> AsyncGenerator[Event, None]:
        self.asked = question.text
        yield Sources(ANSWER.citations)
        yield Delta(self.text)
        if self.breaks:
            raise ValueError
        yield Delta(" So it goes. [1]")
        yield Final(ANSWER)


@dataclass
class Typed:
    """A terminal and all that it has shown since it was looked at last."""

    terminal: Terminal
    out: io.StringIO

    async def types(self, *lines: str) -> str:
        for line in lines:
            await self.terminal.hear(line)
        shown = self.out.getvalue()
        self.out.seek(0)
        self.out.truncate()
        return shown


def before(tutor: object, *, screen: bool = False) -> Typed:
    out, notebook = io.StringIO(), Notebook()
    desk = desk_over(tutor, notebook, notebook, SmallPractice(), SmallCatalogue())
    console = Console(
        file=out,
        force_terminal=screen,
        color_system="truecolor" if screen else None,
        width=80,
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=True,
    )
    return Typed(Terminal(desk, console, subject="terminal"), out)


async def test_an_answer_through_a_pipe_is_plain_text() -> None:
    assert await before(Telling()).types("why?") == (
        "Dead weight. [1] So it goes. [1]\n\n"
        "[1] Rockets · Stages · p. 3\n    “Dead [b]weight[/b].”\n    https://x.example/?doc=rockets.en\n\n"
        "By a machine.\n\n"
        f"  /1 {STAGES}\n  /2 👍  /3 👎\n\n"
    )


async def test_on_a_screen_it_grows_and_its_sources_can_be_clicked() -> None:
    shown = await before(Telling(), screen=True).types("why?")
    assert shown.count("Dead weight.") == 1, "what grew is not said twice"
    assert shown.index("Dead weight. [1]") < shown.index(" So it goes. [1]") < shown.index("[1] Rockets")
    assert "\x1b]8;" in shown
    assert shown.count("https://x.example/?doc=rockets.en") == 1


async def test_an_answer_that_breaks_off_is_apologised_for_on_a_line_of_its_own() -> None:
    for screen in (True, False):
        shown = await before(Telling(breaks=True), screen=screen).types("why?")
        assert f"Dead weight. [1]\n{ENGLISH.asking.apology}\n" in shown


async def test_buttons_are_pressed_by_their_numbers() -> None:
    tutor = Telling()
    typed = before(tutor)
    await typed.types("why?")
    shown = await typed.types("/1")
    assert shown.startswith(f"› {STAGES}\nDead weight.")
    assert tutor.asked == STAGES
    assert ENGLISH.asking.hint_not_yours in await typed.types("/2"), "the notebook keeps no answers"
    for none in ("/0", "/4", "/9999"):
        assert f"There is no button {none}." in await typed.types(none)
    assert await typed.types("/00004") == await typed.types("/help")
    assert await typed.types("／help") == await typed.types("/help"), "as a Chinese keyboard writes it"


async def test_browsing_choosing_and_a_quiz() -> None:
    typed = before(Telling())
    shown = await typed.types("/lessons", "/1")
    assert ROCKETS.title in shown
    assert "📖 Open in the course: https://player.example/?doc=rockets.en\n" in shown
    shown = await typed.types("/2")
    assert "Question 1 of 3" in shown
    assert "/1 A. Dead weight" in shown
    assert "✅" in await typed.types("/1")
    assert "still missing" in await typed.types("8200"), "a number typed is a reply, and no button"
    assert "I " not in await typed.types("what is thrust?"), "asked meanwhile"
    assert "/4 💡 Hint" in await typed.types("why do rockets fall?"), "the buttons of all that was said to one line"
    assert await typed.types("/lang") == f"{ENGLISH.choosing.language}\n\n  /1 English  /2 中文\n\n"
    assert CHINESE.choosing.language_is in await typed.types("/2")
    assert CHINESE.choosing.nothing in await typed.types("/FORGET")


@pytest.mark.parametrize("line", ["nul\0", "half \udcff", "x" * 2001])
async def test_lines_that_cannot_be_asked(line: str) -> None:
    tutor = Telling()
    assert await before(tutor).types(line)
    assert tutor.asked == ""


async def test_what_is_shown_moves_no_cursor() -> None:
    shown = await before(Telling(text="Up\x1b[2J\x07\x9b\rthere")).types("why?")
    assert shown.startswith("Up[2Jthere")
    assert "\x1b" not in shown
