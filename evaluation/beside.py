"""Another pipeline's recall on the same sets, as `scripts/bench plain_chain` writes it."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from evaluation.metrics.bootstrap import Difference
from evaluation.metrics.share import Share


class BadComparison(Exception):
    """The file's fault: it is no comparison; one line says so."""


class Compared(BaseModel):
    """One language of one set: the other pipeline's recall by depth, and ours less theirs at one, in the run that measured both."""

    model_config = ConfigDict(frozen=True)

    set: str
    language: str
    recall: dict[int, Share]
    ours: dict[int, Share]
    difference: Difference


class Comparison(BaseModel):
    """The other pipeline, described in a line, and how it did."""

    model_config = ConfigDict(frozen=True)

    pipeline: str
    compared: tuple[Compared, ...]


def load_comparison(path: Path) -> Comparison:
    """Reads the file; BadComparison when it cannot be read or is something else."""
    try:
        return Comparison.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        first = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        raise BadComparison(f"{str(path)!r} is no comparison: make one with scripts/bench plain_chain ({first})") from error
