"""Messengers as doors to the tutor: each adapter brings what it hears to one desk, which knows no messenger."""

from bot.errors import BotError, OperatorError, TelegramUnreachable, TokenRefused

__all__ = ["BotError", "OperatorError", "TelegramUnreachable", "TokenRefused"]
