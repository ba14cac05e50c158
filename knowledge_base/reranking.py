"""An optional second look at the first hits by a cross-encoder, which reads question and passage together. The one home of it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from knowledge_base.errors import ModelUnavailable
from knowledge_base.types import Hit

RERANKED = 20  # a cross-encoder costs as much a passage as a question's embedding does
EVEN = 60  # of reciprocal rank fusion: how little one place counts (Cormack, Clarke and Buettcher 2009)
LONGEST = 512  # tokens of question and passage together
Pair = tuple[str, str]


class Reranker(Protocol):
    """Scores pairs of question and passage; a higher score is a better passage. It blocks."""

    name: str

    def scores(self, pairs: Sequence[Pair]) -> list[float]:
        """One score a pair, on no scale in particular."""
        ...


def reranked(hits: Sequence[Hit], question: str, reranker: Reranker) -> tuple[Hit, ...]:
    """The first `RERANKED` hits by both orders, reciprocal ranks added, the others behind them.

    Place by place the scores stay what they were, and every hit keeps its evidence: confidence is judged as if there were no reranker.
    """
    first, rest = hits[:RERANKED], hits[RERANKED:]
    scores = reranker.scores([(question, _told(hit)) for hit in first])
    place = {at: rank for rank, at in enumerate(sorted(range(len(first)), key=lambda at: -scores[at]), 1)}
    order = sorted(range(len(first)), key=lambda at: -(1 / (EVEN + at + 1) + 1 / (EVEN + place[at])))
    return (*(replace(first[at], score=hit.score) for at, hit in zip(order, first, strict=True)), *rest)


def _told(hit: Hit) -> str:
    """The passage under its title and headings."""
    return "\n".join([" / ".join([hit.document.title, *hit.passage.headings(hit.document)]), hit.passage.text])


class CrossEncoderReranker:
    """A sentence-transformers cross-encoder from its directory, or by its name, which needs a network once; ModelUnavailable when it is none."""

    def __init__(self, name: str) -> None:
        self.name = name
        local = Path(name).is_dir()
        if not local and (Path(name).is_absolute() or name.startswith(".")):
            raise ModelUnavailable(f"there is no directory {name!r}: set NAVIGATOR_RERANKER to a cross-encoder's directory or name, or unset it")
        from sentence_transformers import CrossEncoder
        from transformers import AutoConfig
        from transformers.utils import logging as bars

        bars.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            config = AutoConfig.from_pretrained(name, local_files_only=local)
            kinds = config.architectures or []
            if config.num_labels != 1 or not any(kind.endswith("ForSequenceClassification") for kind in kinds):
                raise ModelUnavailable(
                    f"{name!r} is no cross-encoder that gives one score ({', '.join(kinds) or 'no architecture'}): "
                    "set NAVIGATOR_RERANKER to one, or unset it"
                )
            self._model = CrossEncoder(name, device="cpu", local_files_only=local, max_length=LONGEST)
        except (OSError, ValueError, KeyError, ImportError) as error:
            raise ModelUnavailable(
                f"sentence-transformers cannot open the reranker {name!r}: set NAVIGATOR_RERANKER to a cross-encoder's directory or name, or unset it"
            ) from error

    def scores(self, pairs: Sequence[Pair]) -> list[float]:
        return [float(score) for score in self._model.predict(list(pairs), show_progress_bar=False)] if pairs else []
