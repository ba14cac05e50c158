"""A line that was typed becomes what a person did: a command, a button pressed by its number, or words."""

import re

from rich.console import Console

from bot.port import Command, Desk, Heard, Person, Place, Press, Text
from bot.terminal.screen import Screen
from tutor.types import Language

WELCOME = "Write a question, or /help. /1 presses button 1; /quit or Ctrl-D ends.\n写下问题，或输入 /help；/1 按下按钮 1；/quit 或 Ctrl-D 退出。"
NO_BUTTON = "There is no button {0}. 没有按钮 {0}。"
_BUTTON = re.compile(r"[/／](\d{1,4})")
_COMMAND = re.compile(r"[/／](\S+)\s*(.*)", re.DOTALL)


class Terminal:
    """One person before one screen, who speaks with a desk."""

    def __init__(self, desk: Desk, out: Console, *, subject: str, language: Language = "en") -> None:
        self._desk = desk
        self._screen = Screen(out)
        self._person = Person(subject, language)

    async def hear(self, line: str) -> None:
        """Does what one line says, which is not blank, and returns when all is on the screen."""
        said = self._said(line)
        if said is None:
            await self._screen.hint(NO_BUTTON.format(line))
            return
        self._screen.begin(said)
        await self._desk.hear(Heard(self._person, Place("terminal", private=True), said), self._screen)

    def _said(self, line: str) -> Text | Command | Press | None:
        button = _BUTTON.fullmatch(line)
        if button is not None:
            return self._screen.press(int(button[1]))
        command = _COMMAND.fullmatch(line)
        return Command(command[1].lower(), command[2]) if command is not None else Text(line)
