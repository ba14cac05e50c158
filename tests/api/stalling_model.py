"""A language model's server that quotes its first passage and then goes on until the connection is closed; it tells what it sees."""

import asyncio
import json
import re
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import StreamingResponse

_SENTENCE = re.compile(r'<passage n="1">\n[^\n]*\n([^.]*\.)')


@dataclass
class StallingModel:
    """Says one sentence, then each `pause_s` one that cites nothing, for ever; with `silent` nothing at all."""

    pause_s: float = 0.02
    silent: bool = False
    asked: int = 0
    sentences: int = 0
    closed: threading.Event = field(default_factory=threading.Event)

    def app(self) -> FastAPI:
        """The server as an ASGI application."""
        app = FastAPI()
        app.add_route("/v1/chat/completions", self._complete, methods=["POST"])
        return app

    async def _complete(self, request: Request) -> StreamingResponse:
        self.asked += 1
        rules = (await request.json())["messages"][0]["content"]
        sentence = _SENTENCE.search(rules)
        assert sentence is not None
        return StreamingResponse(self._told(f"{sentence[1]} [1] "), media_type="text/event-stream")

    async def _told(self, sentence: str) -> AsyncIterator[str]:
        try:
            if self.silent:
                await asyncio.sleep(60)
            yield _chunk(sentence)
            while True:
                await asyncio.sleep(self.pause_s)
                yield _chunk("Then it goes on and on. ")
                self.sentences += 1
        finally:
            self.closed.set()


def _chunk(text: str) -> str:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": None}
    return f"data: {json.dumps({'id': 'x', 'object': 'chat.completion.chunk', 'created': 1, 'model': 'endless', 'choices': [choice]})}\n\n"
