"""A release's stamp: who embedded it, how it was cut, what it holds, what its files hash to."""

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from knowledge_base.calibration import CalibrationStamp
from knowledge_base.embedding.base import EmbedderStamp
from knowledge_base.errors import EmbedderMismatch, ReleaseDamaged

NAME = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """What ``manifest.json`` says; `created` is UTC in ISO 8601, `files` maps the source-of-truth files to their SHA-256."""

    release: str
    created: str
    parent: str | None
    embedder: EmbedderStamp
    chunking: int
    indexing: int
    documents: int
    passages: int
    sentences: int
    embedded: int
    files: dict[str, str]
    calibration: CalibrationStamp | None = None  # of a release from before there was one it is not known

    def check_embedder(self, stamp: EmbedderStamp) -> None:
        """Raises EmbedderMismatch when another embedder built this release than the one that would search it."""
        if self.embedder != stamp:
            raise EmbedderMismatch(
                f"release {self.release!r} was built with the embedder {self.embedder.name!r}, but {stamp.name!r} is set "
                f"(or its files changed): run navigator ingest content to build one, or set NAVIGATOR_EMBEDDER={self.embedder.name}"
            )


def write(folder: Path, manifest: Manifest) -> None:
    """Writes the stamp into a release's folder."""
    (folder / NAME).write_text(json.dumps(asdict(manifest), indent=1, ensure_ascii=False), encoding="utf-8")


def read(folder: Path) -> Manifest:
    """The stamp in a release's folder; ReleaseDamaged when it cannot be read."""
    try:
        raw = json.loads((folder / NAME).read_text(encoding="utf-8"))
        raw["embedder"] = EmbedderStamp(**raw["embedder"])
        calibration = raw.pop("calibration", None)
        known = {field.name: raw[field.name] for field in fields(Manifest) if field.name != "calibration"}
        return Manifest(**known, calibration=CalibrationStamp(**calibration) if calibration else None)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReleaseDamaged(f"release {folder.name!r} has no readable manifest: run navigator ingest content to build another") from error


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
