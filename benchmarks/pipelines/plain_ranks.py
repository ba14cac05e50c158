"""What the plain pipeline finds: prints, as JSON, the documents of the five nearest chunks for each question of a set.

``python -m benchmarks.pipelines.plain_ranks EMBEDDER MODELS SET``: the embedder is ours, with its prompts for questions and passages, so that
the two ways differ by all else.
"""

import json
import sys
import tempfile
from pathlib import Path

from langchain_core.embeddings import Embeddings

from benchmarks.pipelines.plain import stored
from evaluation.sets import load
from knowledge_base.embedding.base import Embedder
from knowledge_base.embedding.open import open_embedder

K = 5


class OurEmbeddings(Embeddings):
    """Our embedder as LangChain asks for it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [list(map(float, vector)) for vector in self._embedder.embed_documents(texts)]

    def embed_query(self, text: str) -> list[float]:
        return list(map(float, self._embedder.embed_queries([text])[0]))


if __name__ == "__main__":
    name, models, folder = sys.argv[1:]
    questions = load(Path(folder))
    files = sorted(str(file) for file in questions.docs.rglob("*") if file.is_file())
    with tempfile.TemporaryDirectory(prefix="navigator-plain-") as store:
        retriever = stored(files, OurEmbeddings(open_embedder(name, Path(models))), store).as_retriever(search_kwargs={"k": K})
        found = [retriever.invoke(item.question) for item in questions.items if item.answerable and item.has_document]
    print(json.dumps([[Path(hit.metadata["source"]).relative_to(questions.docs).as_posix() for hit in hits] for hits in found]))
