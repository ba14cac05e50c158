"""What is set up, what is missing, and the command that mends it."""

import asyncio
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import httpx2
from rich.table import Table
from rich.text import Text

from knowledge_base.embedding import packaged
from knowledge_base.embedding.names import HASHING, PACKAGED
from knowledge_base.embedding.prepared import find
from knowledge_base.errors import KnowledgeError
from knowledge_base.index.chroma_server import ChromaServer
from knowledge_base.release import manifest as stamps
from knowledge_base.release import publish
from knowledge_base.release.nearest import collection
from navigator import entry, wiring
from navigator.console import results
from navigator.settings import Settings

if TYPE_CHECKING:
    from api.shared_counting import SharedCounts
    from tutor.model import ModelWriter

NEEDED = 3_000_000_000  # bytes: the prepared model takes one, a release with its private copy little beside it


@dataclass(frozen=True)
class Finding:
    """One row: `missing` stops the tutor, `optional` does not; `mend` is what to do."""

    what: str
    state: Literal["ok", "missing", "optional"]
    detail: str
    mend: str = ""


def examine(settings: Settings) -> list[Finding]:
    """Looks at everything; never raises."""
    return [
        _python(),
        _data(settings),
        *_model(settings),
        *_reranker(settings),
        *_release(settings),
        *_chroma(settings),
        _writer(settings),
        _telegram(settings),
        *_tokens(settings),
        *_redis(settings),
        *_collector(settings),
    ]


def show(findings: list[Finding]) -> None:
    """Prints the table."""
    table = Table(box=None, pad_edge=False)
    for heading in ("what", "state", "detail", "to mend"):
        table.add_column(heading, overflow="fold")
    for finding in findings:
        table.add_row(finding.what, finding.state, Text(finding.detail), Text(finding.mend))
    results.print(table)


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding(
        "Python", "ok" if sys.version_info >= (3, 11) else "missing", version, "" if sys.version_info >= (3, 11) else "install Python 3.11 or newer"
    )


def _data(settings: Settings) -> Finding:
    try:
        wiring.data_folder(settings).ensure_writable()
    except KnowledgeError as error:
        return _missing("data folder", error)
    free = shutil.disk_usage(settings.data_dir).free
    return Finding("data folder", "ok", f"{settings.data_dir}, {free / 1e9:.1f} GB free", "" if free > NEEDED else "make room: 3 GB are wanted")


def _model(settings: Settings) -> Iterator[Finding]:
    if settings.embedder == HASHING:
        yield Finding("embedding model", "ok", "hashing, the fake for tests")
        return
    try:
        model = find(wiring.data_folder(settings).models, settings.embedder)
        if settings.embedder == PACKAGED and model is None:
            packaged.weights_path()
    except (KnowledgeError, OSError) as error:
        yield _missing("embedding model", error)
        return
    if model is None:
        yield Finding("embedding model", "missing", f"{settings.embedder} is not prepared", "navigator doctor --prepare")
    else:
        yield Finding("embedding model", "ok", f"{model.name}, {model.dimensions} dimensions")


def _reranker(settings: Settings) -> Iterator[Finding]:
    if settings.reranker is not None:
        try:
            wiring.reranker(settings)
            yield Finding("reranker", "ok", settings.reranker)
        except KnowledgeError as error:
            yield _missing("reranker", error)


def _release(settings: Settings) -> Iterator[Finding]:
    data = wiring.data_folder(settings)
    try:
        manifest = publish.current(data)
        folder = data.release(manifest.release)
        damaged = [name for name, digest in manifest.files.items() if not (folder / name).is_file() or stamps.digest(folder / name) != digest]
        if damaged:
            yield Finding("release", "missing", f"{manifest.release}: {', '.join(damaged)} damaged", "navigator ingest content")
            return
        wiring.check_embedder(settings, manifest)
        yield Finding("release", "ok", f"{manifest.release}: {manifest.documents} documents, {manifest.passages} passages")
    except (KnowledgeError, OSError) as error:
        yield _missing("release", error)


def _chroma(settings: Settings) -> Iterator[Finding]:
    if settings.chroma_url is None:
        return
    release = publish.current_id(wiring.data_folder(settings))
    try:
        with ChromaServer(settings.chroma_url) as server:
            held = server.count(collection(release)) if release is not None else 0
        yield Finding("Chroma server", "ok", f"{settings.chroma_url} answers, and holds {held} vectors of the published release")
    except KnowledgeError as error:
        yield _missing("Chroma server", error)


def _writer(settings: Settings) -> Finding:
    """The language model is asked for one word."""
    if settings.llm is None:
        return Finding("language model", "optional", "none: answers quote the course", "set NAVIGATOR_LLM")
    try:
        writer = wiring.writer(settings)
        if writer is not None:
            asyncio.run(_asked(writer))
    except KnowledgeError as error:
        return _missing("language model", error)
    return Finding("language model", "ok", f"{settings.llm} answers")


async def _asked(writer: "ModelWriter") -> None:
    try:
        await writer.check()
    finally:
        await writer.close()


def _tokens(settings: Settings) -> Iterator[Finding]:
    if settings.auth == "open":
        return
    make = "navigator tokens new-key --tenant SCHOOL --into FILE, then NAVIGATOR_TOKEN_KEYS=FILE"
    try:
        tenants = entry.tenants(settings) if settings.token_keys is not None else []
    except KnowledgeError as error:
        yield _missing("token keys", error)
        return
    if not tenants:
        yield Finding("token keys", "missing", "none: nobody could ask", make)
    else:
        yield Finding("token keys", "ok", f"{len(tenants)} of {len(set(tenants))} {'tenant' if len(set(tenants)) == 1 else 'tenants'}")


def _redis(settings: Settings) -> Iterator[Finding]:
    """Its address holds a password, and is not shown."""
    if settings.redis_url is None:
        return
    if asyncio.run(_answers(entry.shared_counts(settings.redis_url.get_secret_value()))):
        yield Finding("Redis", "ok", "answers" if settings.auth == "token" else "answers, and is not needed: NAVIGATOR_AUTH=open sets no limits")
    else:
        detail = "does not answer: each server counts questions for itself"
        yield Finding("Redis", "optional", detail, "start it, or set NAVIGATOR_REDIS_URL to where it runs")


async def _answers(counts: "SharedCounts") -> bool:
    async with counts.running():
        return await counts.answers()


def _collector(settings: Settings) -> Iterator[Finding]:
    """The collector of traces is sent none."""
    if settings.otlp_endpoint is None:
        return
    try:
        answer = httpx2.post(f"{settings.otlp_endpoint.rstrip('/')}/v1/traces", headers={"Content-Type": "application/x-protobuf"}, timeout=5)
        answer.raise_for_status()
        yield Finding("traces", "ok", f"{settings.otlp_endpoint} takes them")
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        detail = f"{settings.otlp_endpoint} takes none ({type(error).__name__}): the tutor answers all the same"
        yield Finding("traces", "optional", detail, "start the collector, or unset NAVIGATOR_OTLP_ENDPOINT")


def _missing(what: str, error: KnowledgeError | OSError) -> Finding:
    """What is wrong, and what its error says to do about it."""
    if isinstance(error, OSError):
        return Finding(what, "missing", f"{error.filename!r}: {error.strerror}", "set NAVIGATOR_DATA_DIR")
    detail, _colon, mend = str(error).rpartition(": ")
    return Finding(what, "missing", detail, mend)


def _telegram(settings: Settings) -> Finding:
    if settings.telegram_token is None:
        return Finding("Telegram", "optional", "no token", "set NAVIGATOR_TELEGRAM_TOKEN, then navigator bot")
    doors = f"navigator serve takes what Telegram posts to {settings.bot_webhook_url}" if settings.bot_webhook_url else "navigator bot polls"
    return Finding("Telegram", "ok", f"a token is set: {doors}")
