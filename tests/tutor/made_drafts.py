"""Drafts made by hand over the project's own course, and what the sentence gate makes of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from knowledge_base.types import Document, Passage
from tutor.grounding.draft import drafts
from tutor.grounding.gate import Gate, Given, Verdict
from tutor.grounding.reading import Missions, Source

FOLDER = Path(__file__).parent / "drafts"


@dataclass(frozen=True)
class Made:
    """One draft as its file has it. `wrong` says what was swapped, None for a right one; `never` must not be shown."""

    given: tuple[str, ...]
    question: str
    draft: str
    wrong: str | None = None
    never: str = ""


@dataclass(frozen=True)
class Judged:
    """A draft with the verdict on each of its sentences."""

    made: Made
    verdicts: tuple[Verdict, ...]

    @property
    def shown(self) -> list[str]:
        return [verdict.draft.text for verdict in self.verdicts if verdict.refusal is None]

    @property
    def leaked(self) -> bool:
        """Whether any wrong sentence was shown."""
        return self.made.wrong is not None and any(self.made.never in text for text in self.shown)


@dataclass(frozen=True)
class Course:
    """Documents with their passages, and how their missions are known."""

    documents: dict[str, Document]
    passages: dict[str, Sequence[Passage]]
    missions: Missions

    def judge(self, made: Made) -> Judged:
        """Puts a draft through a gate of its own."""
        sources = [self._source(n, place) for n, place in enumerate(made.given, 1)]
        gate = Gate(Given(sources, made.question, sources[0].language, self.missions))
        return Judged(made, tuple(gate.judge(draft) for draft in drafts(made.draft)))

    def _source(self, n: int, place: str) -> Source:
        doc_id, _slash, heading = place.partition(" / ")
        passage = next(one for one in self.passages[doc_id] if one.section and one.section[-1].startswith(heading))
        document = self.documents[doc_id]
        return Source(n, (document.title, *document.aliases), passage.headings(document), document.language, passage.sentence_texts())


def load(name: str) -> list[Made]:
    """The drafts of one file."""
    items = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return [Made(**(item | {"given": tuple(item["given"])})) for item in items]
