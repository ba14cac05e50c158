"""A streamed answer as clients of OpenAI's API read it: chunk by chunk."""

import contextlib
from collections.abc import AsyncGenerator

from api.completions_wire import Chunk, ChunkChoice, Piece, Usage, new_id, tail
from api.events import Told
from api.wire import Answered
from tutor.types import Answer, Delta, Event, Final, Question

EXAMPLE = (
    'data: {"id":"chatcmpl-q9Zt2mXkV1c0aB3d","object":"chat.completion.chunk","created":1795377600,"model":"navigator",'
    '"choices":[{"index":0,"delta":{"role":"assistant","content":"The mass of Chang\'e-5 was 8,200 kg. [1]"},"finish_reason":null}]}\n\n'
    "data: [DONE]\n\n"
)


async def chunks(question: Question, events: AsyncGenerator[Event, None], *, created: int, usage: bool) -> AsyncGenerator[Told, None]:
    """The answer's frames up to `[DONE]`: its text as it comes, a line of its sources, in the end the whole answer and what it counts."""
    writing = _Writing(created)
    async with contextlib.aclosing(events):
        async for event in events:
            if isinstance(event, Delta):
                yield writing.text(event.text)
            elif isinstance(event, Final):
                yield writing.text(("" if writing.content else event.answer.text) + tail(event.answer))
                yield writing.end(event.answer)
    if usage:
        yield writing.usage(question)
    yield Told(b"data: [DONE]\n\n")


class _Writing:
    """Writes one answer's chunks, and knows what they have told."""

    def __init__(self, created: int) -> None:
        self.content = ""
        self._id = new_id()
        self._created = created

    def text(self, text: str) -> Told:
        """A piece of the text; the first says whose it is."""
        piece = Piece(content=text) if self.content else Piece(role="assistant", content=text)
        self.content += text
        return Told(self._chunk([ChunkChoice(delta=piece)]))

    def end(self, answer: Answer) -> Told:
        """The end of the text, with the whole answer."""
        piece = Piece(navigator=Answered.of(answer))
        return Told(self._chunk([ChunkChoice(delta=piece, finish_reason="stop")]), answer)

    def usage(self, question: Question) -> Told:
        """What the answer counts."""
        return Told(self._chunk([], Usage.of(question, self.content)))

    def _chunk(self, choices: list[ChunkChoice], usage: Usage | None = None) -> bytes:
        chunk = Chunk(id=self._id, created=self._created, choices=choices, usage=usage)
        return f"data: {chunk.model_dump_json()}\n\n".encode()
