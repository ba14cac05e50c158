"""A plain retrieval endpoint as a user of FastAPI and LangChain writes it first: POST /ask gives the five nearest passages.

``python -m benchmarks.player.plain_server MODEL RELEASE STORE`` prints its address once it has answered a question. The passages and their
vectors are a release's own, so that only asking differs.
"""

import socket
import sys
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import BaseModel

from benchmarks.pipelines.plain_search import K, retriever_over


class Asked(BaseModel):
    """One question."""

    question: str


def app_over(retriever: BaseRetriever) -> FastAPI:
    """The whole application."""
    app = FastAPI()

    @app.post("/ask")
    async def ask(asked: Asked) -> dict[str, list[dict[str, Any]]]:
        """The nearest passages."""
        return {"hits": [_shown(hit) for hit in await retriever.ainvoke(asked.question)]}

    return app


def _shown(hit: Document) -> dict[str, Any]:
    return {"id": hit.id, "text": hit.page_content}


if __name__ == "__main__":
    model, release, store = sys.argv[1:]
    retriever = retriever_over(model, Path(release), store)
    assert len(retriever.invoke("warm up")) == K
    with socket.create_server(("127.0.0.1", 0)) as listening:
        print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
        uvicorn.Server(uvicorn.Config(app_over(retriever), log_level="warning", access_log=False)).run(sockets=[listening])
