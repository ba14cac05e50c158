"""Chooses an embedder by its name in the settings."""

from pathlib import Path

from knowledge_base.embedding import hashing
from knowledge_base.embedding.base import Embedder
from knowledge_base.embedding.graph import GraphEmbedder
from knowledge_base.embedding.prepared import find
from knowledge_base.errors import ModelUnavailable


def open_embedder(name: str, models: Path) -> Embedder:
    """The prepared model called `name`, or the honest fake; ModelUnavailable when the model is yet to be prepared."""
    if name == hashing.NAME:
        return hashing.HashingEmbedder()
    model = find(models, name)
    if model is None:
        raise ModelUnavailable(f"the embedding model {name!r} is not prepared yet: run navigator doctor --prepare")
    return GraphEmbedder(model)
