"""The chain that a user of LangChain writes first, asked one question a line: prints the seconds that each took to its hits.

``python -m benchmarks.pipelines.plain_search MODEL RELEASE STORE``: the passages and their vectors are a release's own, so that only asking differs.
"""

import sys
import time
from pathlib import Path
from typing import cast

import chromadb
import numpy as np
from chromadb.api import ClientAPI
from langchain_chroma import Chroma  # type: ignore[import-not-found, unused-ignore] # installed beside the others, see first_ingest.py
from langchain_core.retrievers import BaseRetriever
from langchain_huggingface import HuggingFaceEmbeddings  # type: ignore[import-not-found, unused-ignore]

from knowledge_base.release.records import read_passages

AT_ONCE = 5_000
K = 5


def main() -> None:
    """Answers ``ready`` once it has opened everything and asked once."""
    model, release, store = sys.argv[1:]
    retriever = retriever_over(model, Path(release), store)
    retriever.invoke("warm up")
    print("ready", flush=True)
    for line in sys.stdin:
        started = time.perf_counter()
        found = retriever.invoke(line.strip())
        taken = time.perf_counter() - started
        assert len(found) == K
        print(taken, flush=True)


def retriever_over(model: str, release: Path, store: str) -> BaseRetriever:
    """LangChain's retriever over a release's passages, put into a Chroma store in that folder."""
    client = chromadb.PersistentClient(store)
    _fill(client, release)
    vectors = Chroma(client=client, collection_name="plain", embedding_function=HuggingFaceEmbeddings(model_name=model))
    return cast(BaseRetriever, vectors.as_retriever(search_kwargs={"k": K}))


def _fill(client: ClientAPI, release: Path) -> None:
    passages, vectors = read_passages(release), np.load(release / "passage_vectors.npy")
    collection = client.create_collection("plain", embedding_function=None)
    for start in range(0, len(passages), AT_ONCE):
        some = passages[start : start + AT_ONCE]
        ids, texts = [passage.passage_id for passage in some], [passage.text for passage in some]
        collection.add(ids=ids, documents=texts, embeddings=vectors[start : start + AT_ONCE])


if __name__ == "__main__":
    main()
