"""What the Bot API answers instead of doing what it was asked."""

from dataclasses import dataclass
from typing import Any

from starlette.responses import JSONResponse, Response


@dataclass(frozen=True)
class Fault:
    """An answer that is none: why, how long to wait, or where the chat has gone."""

    status: int
    description: str
    retry_after: int | None = None
    migrate_to: int | None = None

    def response(self) -> Response:
        """The fault in the Bot API's shape."""
        body: dict[str, Any] = {"ok": False, "error_code": self.status, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        if self.migrate_to is not None:
            body["parameters"] = {"migrate_to_chat_id": self.migrate_to}
        return JSONResponse(body, status_code=self.status)


class Refused(Exception):
    """A request that is not done, and the fault that says so."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.description)
        self.fault = fault


UNAUTHORIZED = Fault(401, "Unauthorized")
NO_METHOD = Fault(404, "Not Found: method not found")
DOWN = Fault(500, "Internal Server Error")
WEBHOOK_IS_SET = Fault(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
POLLED_BY_ANOTHER = Fault(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")


def bad_request(why: str) -> Refused:
    """A request that Telegram does not take, in its words."""
    return Refused(Fault(400, f"Bad Request: {why}"))
