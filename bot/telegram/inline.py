"""Inline mode: ``@bot 嫦娥五号`` written in any chat offers facts with their sources, to be sent there."""

import hashlib
import logging
from collections.abc import Sequence

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.port import Desk, Source
from bot.telegram.formulas import readable
from bot.telegram.markup import bold, closed, escape, short
from bot.telegram.outlet import Bot
from bot.telegram.render import source_line
from bot.telegram.translate import OPENED
from bot.telegram.words import OPEN_CHAT, language_of
from tutor.catalogue import Card

log = logging.getLogger(__name__)

CACHE_S = 60  # a newly published release is seen soon
MOST_CARDS = 10

_TITLE, _TEXT, _DESCRIPTION = 100, 2000, 120  # characters


async def offer(query: InlineQuery, desk: Desk, bot: Bot) -> None:
    """Answers an inline query with cards, and a button that leads into the private chat."""
    language = language_of(query.from_user.language_code)
    cards = await desk.cards(query.query.strip(), language)
    button = InlineQueryResultsButton(OPEN_CHAT[language], start_parameter=OPENED)
    try:
        await bot.answer_inline_query(query.id, articles(cards), cache_time=CACHE_S, is_personal=False, button=button)
    except TelegramError as error:  # too old by now, most often: who typed on has asked anew
        log.info("an inline query was not answered: %s", type(error).__name__)


def articles(cards: Sequence[Card]) -> list[InlineQueryResultArticle]:
    """Cards as Telegram offers them, each once."""
    return [_article(card) for card in {card.card_id: card for card in cards[:MOST_CARDS]}.values()]


def _article(card: Card) -> InlineQueryResultArticle:
    title, text = short(readable(card.title), _TITLE), short(readable(card.text), _TEXT)
    return InlineQueryResultArticle(
        hashlib.sha256(card.card_id.encode()).hexdigest()[:32],  # Telegram takes 64 bytes
        title,
        InputTextMessageContent(
            f"{bold(escape(closed(title)))}\n\n{escape(closed(text))}\n\n{_source(card)}",
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        description=short(text, _DESCRIPTION),
    )


def _source(card: Card) -> str:
    cited = card.citation
    where = (cited.as_of,) if cited.as_of else ()
    return source_line(Source(1, cited.title, cited.section, where, None, cited.url, ()))
