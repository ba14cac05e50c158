"""Models of a few thousand weights, made from nothing: real files that sentence-transformers opens."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import BertConfig, BertForSequenceClassification, BertModel, PreTrainedTokenizerFast

WORDS = ("red", "blue", "green", "white")
LIKED = "white"
_MARKS = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
_VOCABULARY = {word: at for at, word in enumerate([*_MARKS.values(), *WORDS])}
_STEPS = 30


def make_cross_encoder(folder: Path, *, labels: int = 1) -> Path:
    """One that gives `labels` scores; with one it is trained for a second or two until passages with the word `LIKED` score higher than others."""
    torch.manual_seed(0)
    model: Any = BertForSequenceClassification(_config(labels))
    tokenizer = _tokenizer()
    if labels == 1:
        with _one_thread():
            _train(model, tokenizer)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def make_encoder(folder: Path) -> Path:
    """One that gives vectors and no scores."""
    model: Any = BertModel(_config(1))
    model.save_pretrained(folder)
    _tokenizer().save_pretrained(folder)
    return folder


def _config(labels: int) -> Any:
    make: Any = BertConfig  # it takes more than its types say
    shape = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64, "max_position_embeddings": 512}
    return make(vocab_size=len(_VOCABULARY), num_labels=labels, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, **shape)


def _tokenizer() -> Any:
    tokenizer = Tokenizer(models.WordLevel(_VOCABULARY, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    ends = [("[CLS]", _VOCABULARY["[CLS]"]), ("[SEP]", _VOCABULARY["[SEP]"])]
    tokenizer.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=ends)
    make: Any = PreTrainedTokenizerFast  # its constructor carries no types
    return make(tokenizer_object=tokenizer, model_max_length=512, **_MARKS)


def _train(model: Any, tokenizer: Any) -> None:
    pairs = list(itertools.product(WORDS, repeat=2))
    # A passage comes under its title and headings, of which these words know nothing: [UNK].
    batch = tokenizer([one for one, _other in pairs], [f"unknown {other}" for _one, other in pairs], return_tensors="pt", padding=True)
    right = torch.tensor([float(other == LIKED) for _one, other in pairs])
    optimiser = torch.optim.Adam(model.parameters(), lr=5e-3)
    model.train()
    for _step in range(_STEPS):
        optimiser.zero_grad()
        loss: Any = torch.nn.functional.binary_cross_entropy_with_logits(model(**batch).logits[:, 0], right)
        loss.backward()
        optimiser.step()
    model.eval()


@contextmanager
def _one_thread() -> Iterator[None]:
    """So small a model is slowed down by several, most of all on a busy machine."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)
