"""A language model's server as slow as a test wants it: it quotes the first passage that it is given, sentence by sentence."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route

_PASSAGE = re.compile(r'<passage n="1">\n[^\n]*\n(.*?)\n</passage>', re.DOTALL)
_SENTENCE = re.compile(r"[^.。]+[.。]")


@dataclass
class SlowModel:
    """Waits `pause_s` after each sentence; `asked` counts questions."""

    pause_s: float = 0.0
    asked: int = 0

    def app(self) -> Starlette:
        """The server as an ASGI application."""
        return Starlette(routes=[Route("/v1/chat/completions", self._complete, methods=["POST"])])

    async def _complete(self, request: Request) -> StreamingResponse:
        self.asked += 1
        messages = (await request.json())["messages"]
        passage = _PASSAGE.search(messages[0]["content"])
        sentences = [f"{sentence.strip()} [1] " for sentence in _SENTENCE.findall(passage[1])] if passage else ["NOT_IN_THE_PASSAGES"]
        return StreamingResponse(self._told(sentences), media_type="text/event-stream")

    async def _told(self, sentences: list[str]) -> AsyncIterator[str]:
        for sentence in sentences:
            yield _chunk({"content": sentence}, None)
            await asyncio.sleep(self.pause_s)
        yield _chunk({}, "stop")
        yield "data: [DONE]\n\n"


def _chunk(delta: dict[str, str], finish: str | None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return f"data: {json.dumps({'id': 'x', 'object': 'chat.completion.chunk', 'created': 1, 'model': 'slow', 'choices': [choice]})}\n\n"
