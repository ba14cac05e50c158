"""One contract for every embedder: the honest fake and the packaged model, which is prepared once into the tests' cache."""

import hashlib
import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from knowledge_base.embedding import compact, packaged, prepare
from knowledge_base.embedding.base import Embedder, Vectors
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.embedding.names import PACKAGED
from knowledge_base.embedding.open import open_embedder
from knowledge_base.embedding.prepared import PreparedModel
from knowledge_base.progress import silent

CLOSE = 0.9999  # cosine above which two computations of one vector agree
COMPACT = 0.9997  # the same where one of them rounds activations to eight bits
MIXED = (
    "Orbit",
    "嫦娥五号带回了1,731克月球样品。",
    "A rocket works in empty space because it pushes on its own exhaust gas, not on the air around it. " * 6,
    "月球",
    "How much lunar soil did Chang'e-5 bring back?",
    "空间站上的航天员为什么会飘起来？" * 12,
)
NEARNESS = {
    "English": (
        "Why do rockets drop their stages?",
        "Rockets drop their empty stages because useless mass is hard to speed up.",
        "Saturn's rings are made of ice and rock.",
    ),
    "Chinese": ("嫦娥五号带回了多少月壤？", "嫦娥五号带回了1,731克月壤样品。", "国际空间站宽109米，绕地球飞行。"),
}
ACROSS = {
    "a Chinese question": (
        "嫦娥五号带回了多少月球样品？",
        "Chang'e-5 brought back 1,731 g of lunar samples.",
        "The Hubble Space Telescope circles the Earth every 95 minutes.",
    ),
    "an English question": (
        "Why do astronauts float in the space station?",
        "空间站里的航天员和空间站一起自由下落，所以会飘浮。",
        "长征五号高约57米。",
    ),
}


@pytest.fixture(scope="session")
def prepared() -> PreparedModel:
    """The packaged model, prepared once and again only when the code that prepares it has changed."""
    cache = Path(os.environ.get("NAVIGATOR_TEST_CACHE") or Path(__file__).parents[1] / ".cache") / "models"
    code = b"".join(Path(str(module.__file__)).read_bytes() for module in (prepare, packaged, compact))
    models = cache / hashlib.sha256(code).hexdigest()[:12]
    for outdated in [path for path in cache.glob("*") if path != models]:
        shutil.rmtree(outdated)
    return prepare.prepare(PACKAGED, models, progress=silent)


@pytest.fixture(scope="session")
def real(prepared: PreparedModel) -> Embedder:
    return open_embedder(PACKAGED, prepared.folder.parent)


@pytest.fixture(scope="session", params=["hashing", pytest.param("real", marks=pytest.mark.real_model)])
def any_embedder(request: pytest.FixtureRequest) -> Iterator[Embedder]:
    if request.param == "hashing":
        yield HashingEmbedder()
    else:
        yield request.getfixturevalue("real")


def test_vectors_have_length_one_and_a_row_for_each_text(any_embedder: Embedder) -> None:
    for vectors in (any_embedder.embed_queries(MIXED), any_embedder.embed_documents(MIXED)):
        assert vectors.dtype == np.float32
        assert vectors.shape == (len(MIXED), any_embedder.stamp.dimensions)
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(MIXED)), abs=1e-3)


def test_no_texts_give_no_rows(any_embedder: Embedder) -> None:
    assert any_embedder.embed_queries([]).shape == (0, any_embedder.stamp.dimensions)
    assert any_embedder.embed_documents([]).shape == (0, any_embedder.stamp.dimensions)


def test_a_text_alone_gets_the_vector_that_it_gets_in_a_batch(any_embedder: Embedder) -> None:
    together = any_embedder.embed_documents(MIXED)
    alone = np.concatenate([any_embedder.embed_documents([text]) for text in MIXED])
    assert _cosines(together, alone).min() > CLOSE


def test_rows_come_in_the_order_of_the_texts(any_embedder: Embedder) -> None:
    order = [3, 0, 5, 2, 4, 1]
    shuffled = any_embedder.embed_documents([MIXED[row] for row in order])
    assert _cosines(shuffled, any_embedder.embed_documents(MIXED)[order]).min() > CLOSE


def test_a_question_and_a_document_of_one_text_differ(any_embedder: Embedder) -> None:
    asked, told = any_embedder.embed_queries(MIXED), any_embedder.embed_documents(MIXED)
    assert np.abs(asked - told).max(axis=1).min() > 1e-3
    assert _cosines(asked, told).min() > 0.5


@pytest.mark.parametrize("language", NEARNESS)
def test_a_related_text_is_nearer_than_an_unrelated_one(any_embedder: Embedder, language: str) -> None:
    question, related, unrelated = NEARNESS[language]
    near, far = any_embedder.embed_documents([related, unrelated]) @ any_embedder.embed_queries([question])[0]
    assert near > far


def test_threads_get_the_vectors_that_one_caller_gets(any_embedder: Embedder) -> None:
    expected = any_embedder.embed_queries(MIXED)
    with ThreadPoolExecutor(8) as pool:
        rows = list(pool.map(lambda row: any_embedder.embed_queries([MIXED[row]])[0], [*range(len(MIXED))] * 2))
    assert _cosines(np.stack(rows), np.concatenate([expected] * 2)).min() > CLOSE


def test_a_text_that_is_too_long_is_cut_and_not_refused(any_embedder: Embedder) -> None:
    vectors = any_embedder.embed_documents(["月球没有空气。 The Moon has no air. " * 3000, "Orbit"])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1], abs=1e-3)
    assert _cosines(vectors[1:], any_embedder.embed_documents(["Orbit"])).min() > CLOSE


@pytest.mark.parametrize("text", ["", " \n", "🚀", "\x07", "?!"])
def test_a_text_without_words_has_a_vector_too(any_embedder: Embedder, text: str) -> None:
    assert np.linalg.norm(any_embedder.embed_queries([text])) == pytest.approx(1, abs=1e-3)


def test_progress_rises_to_the_number_of_texts(any_embedder: Embedder) -> None:
    heard: list[tuple[int, int]] = []
    any_embedder.embed_documents(MIXED, progress=lambda _what, done, total: heard.append((done, total)))
    assert heard[-1] == (len(MIXED), len(MIXED))
    assert all(before[0] < after[0] for before, after in itertools.pairwise(heard))


def test_the_fakes_stamp_is_the_same_each_time() -> None:
    assert HashingEmbedder().stamp == HashingEmbedder().stamp


@pytest.mark.real_model
def test_the_models_stamp_names_it(prepared: PreparedModel, real: Embedder) -> None:
    assert real.stamp == prepared.stamp
    assert (real.stamp.name, real.stamp.dimensions) == (PACKAGED, 384)
    assert len(real.stamp.fingerprint) == 16


@pytest.mark.real_model
def test_preparing_again_makes_nothing_anew(prepared: PreparedModel) -> None:
    before = prepared.graph_path.stat().st_mtime_ns
    assert prepare.prepare(PACKAGED, prepared.folder.parent, progress=silent) == prepared
    assert prepared.graph_path.stat().st_mtime_ns == before


@pytest.mark.real_model
def test_what_lies_beyond_the_longest_input_changes_nothing(real: Embedder) -> None:
    long = "The Moon has no air. " * 300
    assert _cosines(real.embed_documents([long]), real.embed_documents([long + "Rockets are tall."])).min() > CLOSE


@pytest.mark.real_model
@pytest.mark.parametrize("asked", ACROSS)
def test_a_question_finds_its_answer_in_the_other_language(real: Embedder, asked: str) -> None:
    question, related, unrelated = ACROSS[asked]
    near, far = real.embed_documents([related, unrelated]) @ real.embed_queries([question])[0]
    assert near > far + 0.02


OTHER_PROCESS = """
import json, sys, warnings
warnings.simplefilter("ignore")
from pathlib import Path
import numpy as np
from sentence_transformers import SentenceTransformer
from knowledge_base.embedding.prepare import prepare
from knowledge_base.errors import ModelUnavailable
from knowledge_base.progress import silent
folder, work, texts = Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3])
model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
np.save(work / "queries.npy", model.encode_query(texts, show_progress_bar=False))
np.save(work / "documents.npy", model.encode_document(texts, show_progress_bar=False))
try:
    prepare("no-such/model", work / "models", progress=silent)
except ModelUnavailable as error:
    (work / "refusal").write_text(str(error))
"""


@pytest.fixture(scope="module")
def other_process(prepared: PreparedModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What sentence-transformers says in a process of its own, without a network, so that torch stays out of this one."""
    work = tmp_path_factory.mktemp("other")
    command = [sys.executable, "-c", OTHER_PROCESS, str(prepared.folder / "model"), str(work), json.dumps(MIXED)]
    subprocess.run(command, env={**os.environ, "HF_HUB_OFFLINE": "1"}, check=True, timeout=300, capture_output=True, cwd=Path(__file__).parents[2])
    return work


@pytest.mark.real_model
def test_the_vectors_are_those_of_sentence_transformers(real: Embedder, other_process: Path) -> None:
    assert _cosines(real.embed_queries(MIXED), np.load(other_process / "queries.npy")).min() > COMPACT
    assert _cosines(real.embed_documents(MIXED), np.load(other_process / "documents.npy")).min() > COMPACT


@pytest.mark.real_model
def test_a_model_that_nobody_has_is_refused_and_leaves_nothing_behind(other_process: Path) -> None:
    told = (other_process / "refusal").read_text()
    assert "'no-such/model'" in told
    assert "NAVIGATOR_EMBEDDER" in told
    assert list((other_process / "models").iterdir()) == []


def _cosines(ours: Vectors, theirs: Vectors) -> Vectors:
    return np.asarray(np.sum(ours * theirs, axis=1), np.float32)
