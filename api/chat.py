"""POST /v1/chat: one question, and its answer as it comes, as an event stream that can be taken up again."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Header
from fastapi.sse import KEEPALIVE_COMMENT
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from api.ask import says_json
from api.callers import asking_again
from api.doors import Doors
from api.errors import CONFLICT, INTERNAL, INVALID, MALFORMED, NOT_FOUND, NOT_READY, TOO_LARGE, WRONG_TYPE, detail_of, documented
from api.events import failure, told
from api.standing import Caller
from api.turns import Turn
from api.wire import Asked

PING_S = 15.0  # of silence at most
EXAMPLE = """id: 0
event: session
data: {"seq":0,"conversation_id":"mJ1k0Zt8qXcV2aB3.w4Lr7Yd5nPfT9uHs","release":"r-20260722-101500-3fa2"}

id: 1
event: sources
data: {"seq":1,"citations":[]}

id: 2
event: delta
data: {"seq":2,"text":"Hello!"}

"""


class EventStream(StreamingResponse):
    """A turn from its event `at` on, to one reader; `leave` is called when the reader is gone, or has all of it.

    `framing` has the headers that dependencies ask for, the cookie: a response that is returned gets them from nobody else.
    """

    media_type = "text/event-stream"

    def __init__(self, turn: Turn, at: int, leave: Callable[[], None], framing: Response) -> None:
        # Proxies must neither keep nor gather it.
        super().__init__(_frames(turn, at), headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"})
        self.raw_headers.extend(framing.raw_headers)
        self._leave = leave

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._leave()


def routes(doors: Doors) -> APIRouter:
    """The door to the tutor for those who read along."""
    router = APIRouter(tags=["tutor"])
    errors = documented(MALFORMED, NOT_FOUND, CONFLICT, TOO_LARGE, WRONG_TYPE, INVALID, INTERNAL, NOT_READY)
    stream = {"description": "The events", "content": {"text/event-stream": {"schema": {"type": "string"}, "example": EXAMPLE}}}

    @router.post("/v1/chat", dependencies=[Depends(says_json)], response_class=StreamingResponse, responses=errors | {200: stream})
    async def chat(
        asked: Asked,
        framing: Response,
        caller: Annotated[Caller, Depends(asking_again(doors))],
        last_event_id: Annotated[int | None, Header(ge=0, description="The last event received of this client_message_id")] = None,
    ) -> EventStream:
        """One question, its answer as it comes. Each event has `id` (its number from 0), `event`, and as `data` one JSON object with that `seq`:

        - `session` {conversation_id, release}, at once;
        - `sources` {citations}, before any text, and again with all so far when a further text needs more;
        - `delta` {text}: all joined are the answer's text;
        - `final`: every key of the answer that /v1/ask gives; then `done`;
        - `error` {error} in place of what has not come yet.

        The same `client_message_id` within ten minutes gives the same turn again, from its beginning or from after `Last-Event-ID`;
        a connection that is lost for less than five seconds ends nothing then. A stream that begins with `session` is told from its beginning.
        """
        turn = doors.turns.of(asked, caller, lambda: told(doors.tutor.stream(asked.as_question(caller))))
        at = last_event_id + 1 if last_event_id is not None and last_event_id < len(turn.told) else 0
        with contextlib.ExitStack() as reading:
            reading.enter_context(turn.read())
            if not await turn.beyond(0):
                turn.check()
            return EventStream(turn, at, reading.pop_all().close, framing)

    return router


async def _frames(turn: Turn, at: int) -> AsyncGenerator[bytes, None]:
    """All that is told by now at once. What waits for a slow reader is the turn itself, which is small and whose end waits for nobody."""
    while True:
        try:
            async with asyncio.timeout(PING_S):
                more = await turn.beyond(at)
        except TimeoutError:
            yield KEEPALIVE_COMMENT
            continue
        if not more:
            break
        frames = [one.frame for one in turn.told[at:]]
        yield b"".join(frames)
        at += len(frames)
    try:
        turn.check()
    except Exception as error:
        yield failure(at, detail_of(error))
