"""Telegram behind the port: `run` polls, `Webhook` is posted to; both bring what students do to a desk until they are told to stop."""

from bot.telegram.polling import run
from bot.telegram.webhook import Webhook, secret_of

__all__ = ["Webhook", "run", "secret_of"]
