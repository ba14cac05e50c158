"""The pipeline that a user of LangChain writes first, with its defaults: prints the seconds from files to a stored index.

``python -m benchmarks.pipelines.plain MODEL STORE FILE...``: imports and loading the model are not counted.
"""

import sys
import time
from pathlib import Path

from langchain_chroma import Chroma  # type: ignore[import-not-found, unused-ignore] # installed beside the others, see first_ingest.py
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings  # type: ignore[import-not-found, unused-ignore]
from langchain_text_splitters import RecursiveCharacterTextSplitter  # type: ignore[import-not-found, unused-ignore]

if __name__ == "__main__":
    model, store, *files = sys.argv[1:]
    embeddings = HuggingFaceEmbeddings(model_name=model)
    started = time.perf_counter()
    documents = [Document(Path(file).read_text(encoding="utf-8"), metadata={"source": file}) for file in files]
    chunks = RecursiveCharacterTextSplitter(chunk_size=1000).split_documents(documents)
    Chroma.from_documents(chunks, embeddings, persist_directory=store)
    print(time.perf_counter() - started)
