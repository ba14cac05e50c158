"""A reply as Telegram messages: its title, its text, where it comes from, and its buttons."""

import logging
from collections.abc import Iterable, Iterator, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.port import Button, Reply, Source
from bot.telegram.formulas import readable
from bot.telegram.markup import at_most_entities, bold, closed, escape, italic, link, plain, short
from bot.telegram.split import pack, paragraphs
from bot.telegram.words import SOURCES

log = logging.getLogger(__name__)

LONGEST_LABEL = 128  # characters; a phone shows some 40 and cuts the rest itself, and the whole comes back when the button is pressed
LONGEST_ACTION = 64  # bytes
MOST_ROWS, MOST_IN_A_ROW = 25, 8

_TITLE, _PART, _NOTICE = 200, 120, 500  # characters


def messages(reply: Reply) -> list[str]:
    """The messages, in HTML, that show `reply`; the sources stand in the last one. None for a reply without a word."""
    heading = [bold(escape(closed(short(readable(reply.title), _TITLE)))), ""] if reply.title else []
    notice = [italic(escape(closed(short(reply.notice, _NOTICE))))] if reply.notice else []
    return [at_most_entities(message) for message in pack([*heading, *_body(reply.text)], [*_sources(reply), *notice])]


def preview(text: str) -> str:
    """As much of an answer on its way as one message holds, as plain text."""
    return plain(next(iter(pack(_body(text), [])), ""))


def source_line(source: Source) -> str:
    """A source in one line of HTML: its number, its title as a link where there is one, and where in it."""
    title = escape(closed(short(readable(source.title), _PART)))
    if source.url is not None and source.url.startswith("https://"):
        title = link(source.url, title)
    section = [source.section] if source.section else []
    line = " · ".join([f"[{source.n}] {title}", *(escape(closed(short(readable(part), _PART))) for part in (*section, *source.where))])
    return f"{line} ({escape(closed(source.note))})" if source.note else line


def keyboard(rows: Sequence[Sequence[Button]]) -> InlineKeyboardMarkup | None:
    """The buttons as Telegram takes them, those that it would refuse left out; None when there are none."""
    shown = [list(_buttons(row[:MOST_IN_A_ROW])) for row in rows[:MOST_ROWS]]
    return InlineKeyboardMarkup([row for row in shown if row]) if any(shown) else None


def _body(text: str) -> list[str]:
    return [line for paragraph in paragraphs(readable(text)) for line in (escape(closed(paragraph)), "")]


def _sources(reply: Reply) -> list[str]:
    if not reply.sources:
        return []
    return [bold(escape(SOURCES[reply.language])), *(source_line(source) for source in reply.sources), ""]


def _buttons(row: Iterable[Button]) -> Iterator[InlineKeyboardButton]:
    for button in row:
        label = short(readable(button.text), LONGEST_LABEL)
        if button.url is not None and button.url.startswith("https://") and label:
            yield InlineKeyboardButton(label, url=button.url)
        elif button.action is not None and 1 <= len(button.action.encode()) <= LONGEST_ACTION and label:
            yield InlineKeyboardButton(label, callback_data=button.action)
        else:
            log.error("left out a button that Telegram refuses: it needs a label, and an action of 1 to %d bytes or an https address", LONGEST_ACTION)
