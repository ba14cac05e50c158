"""Dialogues asked turn by turn through the tutor with its memory, and whether the last answer was right."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from knowledge_base.golden import contains
from knowledge_base.library import Library
from tutor.memory import Memory
from tutor.question.follow_up import resolve
from tutor.question.topics import Topics
from tutor.question.understand import small_talk
from tutor.tutor import Tutor
from tutor.types import Answer, Question

DIALOGUES = Path(__file__).with_name("dialogues.yaml")


@dataclass(frozen=True)
class Run:
    """One dialogue, what its last question became, and the answer to that."""

    dialogue: dict[str, Any]
    resolved: str
    answer: Answer

    @property
    def understood(self) -> bool:
        """Whether the last question became one that stands for itself, or stayed when it was one."""
        last = self.dialogue["turns"][-1]
        if self.dialogue.get("unchanged"):
            return self.resolved == str(last)
        return all(part.lower() in self.resolved.lower() for part in self.dialogue["resolved"])

    @property
    def right(self) -> bool:
        """Whether it was answered as it should be; questions that stand for themselves are judged by that alone."""
        if self.dialogue.get("unchanged"):
            return self.understood
        grounded = self.answer.kind == "grounded"
        if self.dialogue.get("refuse"):
            return not grounded
        groups = tuple(tuple(map(str, group)) for group in self.dialogue.get("contains", ()))
        cited = {citation.doc_id.rpartition(".")[0] for citation in self.answer.citations}
        return grounded and contains(self.answer.text, groups) and self.dialogue.get("cites", next(iter(cited), None)) in cited


def load(path: Path = DIALOGUES) -> list[dict[str, Any]]:
    """The dialogues of a file."""
    return list(yaml.safe_load(path.read_text(encoding="utf-8")))


async def run(dialogues: Sequence[dict[str, Any]], library: Library, memory: Memory) -> list[Run]:
    """Asks each in a conversation of its own, as one caller."""
    async with library.reading() as reader:
        topics = Topics(reader.documents)
    tutor = Tutor(library, memory=memory)
    return [await _run(dialogue, tutor, memory, topics) for dialogue in dialogues]


async def _run(dialogue: dict[str, Any], tutor: Tutor, memory: Memory, topics: Topics) -> Run:
    *earlier, last = dialogue["turns"]
    for text in earlier:
        await tutor.ask(Question(text, caller="anna", conversation_id=dialogue["id"]))
    recent = await memory.recent("anna", dialogue["id"])
    resolved = last if small_talk(last) else resolve(last, recent, topics).text
    return Run(dialogue, resolved, await tutor.ask(Question(last, caller="anna", conversation_id=dialogue["id"])))
