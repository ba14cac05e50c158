"""The vector index in a Chroma server, a collection a release; with ``chroma.py`` the home of chromadb."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Self

import httpx
from chromadb.api.fastapi import FastAPI
from chromadb.api.models.Collection import Collection
from chromadb.api.types import Embeddable, EmbeddingFunction
from chromadb.config import Settings, System
from chromadb.errors import NotFoundError

from knowledge_base.embedding.base import Vectors
from knowledge_base.errors import ChromaUnreachable
from knowledge_base.index import chroma
from knowledge_base.progress import Progress

ANSWERS_WITHIN = 3.0  # seconds: a student waits for this
WRITES_WITHIN = 120.0  # seconds: the last batch of a large release writes its graph


class ChromaServer:
    """The server at `url`, safe to ask from several threads until closed. ChromaUnreachable when it does not answer, or not as Chroma does."""

    def __init__(self, url: str) -> None:
        # The port is asked for, and not looked at where the host is an address.
        self._system = System(Settings(anonymized_telemetry=False, chroma_server_host=url, chroma_server_http_port=8000))
        self._api, self._session = _api(self._system)

    def fill(self, name: str, ids: Sequence[str], vectors: Vectors, *, progress: Progress) -> None:
        """Puts `vectors` (one row an id, unit length) into the collection `name`, which is made when there is none."""
        with _told():
            model = self._api.create_collection(name, configuration=chroma.configuration(len(ids)), get_or_create=True)
            chroma.put(self._collection(model).upsert, ids, vectors, most=self._api.get_max_batch_size(), progress=progress)

    def count(self, name: str) -> int:
        """How many vectors the collection holds; none when there is no such collection."""
        with _told():
            try:
                return self._collection(self._api.get_collection(name)).count()
            except NotFoundError:
                return 0

    def open(self, name: str) -> "ServedIndex":
        """The collection, to be searched; the server is closed with it."""
        with _told():
            collection = self._collection(self._api.get_collection(name))
            return ServedIndex(self, collection, collection.count())

    def remove(self, name: str) -> None:
        """Removes the collection, if there is one."""
        with _told():
            try:
                self._api.delete_collection(name)
            except NotFoundError:
                return

    def close(self) -> None:
        """Ends the connections."""
        self._session.close()
        self._system.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _collection(self, model: Any) -> Collection:
        none: EmbeddingFunction[Embeddable] | None = None  # else Chroma brings a model of its own
        return Collection(client=self._api, model=model, embedding_function=none)


class ServedIndex:
    """A release's collection. `lost` once the server knows it no more: then it has to be filled again."""

    def __init__(self, server: ChromaServer, collection: Collection, size: int) -> None:
        self._server, self._collection, self._size = server, collection, size
        self.lost = False

    def nearest(self, query: Vectors, k: int) -> list[str]:
        """Ids of the `k` passages nearest to the query vector (shape ``(d,)``), nearest first."""
        if not self._size:
            return []
        try:
            with _told():
                return chroma.ask(self._collection, query, min(k, self._size))
        except NotFoundError as error:
            self.lost = True
            raise ChromaUnreachable(
                "the Chroma server has lost the release's collection: wait until a running server has filled it again, or start one"
            ) from error

    def close(self) -> None:
        """Ends the connections; the collection stays."""
        self._server.close()


def _api(system: System) -> tuple[FastAPI, httpx.Client]:
    """Chroma's own client, which waits for ever and raises plain Exceptions for answers that it cannot read, and its connections."""
    api = FastAPI(system)
    api._session.event_hooks = {"request": [_limit_time], "response": [_refuse_errors]}
    return api, api._session


def _limit_time(request: httpx.Request) -> None:
    writes = request.method == "DELETE" or request.url.path.endswith(("/collections", "/add", "/upsert"))
    request.extensions["timeout"] = httpx.Timeout(WRITES_WITHIN if writes else ANSWERS_WITHIN).as_dict()


def _refuse_errors(response: httpx.Response) -> None:
    """Leaves to Chroma's client only what it knows how to say: that there is no such collection."""
    if response.is_error:
        response.read()
        if response.status_code != httpx.codes.NOT_FOUND or "NotFoundError" not in response.text:
            raise ChromaUnreachable(_advice(f"{response.status_code} {response.reason_phrase}"))


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except httpx.TimeoutException as error:
        raise ChromaUnreachable(_advice("no answer in time")) from error
    except httpx.HTTPError as error:
        raise ChromaUnreachable(_advice(str(error))) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ChromaUnreachable(_advice("what answers is no Chroma server")) from error


def _advice(what: str) -> str:
    return f"the Chroma server cannot be asked ({what}): start it, or set NAVIGATOR_CHROMA_URL to where it runs"
