"""A prepared model's folder: what an embedder needs at serving time, found without torch.

::

    <data>/models/<slug>/
      embedder.json        name, dimensions, fingerprint, prompts, longest input in tokens
      model/               the sentence-transformers directory (the packaged model only; others stay where they are)
      tokenizer.json       for the ``tokenizers`` library
      graph.onnx           input_ids and attention_mask in, unit vectors out
"""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from knowledge_base.embedding.base import EmbedderStamp
from knowledge_base.errors import ModelUnavailable


@dataclass(frozen=True)
class PreparedModel:
    """A folder under ``models/`` and what its ``embedder.json`` says."""

    folder: Path
    name: str
    dimensions: int
    fingerprint: str
    query_prompt: str
    document_prompt: str
    max_tokens: int

    @property
    def stamp(self) -> EmbedderStamp:
        return EmbedderStamp(self.name, self.dimensions, self.fingerprint)

    @property
    def graph_path(self) -> Path:
        return self.folder / "graph.onnx"

    @property
    def tokenizer_path(self) -> Path:
        return self.folder / "tokenizer.json"

    def write(self) -> None:
        """Writes ``embedder.json``; its presence says that the folder is complete."""
        described = {key: value for key, value in asdict(self).items() if key != "folder"}
        (self.folder / "embedder.json").write_text(json.dumps(described, indent=1), encoding="utf-8")


def model_folder(models: Path, name: str) -> Path:
    """The folder of the model called `name`: readable, and distinct for names that read alike."""
    slug = re.sub(r"[^A-Za-z0-9.-]+", "-", name).strip("-")[-60:]
    return models / f"{slug}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def find(models: Path, name: str) -> PreparedModel | None:
    """The prepared model called `name`, or None when it is yet to be prepared; ModelUnavailable when its folder is damaged."""
    folder = model_folder(models, name)
    try:
        described = json.loads((folder / "embedder.json").read_text(encoding="utf-8"))
        model = PreparedModel(folder, **described)
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise damaged(folder, str(error)) from error
    for path in (model.graph_path, model.tokenizer_path):
        if not path.is_file():
            raise damaged(folder, f"{path.name} is missing")
    return model


def damaged(folder: Path, what: str) -> ModelUnavailable:
    """The error for a prepared folder that is not whole."""
    return ModelUnavailable(f"{str(folder)!r} is damaged ({what}): remove it and run navigator doctor --prepare")
