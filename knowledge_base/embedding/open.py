"""Chooses an embedder by its name in the settings."""

from pathlib import Path

from knowledge_base.embedding.base import Embedder
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.embedding.names import HASHING
from knowledge_base.embedding.prepared import find
from knowledge_base.errors import ModelUnavailable


def open_embedder(name: str, models: Path) -> Embedder:
    """The prepared model called `name`, or the honest fake; ModelUnavailable when the model is yet to be prepared."""
    if name == HASHING:
        return HashingEmbedder()
    model = find(models, name)
    if model is None:
        raise ModelUnavailable(f"the embedding model {name!r} is not prepared yet: run navigator doctor --prepare")
    from knowledge_base.embedding.graph import GraphEmbedder  # ONNX Runtime is for those alone who embed with it

    return GraphEmbedder(model)
