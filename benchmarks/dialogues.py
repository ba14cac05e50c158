"""Dialogues asked turn by turn of what is published: how many last questions are understood, and how many answered rightly."""

import asyncio
import datetime as dt
import secrets
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from knowledge_base.golden import contains
from knowledge_base.library import Library
from navigator import wiring
from navigator.settings import load_settings
from tutor.memory import Memory
from tutor.pseudonyms import Pseudonyms
from tutor.question.follow_up import resolve
from tutor.question.topics import Topics
from tutor.question.understand import small_talk
from tutor.storage import SqlStore, sqlite
from tutor.tutor import Tutor
from tutor.types import Answer, Question

DIALOGUES = Path("tests/tutor/dialogues.yaml")
CALLER = "benchmark"


@dataclass(frozen=True)
class Run:
    """One dialogue, what its last question became, and the answer to that."""

    dialogue: dict[str, Any]
    resolved: str
    answer: Answer

    @property
    def unchanged(self) -> bool:
        """Whether the last question stands for itself."""
        return bool(self.dialogue.get("unchanged"))

    @property
    def understood(self) -> bool:
        """Whether the last question became one that stands for itself, or stayed when it was one."""
        if self.unchanged:
            return self.resolved == str(self.dialogue["turns"][-1])
        return all(part.lower() in self.resolved.lower() for part in self.dialogue.get("resolved", ()))

    @property
    def right(self) -> bool:
        """Whether it was answered as it should be; questions that stand for themselves are judged by that alone."""
        grounded = self.answer.kind == "grounded"
        if self.unchanged or self.dialogue.get("refuse"):
            return self.understood if self.unchanged else not grounded
        groups = tuple(tuple(map(str, group)) for group in self.dialogue.get("contains", ()))
        cited = {citation.doc_id.rpartition(".")[0] for citation in self.answer.citations}
        return grounded and contains(self.answer.text, groups) and bool(cited & set(self.dialogue.get("cites", cited)))


async def run(dialogues: Sequence[dict[str, Any]], library: Library, memory: Memory) -> AsyncIterator[Run]:
    """Asks each in a conversation of its own."""
    async with library.reading() as reader:
        topics = Topics(reader.documents)
    tutor = Tutor(library, memory=memory)
    for dialogue in dialogues:
        *earlier, last = (Question(text, caller=CALLER, conversation_id=dialogue["id"]) for text in dialogue["turns"])
        for question in earlier:
            await tutor.ask(question)
        recent = await memory.recent(CALLER, dialogue["id"])
        resolved = last.text if small_talk(last.text) else resolve(last.text, recent, topics).text
        yield Run(dialogue, resolved, await tutor.ask(last))


async def _measure(dialogues: Sequence[dict[str, Any]], library: Library, folder: Path) -> bool:
    keys = Pseudonyms(secrets.token_bytes(32))
    memory = Memory(SqlStore(sqlite(folder / "state.db")), keys, library, retention=dt.timedelta(days=1))
    counts: Counter[tuple[str, bool, str]] = Counter()
    async with memory.running():
        async for one in run(dialogues, library, memory):
            kind = (one.dialogue["language"], one.unchanged)
            counts.update({(*kind, "n"): 1, (*kind, "understood"): one.understood, (*kind, "right"): one.right})
            if not (one.understood and one.right):
                print(f"{one.dialogue['id']}: {' / '.join(one.dialogue['turns'])} -> {one.resolved}\n    {one.answer.kind}: {one.answer.text[:160]}")
    for language, unchanged in sorted({key[:2] for key in counts}):
        n, understood, right = (counts[language, unchanged, what] for what in ("n", "understood", "right"))
        print(f"{language}, {'standing for themselves' if unchanged else 'follow-ups'}: n = {n}, understood {understood}, right {right}")
    return all(counts[(*key[:2], "understood")] == n for key, n in counts.items() if key[2] == "n")


def main() -> None:
    """Usage: scripts/bench dialogues [FILE]. Exits with 1 when a last question is not understood."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DIALOGUES
    library = wiring.published_library(load_settings())
    try:
        with tempfile.TemporaryDirectory(prefix="navigator-dialogues-") as folder:
            understood = asyncio.run(_measure(yaml.safe_load(path.read_text(encoding="utf-8")), library, Path(folder)))
    finally:
        library.close()
    sys.exit(not understood)


if __name__ == "__main__":
    main()
