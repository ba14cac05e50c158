"""What can go wrong at the messenger's door, and whose fault it is.

BotError
└── OperatorError               the operator's: set up differently, it works
    ├── TelegramUnreachable         Telegram does not answer, or not as Telegram does
    └── TokenRefused                Telegram does not know the bot's token
"""


class BotError(Exception):
    """Anything this room raises on purpose; its text is one line that says what to do."""


class OperatorError(BotError):
    """Set up differently, it works."""


class TelegramUnreachable(OperatorError):
    """Telegram does not answer, or not as Telegram does."""


class TokenRefused(OperatorError):
    """Telegram does not know the bot's token."""
