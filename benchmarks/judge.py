"""Measures the evaluation's judge on the course's facts, told in both languages: what it doubts wrongly, and which planted numbers it sees."""

import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from evaluation.judging.names import MissionNames
from evaluation.judging.statements import Source, Statement
from evaluation.metrics.grounded import told
from ingest.read import read
from knowledge_base.types import Document, Fact

SEED = 20
_NUMBER = re.compile(r"\d+")


def main() -> None:
    """Usage: scripts/bench judge [COURSE]. Each fact is judged against its translation alone; then again with one number made another."""
    documents = {
        one.document.doc_id: one.document for one in read([Path(sys.argv[1] if len(sys.argv) > 1 else "content")], source="course").materials
    }
    missions, chance = MissionNames(documents.values()), random.Random(SEED)
    judged = doubted = planted = seen = 0
    for fact, document, translation, other in _pairs(documents):
        source = Source("", other.doc_id, translation.sentence, other.title, other.language, translation.sentence)
        judged += 1
        if not told(Statement(fact.sentence, document.language, (source,)), missions).grounded:
            doubted += 1
            continue
        numbers = list(_NUMBER.finditer(fact.sentence))
        if numbers:
            at = chance.choice(numbers)
            wrong = f"{fact.sentence[: at.start()]}{int(at[0]) + chance.choice((1, 2, 10))}{fact.sentence[at.end() :]}"
            planted += 1
            seen += not told(Statement(wrong, document.language, (source,)), missions).grounded
    print(
        f"translations doubted: {doubted} of {judged} ({doubted / judged:.3f}), some of them since the other language does not tell a number or name"
    )
    print(f"planted numbers seen: {seen} of {planted} ({seen / planted:.3f}); the others stand elsewhere in the same sentence")


def _pairs(documents: dict[str, Document]) -> Iterator[tuple[Fact, Document, Fact, Document]]:
    """Each fact of a mission with its translation, in both directions."""
    for doc_id, english in documents.items():
        chinese = documents.get(f"{doc_id.removesuffix('.en')}.zh")
        told_alike = chinese is not None and [one.field for one in english.facts] == [one.field for one in chinese.facts]
        if english.kind == "fact" and english.language == "en" and chinese is not None and told_alike:
            for one, other in zip(english.facts, chinese.facts, strict=True):
                yield one, english, other, chinese
                yield other, chinese, one, english


if __name__ == "__main__":
    main()
