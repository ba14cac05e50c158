"""A writer that says what a test wants, piece by piece, and fails where the test wants it to."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

from tutor.errors import ModelUnavailable
from tutor.ports import Prompt


@dataclass
class ScriptedWriter:
    """Says `text` word by word; then fails if it `fails`, or waits for ever if it `hangs`. Notes its prompts and whether it was closed."""

    text: str
    fails: bool = False
    hangs: bool = False
    name: str = "scripted"
    prompts: list[Prompt] = field(default_factory=list)
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    closed: int = 0

    async def write(self, prompt: Prompt) -> AsyncGenerator[str, None]:
        self.prompts.append(prompt)
        self.asked.set()
        try:
            for word in self.text.split(" "):
                await asyncio.sleep(0)
                yield f"{word} "
            if self.hangs:
                await asyncio.Event().wait()
            if self.fails:
                raise ModelUnavailable("scripted")
        finally:
            self.closed += 1
