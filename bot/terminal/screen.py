"""The terminal's side of the port: replies on a console, their sources as links that can be clicked, their buttons as numbers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rich.console import Console
from rich.style import Style
from rich.text import Text as Shown

from bot.port import Button, Command, Growing, Press, Reply, Source, Text

PLAIN, BOLD, DIM = Style(), Style(bold=True), Style(dim=True)
MAKING = "…"
_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)]) | {10: "\n", 9: " "}  # they would move the cursor, or worse


def _shown(text: str, style: Style = PLAIN) -> Shown:
    return Shown(text.translate(_CONTROLS), style)


class Screen:
    """A place to speak in; the buttons of all that was said last can be pressed by their numbers, from 1."""

    def __init__(self, out: Console) -> None:
        self._out = out
        self._buttons: list[Button] = []
        self._answered = False  # whether what was heard last has brought buttons of its own

    def begin(self, said: Text | Command | Press) -> None:
        """Something was heard: what comes now is said to it. What stood on a pressed button is shown, since only its number was typed."""
        self._answered = False
        if isinstance(said, Press):
            self._print(_shown(f"› {said.label}", DIM))

    def press(self, number: int) -> Press | None:
        """The button of that number as it is pressed; None when there is none."""
        button = self._buttons[number - 1] if 0 < number <= len(self._buttons) else None
        return Press(button.action, button.text) if button is not None and button.action is not None else None

    async def say(self, reply: Reply) -> None:
        """Shows a reply."""
        if reply.title:
            self._print(_shown(reply.title, BOLD))
        self._print(_shown(reply.text))
        self.show_rest(reply)

    @asynccontextmanager
    async def answering(self) -> AsyncIterator[Growing]:
        """Shows that an answer is being made, then the answer as it grows."""
        growing = _GrowingText(self, self._out)
        try:
            yield growing
        finally:
            growing.end()

    async def replace(self, reply: Reply) -> None:
        """What is on the screen stays there: it is said anew."""
        await self.say(reply)

    async def hint(self, text: str) -> None:
        """A word aside."""
        self._print(_shown(text, DIM))
        self._print()

    def show_rest(self, reply: Reply) -> None:
        """All that stands below a reply's text: where it comes from, and what can be pressed."""
        for source in reply.sources:
            self._print()
            self._show_source(source)
        if reply.notice:
            self._print()
            self._print(_shown(reply.notice, DIM))
        if any(reply.buttons):
            self._print()
        for row in reply.buttons:
            self._print(Shown().join([self._numbered(button) for button in row]))
        self._print()

    def _show_source(self, source: Source) -> None:
        place = " · ".join([source.title, *([source.section] if source.section else []), *source.where])
        line = f"[{source.n}] {place}" + (f" ({source.note})" if source.note else "")
        self._print(_shown(line, self._link(source.url)))
        for quote in source.quotes:
            self._print(_shown(f"    “{quote}”"))
        if source.url and not self._links:
            self._print(_shown(f"    {source.url}"))

    def _numbered(self, button: Button) -> Shown:
        if button.url is not None:
            return _shown(f"  {button.text}" + ("" if self._links else f": {button.url}"), self._link(button.url))
        if not self._answered:
            self._buttons, self._answered = [], True
        self._buttons.append(button)
        return _shown(f"  /{len(self._buttons)} {button.text}")

    @property
    def _links(self) -> bool:
        """Whether the console can show a link under other words; where it cannot, addresses are written out."""
        return self._out.color_system is not None

    def _link(self, url: str | None) -> Style:
        return Style(bold=True, link=url) if url is not None else BOLD

    def _print(self, shown: Shown | str = "") -> None:
        self._out.print(shown)


class _GrowingText:
    """An answer of which new text goes behind what stands there already."""

    def __init__(self, screen: Screen, out: Console) -> None:
        self._screen = screen
        self._out = out
        self._shown = ""
        self._waiting = out.status(MAKING) if out.is_terminal and not out.is_dumb_terminal else None
        if self._waiting is not None:
            self._waiting.start()

    async def show(self, text: str) -> None:
        self._wait_no_more()
        if text.startswith(self._shown):
            self._out.print(_shown(text[len(self._shown) :]), end="")
            self._shown = text

    async def finish(self, reply: Reply) -> None:
        """The rest of the text; the whole of it anew where it is not what was shown."""
        self._wait_no_more()
        begun = bool(self._shown) and reply.text.startswith(self._shown)
        if self._shown and not begun:
            self._out.print()
        self._out.print(_shown(reply.text[len(self._shown) :] if begun else reply.text))
        self._shown = ""
        self._screen.show_rest(reply)

    def end(self) -> None:
        """A line's end behind what is left unfinished."""
        self._wait_no_more()
        if self._shown:
            self._out.print()

    def _wait_no_more(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None
