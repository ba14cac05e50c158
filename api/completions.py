"""POST /v1/chat/completions and GET /v1/models: the tutor as clients of OpenAI's API know to ask it."""

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic_core import PydanticCustomError
from starlette.requests import Request
from starlette.responses import Response

from api.ask import answer_of, says_json
from api.callers import asking, caller_of
from api.chat import EventStream
from api.chunks import EXAMPLE, chunks
from api.completions_wire import MODEL, Completion, CompletionRequest, Model, Models, Standing
from api.doors import Doors
from api.errors import INTERNAL, INVALID, MALFORMED, NOT_FOUND, NOT_READY, TOO_LARGE, WRONG_TYPE, Refused, documented
from api.events import told
from api.fields import LONGEST_QUESTION, Name, clean
from api.standing import Caller
from api.wire import Asked

STREAMED: dict[str, Any] = {
    "description": "The answer as a whole; with `stream` chunk by chunk, and in the end `[DONE]`",
    "content": {"text/event-stream": {"schema": {"type": "string"}, "example": EXAMPLE}},
}


def routes(doors: Doors, clock: Callable[[], float] = time.time) -> APIRouter:
    """The doors for OpenAI's clients; `clock` gives seconds since 1970."""
    router = APIRouter(tags=["openai"])
    errors = documented(MALFORMED, NOT_FOUND, TOO_LARGE, WRONG_TYPE, INVALID, INTERNAL, NOT_READY)

    @router.post("/v1/chat/completions", dependencies=[Depends(says_json)], response_model=Completion, responses=errors | {200: STREAMED})
    async def complete(
        request: Request, framing: Response, wanted: CompletionRequest, caller: Annotated[Caller, Depends(asking(doors))]
    ) -> Completion | EventStream:
        """The answer to the last message of role `user`; those before it complete a question that leaves something out.

        Messages of other roles are not read: the tutor answers from the course alone. The content ends with a line of the sources and one
        that says that a machine answered; `navigator`, on the message and on the last chunk's delta, is the answer as /v1/ask gives it.
        """
        _check(wanted.model)
        asked, before = _asked(wanted)
        question, created = replace(asked.as_question(caller), before=before), int(clock())
        if not wanted.stream:
            turn = doors.turns.of(asked, caller, lambda: told(doors.tutor.stream(question)))
            return Completion.of(question, await answer_of(turn, request), created)
        turn = doors.turns.of(asked, caller, lambda: chunks(question, doors.tutor.stream(question), created=created, usage=wanted.wants_usage))
        with contextlib.ExitStack() as reading:
            reading.enter_context(turn.read())
            if not await turn.beyond(0):
                turn.check()
            return EventStream(turn, 0, reading.pop_all().close, framing)

    @router.get("/v1/models", dependencies=[Depends(caller_of(doors))], responses=documented(INTERNAL))
    async def models() -> Models:
        """The one model that there is."""
        return Models()

    @router.get("/v1/models/{model}", dependencies=[Depends(caller_of(doors))], responses=documented(NOT_FOUND, INVALID, INTERNAL))
    async def model(model: Name) -> Model:
        """The same by its name."""
        _check(model)
        return Model()

    return router


def _check(model: str) -> None:
    if model != MODEL:
        raise Refused(NOT_FOUND, f"There is no model {model[:100]!r}: the only one is {MODEL!r}.", field="model")


def _asked(request: CompletionRequest) -> tuple[Asked, tuple[str, ...]]:
    """The last question and where the student stands; and the questions before it, without what could not be asked."""
    questions = [message for message in request.messages if message.role == "user"]
    if not questions:
        raise Refused(INVALID, "The field 'messages' must hold a message of role 'user', which is the question.", field="messages")
    *before, last = questions
    if any(part.type != "text" for part in last.content):
        raise Refused(INVALID, "The last message of role 'user' holds more than text, and this tutor reads nothing else.", field="messages")
    try:
        text = clean(last.text, LONGEST_QUESTION)
    except PydanticCustomError as error:
        raise Refused(INVALID, f"The last message of role 'user' {error.message()}.", field="messages") from error
    return Asked(question=text, **(request.navigator or Standing()).model_dump()), tuple(_askable(message.text for message in before))


def _askable(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        with contextlib.suppress(PydanticCustomError):
            yield clean(text, LONGEST_QUESTION)
