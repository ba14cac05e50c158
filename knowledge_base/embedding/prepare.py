"""Prepares an embedding model once: sentence-transformers reads it, ONNX Runtime serves it.

Only this file imports sentence-transformers, transformers and torch, all inside functions: together they take ten
seconds and 800 MB, which serving never pays.
"""

import hashlib
import logging
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from knowledge_base import own_folder
from knowledge_base.embedding import packaged
from knowledge_base.embedding.compact import compact
from knowledge_base.embedding.graph import GraphEmbedder
from knowledge_base.embedding.names import PACKAGED
from knowledge_base.embedding.prepared import PreparedModel, find, model_folder
from knowledge_base.errors import ModelUnavailable
from knowledge_base.own_folder import OwnFolder
from knowledge_base.progress import Progress

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

PREPARING = "preparing"
LONGEST = 512
E5_PROMPTS = {"query": "query: ", "document": "passage: "}
PROBES = ("How much lunar soil did Chang'e-5 bring back?", "嫦娥五号带回了多少月壤？", "Orbit")
SAME = 0.999  # cosine below which the exported graph is not the model


def prepare(name: str, models: Path, *, progress: Progress) -> PreparedModel:
    """The model called `name` under `models`, made ready if it is not: the packaged one, or any sentence-transformers name or directory."""
    ready = find(models, name)
    if ready is not None:
        return ready
    source = packaged.weights_path() if name == PACKAGED else None  # a missing package is said before ten seconds of imports
    models.mkdir(parents=True, exist_ok=True)
    own_folder.sweep(models, PREPARING)
    temporary = OwnFolder(models, PREPARING)
    try:
        made = _make(name, source, temporary.path, progress)
        folder = model_folder(models, name)
        shutil.rmtree(folder, ignore_errors=True)
        made.folder.rename(folder)
    finally:
        temporary.discard()
    prepared = find(models, name)
    assert prepared is not None
    return prepared


def _make(name: str, source: Path | None, temporary: Path, progress: Progress) -> PreparedModel:
    import torch

    torch.manual_seed(0)  # a layer that no vector goes through is drawn: else every preparation had a fingerprint of its own
    what = f"preparing the embedding model {name}"
    progress(what, 0, 3)
    folder = temporary / "made"
    folder.mkdir()
    with _quiet():
        if source is not None:
            _write_packaged(source, folder / "model")
        progress(what, 1, 3)
        transformer = _open(str(folder / "model") if source else name)
        transformer.tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))
        _export(transformer, folder / "graph.onnx")
        if source is not None:
            compact(folder / "graph.onnx")
        progress(what, 2, 3)
        prompts = transformer.prompts
        prepared = PreparedModel(
            folder=folder,
            name=name,
            dimensions=int(transformer.get_embedding_dimension() or 0),
            fingerprint=_weights_digest(transformer),
            query_prompt=str(prompts.get("query") or ""),
            document_prompt=str(prompts.get("document") or ""),
            max_tokens=min(LONGEST, int(transformer.max_seq_length or LONGEST)),
        )
        _verify(transformer, prepared)
    prepared.write()
    progress(what, 3, 3)
    return prepared


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps the libraries' bars, deprecations and notes, which an operator can do nothing about, off the terminal."""
    from transformers.utils import logging as bars

    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    bars.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(logging.NOTSET)


def _weights_digest(transformer: "SentenceTransformer") -> str:
    """Names the weights themselves: an exported file's bytes may differ from one export to the next."""
    digest = hashlib.sha256()
    for name, values in sorted(transformer.state_dict().items()):
        digest.update(name.encode())
        digest.update(values.numpy().tobytes())
    return digest.hexdigest()[:16]


def _write_packaged(source: Path, target: Path) -> None:
    """The packaged weights as a sentence-transformers directory: BERT, mean pooling, unit length, e5's prompts."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    model = packaged.read(source)
    shape = model.shape
    config = BertConfig(
        vocab_size=shape.vocabulary,
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.feed_forward,
        max_position_embeddings=shape.positions,
        type_vocab_size=shape.types,
        layer_norm_eps=shape.epsilon,
        hidden_act="gelu",
        pad_token_id=1,
    )
    bert = BertModel(config, add_pooling_layer=False)
    bert.load_state_dict({name: torch.from_numpy(values) for name, values in model.tensors.items()})
    marks = {"bos_token": "<s>", "eos_token": "</s>", "cls_token": "<s>", "sep_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}
    make_tokenizer: Any = PreTrainedTokenizerFast  # its constructor carries no types
    tokenizer = make_tokenizer(tokenizer_object=_tokenizer(model.pieces), model_max_length=LONGEST, **marks)
    with tempfile.TemporaryDirectory(dir=target.parent) as plain:
        bert.save_pretrained(plain)
        tokenizer.save_pretrained(plain)
        encoder = Transformer(plain, max_seq_length=LONGEST)
        modules = [encoder, Pooling(shape.hidden, "mean"), Normalize()]
        SentenceTransformer(modules=modules, prompts=E5_PROMPTS, device="cpu").save(str(target))


def _tokenizer(pieces: list[tuple[str, float]]) -> Any:
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)])
    return tokenizer


def _open(name: str) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(name, device="cpu", local_files_only=Path(name).is_dir())
    except (OSError, ValueError, ImportError) as error:
        raise ModelUnavailable(
            f"sentence-transformers cannot open {name!r}: set NAVIGATOR_EMBEDDER to {PACKAGED!r}, a model's name (needs a network) or its directory"
        ) from error


def _export(transformer: "SentenceTransformer", path: Path) -> None:
    import torch

    class Whole(torch.nn.Module):
        """All of the model's modules, pooling and normalisation included, as one graph."""

        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            features = self.transformer({"input_ids": input_ids, "attention_mask": attention_mask})
            return torch.nn.functional.normalize(features["sentence_embedding"], dim=1)

    example = (torch.tensor([[0, 5, 6, 2], [0, 5, 2, 1]]), torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]]))
    axes = {0: torch.export.Dim("rows"), 1: torch.export.Dim("tokens", min=2, max=LONGEST)}
    torch.onnx.export(
        Whole().eval(),
        example,
        str(path),
        dynamo=True,
        verbose=False,
        external_data=False,
        input_names=["input_ids", "attention_mask"],
        output_names=["vectors"],
        dynamic_shapes={"input_ids": axes, "attention_mask": axes},
    )


def _verify(transformer: "SentenceTransformer", prepared: PreparedModel) -> None:
    """Raises unless the graph gives the model's own vectors, alone and in a padded batch, for questions and documents."""
    graph = GraphEmbedder(prepared)
    pairs = (
        (transformer.encode_query(list(PROBES), normalize_embeddings=True, show_progress_bar=False), graph.embed_queries(PROBES)),
        (transformer.encode_document(list(PROBES), normalize_embeddings=True, show_progress_bar=False), graph.embed_documents(PROBES)),
    )
    worst = min(float(np.min(np.sum(np.asarray(theirs) * ours, axis=1))) for theirs, ours in pairs)
    if worst < SAME:
        raise ModelUnavailable(
            f"the graph made from {prepared.name!r} differs from the model (cosine {worst:.3f}): choose another NAVIGATOR_EMBEDDER"
        )
