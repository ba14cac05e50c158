"""Telegram as a door to the tutor: `await run(tutor, token=...)` answers students until it is told to stop."""

from bot.errors import BotError, OperatorError, TelegramUnreachable, TokenRefused
from bot.handlers import Asks
from bot.polling import run

__all__ = ["Asks", "BotError", "OperatorError", "TelegramUnreachable", "TokenRefused", "run"]
