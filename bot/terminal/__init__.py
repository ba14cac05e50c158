"""A terminal as a messenger: one person, one private place, buttons as numbers, sources as links."""

from bot.terminal.lines import lines
from bot.terminal.terminal import WELCOME, Terminal

__all__ = ["WELCOME", "Terminal", "lines"]
