"""The pipeline that a user of LangChain writes first, with its defaults.

``python -m benchmarks.pipelines.plain MODEL STORE FILE...`` prints the seconds from files to a stored index; imports and loading the model
are not counted.
"""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from langchain_chroma import Chroma  # type: ignore[import-not-found, unused-ignore] # installed beside the others, see installed.py
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_huggingface import HuggingFaceEmbeddings  # type: ignore[import-not-found, unused-ignore]
from langchain_text_splitters import RecursiveCharacterTextSplitter  # type: ignore[import-not-found, unused-ignore]


def stored(files: Sequence[str], embeddings: Embeddings, store: str) -> Chroma:
    """The files' chunks of 1,000 characters in a Chroma store."""
    documents = [Document(Path(file).read_text(encoding="utf-8"), metadata={"source": file}) for file in files]
    chunks = RecursiveCharacterTextSplitter(chunk_size=1000).split_documents(documents)
    return Chroma.from_documents(chunks, embeddings, persist_directory=store)


if __name__ == "__main__":
    model, store, *files = sys.argv[1:]
    embeddings = HuggingFaceEmbeddings(model_name=model)
    started = time.perf_counter()
    stored(files, embeddings, store)
    print(time.perf_counter() - started)
