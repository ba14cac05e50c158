"""A turn as it stands in an event stream: the tutor's events, numbered and written out."""

import contextlib
import itertools
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass

from fastapi.sse import format_sse_event
from pydantic import BaseModel

from api.errors import ErrorDetail
from api.wire import Answered, Cited
from tutor.types import Answer, Begun, Citation, Delta, Event, Final, Sources


class _Numbered(BaseModel):
    """What every event holds: its number, from 0."""

    seq: int


class _Session(_Numbered):
    conversation_id: str
    release: str


class _Sources(_Numbered):
    citations: list[Cited]


class _Delta(_Numbered):
    text: str


class _Final(Answered, _Numbered):
    pass


class _Failed(_Numbered):
    error: ErrorDetail


@dataclass(frozen=True)
class Told:
    """One event as it stands on the wire; the answer beside the one that holds it."""

    frame: bytes
    answer: Answer | None = None


async def told(events: AsyncGenerator[Event, None]) -> AsyncGenerator[Told, None]:
    """The tutor's events, written out. Sources come before any text, and all texts joined are the answer's, whatever its kind."""
    seq, sourced, said = itertools.count(), False, False
    async with contextlib.aclosing(events):
        async for event in events:
            match event:
                case Begun():
                    yield _told("session", _Session(seq=next(seq), conversation_id=event.conversation_id, release=event.release))
                case Sources():
                    yield _sources(next(seq), event.citations)
                    sourced = True
                case Delta():
                    yield _told("delta", _Delta(seq=next(seq), text=event.text))
                    said = True
                case Final():
                    if not sourced:
                        yield _sources(next(seq), event.answer.citations)
                    if not said:
                        yield _told("delta", _Delta(seq=next(seq), text=event.answer.text))
                    yield _told("final", _Final.model_validate(vars(event.answer) | {"seq": next(seq)}), event.answer)
                    yield _told("done", _Numbered(seq=next(seq)))


def failure(seq: int, error: ErrorDetail) -> bytes:
    """The event in place of all that has not come yet."""
    return _told("error", _Failed(seq=seq, error=error)).frame


def _sources(seq: int, citations: Sequence[Citation]) -> Told:
    return _told("sources", _Sources.model_validate({"seq": seq, "citations": citations}))


def _told(name: str, data: _Numbered, answer: Answer | None = None) -> Told:
    # Excluding what is None would leave out keys that are always there; an error alone has such a key.
    text = data.model_dump_json(exclude_none=isinstance(data, _Failed))
    return Told(format_sse_event(event=name, data_str=text, id=str(data.seq)), answer)
