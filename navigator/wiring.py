"""Joins the rooms. Implementations are chosen here, and in entry.py who may ask over HTTP; nowhere else. Tests call the same functions."""

import asyncio
import contextlib
import datetime as dt
import functools
import re
import sys
from collections.abc import AsyncIterator, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from ingest import Ingestion, Jobs
from knowledge_base.embedding.base import Embedder, EmbedderStamp
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.embedding.names import HASHING
from knowledge_base.embedding.open import open_embedder
from knowledge_base.embedding.prepared import find
from knowledge_base.embedding.remembered import RememberedEmbedder
from knowledge_base.errors import OperatorError
from knowledge_base.library import Library
from knowledge_base.progress import Progress
from knowledge_base.release import publish, records
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.manifest import Manifest
from knowledge_base.review import Review
from knowledge_base.types import Hit
from navigator.settings import Settings
from tutor import golden
from tutor.answering.compose import LinkTo
from tutor.catalogue import Catalogue
from tutor.events import UNCOUNTED
from tutor.ports import Remembers
from tutor.practice.practice import Practice
from tutor.pseudonyms import Pseudonyms, key_in
from tutor.tutor import Tutor, no_link

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp

    from api import Staff  # the web framework is for the server alone: other commands start without it
    from bot.desk import Rooms
    from knowledge_base.reranking import Reranker
    from navigator.watching.metrics import Metrics
    from tutor.memory import Memory
    from tutor.model import ModelWriter  # so does langchain
    from tutor.storage import Database, SqlInbox, SqlLearners, SqlStore  # the same goes for the database


def data_folder(settings: Settings) -> DataFolder:
    """The data folder that the settings name."""
    return DataFolder(settings.data_dir, settings.chroma_url)


def prepare_embedder(settings: Settings, progress: Progress) -> Embedder:
    """The embedder that the settings name, made ready first if it is not."""
    from knowledge_base.embedding.prepare import prepare

    data = data_folder(settings)
    if settings.embedder != HASHING:
        data.ensure_writable()
        prepare(settings.embedder, data.models, progress=progress)
    return open_embedder(settings.embedder, data.models)


def ingestion(settings: Settings, progress: Progress) -> Ingestion:
    """Ingests into the data folder; the embedder is made ready only when there is something to embed or to ask."""
    data = data_folder(settings)
    embedder = functools.cache(lambda: prepare_embedder(settings, progress))

    def review(candidate: str, published: str | None) -> Review:
        return reviewed(settings, embedder(), candidate=candidate, published=published, progress=progress)

    return Ingestion(data, embedder, progress, stamp=lambda: foretold_stamp(settings), review=review)


def foretold_stamp(settings: Settings) -> EmbedderStamp:
    """The stamp of the embedder that the settings name, of which only the name is known while it is not prepared."""
    return _stamp(settings) or EmbedderStamp(settings.embedder, 0, "")


def _stamp(settings: Settings) -> EmbedderStamp | None:
    """The stamp of the embedder that the settings name, None while it is not prepared."""
    if settings.embedder == HASHING:
        return HashingEmbedder.stamp
    model = find(data_folder(settings).models, settings.embedder)
    return model.stamp if model is not None else None


def reviewed(settings: Settings, embedder: Embedder, *, candidate: str, published: str | None, progress: Progress) -> Review:
    """Asks the candidate's golden questions of both releases; of the published one only where this embedder can open it."""
    data, again = data_folder(settings), reranker(settings)
    questions, remembered = records.read_golden(data.release(candidate)), RememberedEmbedder(embedder)
    remembered.embed_queries([question.question for question in questions])
    with contextlib.ExitStack() as opened:
        after = Library(data, remembered, release=candidate, reranker=again)
        opened.callback(after.close)
        before = Library(data, remembered, release=published, reranker=again) if published is not None else None
        if before is not None:
            opened.callback(before.close)
            try:
                before.open()
            except OperatorError:
                before = None
        return asyncio.run(golden.review(after, before, questions, progress=progress))


def library(settings: Settings) -> Library:
    """The published release, ready to search; needs a prepared embedder."""
    data = data_folder(settings)
    return Library(data, open_embedder(settings.embedder, data.models), reranker=reranker(settings))


def reranker(settings: Settings) -> "Reranker | None":
    """The cross-encoder that the settings name, loaded; ModelUnavailable when it cannot be."""
    if settings.reranker is None:
        return None
    from knowledge_base.reranking import CrossEncoderReranker

    return CrossEncoderReranker(settings.reranker)


def published_library(settings: Settings) -> Library:
    """The same for a command that is of no use without a release: NoRelease or EmbedderMismatch before the model is loaded."""
    check_embedder(settings, publish.current(data_folder(settings)))
    return library(settings)


def tutor(settings: Settings, knowledge: Library, memory: Remembers | None = None, metrics: "Metrics | None" = None) -> Tutor:
    """The tutor on a library; with a memory it keeps what known callers ask, with metrics its turns are counted."""
    model = writer(settings)
    if metrics is not None and model is not None:
        from navigator.watching.states import watch_model

        watch_model(metrics, model)
    return Tutor(knowledge, link_to=link_to(settings), memory=memory, writer=model, events=metrics or UNCOUNTED)


def rooms(settings: Settings, answers: Tutor, memory: "Memory", learners: "SqlLearners") -> "Rooms":
    """All that a messenger's desk stands on, over the tutor's library; the memory and the learners are to be ``running`` while it is open."""
    from bot.desk import Policy, Rooms

    knowledge = answers.library
    policy = Policy(settings.retention_days, settings.llm)
    return Rooms(answers, memory, learners, practice(settings, knowledge), catalogue(settings, knowledge), policy)


def practice(settings: Settings, knowledge: Library) -> Practice:
    """Practice with the lessons' check questions, whose sources lead where the answers' do."""
    return Practice(knowledge, link_to(settings))


def catalogue(settings: Settings, knowledge: Library) -> Catalogue:
    """The lessons, missions and facts to browse, which lead where the answers' sources do."""
    return Catalogue(knowledge, link_to(settings))


def behind_webhook(settings: Settings, app: "FastAPI", answers: Tutor, memory: "Memory") -> "ASGIApp":
    """The API with the bot's webhook in front of it, both with one tutor, or as it is without a token and an address for Telegram to post to."""
    if settings.telegram_token is None or settings.bot_webhook_url is None:
        return app
    from bot.desk import FrontDesk
    from bot.telegram import Webhook, secret_of

    token, url = settings.telegram_token.get_secret_value(), settings.bot_webhook_url
    people, updates = learners(settings), inbox(settings, bot_of(token))
    desk = FrontDesk(rooms(settings, answers, memory, people), tenant="telegram")
    secret = secret_of(pseudonym_key(settings), token)
    webhook = Webhook(desk, inbox=updates, token=token, url=url, secret=secret, api_url=settings.telegram_api_url)
    lifespan = app.router.lifespan_context

    @contextlib.asynccontextmanager
    async def with_bot(running: "FastAPI") -> AsyncIterator[Any]:
        async with lifespan(running) as state, people.running(), updates.running(), webhook.running():
            yield state

    app.router.lifespan_context = with_bot
    return webhook.before(app)


def link_to(settings: Settings) -> LinkTo:
    """Where citations lead: into the course player, or nowhere without one."""
    return player_link(settings.course_url) if settings.course_url else no_link


def writer(settings: Settings) -> "ModelWriter | None":
    """The language model that the settings name, not asked anything yet; BadModel when it cannot be used."""
    if settings.llm is None:
        return None
    from tutor.model import Access, open_writer

    key = settings.llm_api_key
    return open_writer(Access(settings.llm, settings.llm_base_url, key.get_secret_value() if key is not None else None))


def memory(settings: Settings, knowledge: Library) -> "Memory":
    """The memory in the database that the settings name; it works while it is ``running``."""
    from tutor.memory import Memory

    pseudonyms = Pseudonyms(pseudonym_key(settings))
    return Memory(store(settings), pseudonyms, knowledge, retention=dt.timedelta(days=settings.retention_days))


def store(settings: Settings) -> "SqlStore":
    """Where the memory is kept."""
    from tutor.storage import SqlStore

    return SqlStore(_database(settings))


def learners(settings: Settings) -> "SqlLearners":
    """Students' choices and the limits on their questions, beside the memory; hold it ``running``, so that its connections end."""
    from tutor.memory import now
    from tutor.storage import Limits, SqlLearners

    limits = Limits(settings.questions_per_minute, settings.questions_per_day)
    return SqlLearners(_database(settings), limits, clock=now)


def inbox(settings: Settings, bot: str) -> "SqlInbox":
    """The updates of the bot of that name, beside the memory, which sweeps it; it keeps what it took while it is ``running``."""
    from tutor.memory import now
    from tutor.sealing import Seal
    from tutor.storage import SqlInbox

    return SqlInbox(_database(settings), Seal(pseudonym_key(settings)), bot, clock=now)


def bot_of(token: str) -> str:
    """The name of a token's bot, under which its updates are kept: another bot in its place counts its own. It holds no secret."""
    number, colon, _secret = token.partition(":")
    return f"telegram {number if colon else ''}".strip()


def _database(settings: Settings) -> "Database":
    """PostgreSQL when an address is set, else a file in the data folder. Whoever asks has connections of their own and closes them."""
    from tutor.storage import postgresql, sqlite

    address = settings.database_url
    return postgresql(address.get_secret_value()) if address is not None else sqlite(data_folder(settings).state)


def pseudonym_key(settings: Settings) -> bytes:
    """The secret that turns people into pseudonyms; made in the data folder when none is set."""
    secret = settings.pseudonym_key
    return secret.get_secret_value().encode() if secret is not None else key_in(data_folder(settings).root / "pseudonym.key")


def forget_passages(settings: Settings, passage_ids: Iterable[str]) -> int:
    """Blanks stored quotes of these passages; how many. Nothing is made where nothing is kept."""
    ids = sorted(passage_ids)
    if not ids or (settings.database_url is None and not data_folder(settings).state.exists()):
        return 0

    async def forget() -> int:
        kept = store(settings)
        try:
            return await kept.forget_passages(ids)
        finally:
            await kept.close()

    return asyncio.run(forget())


def staff(settings: Settings) -> "Staff | None":
    """What the staff's endpoints stand on, or None without a staff token. Their jobs run this program with the settings in force."""
    from api import Staff

    if settings.staff_token is None:
        return None
    jobs = Jobs(data_folder(settings), [sys.executable, "-m", "navigator"])
    return Staff(settings.staff_token, jobs, check=lambda manifest: check_embedder(settings, manifest))


def player_link(course_url: str) -> LinkTo:
    """Links into the course player: the document, its heading as anchor and, where there is one, the second."""

    def link(hit: Hit) -> str:
        place: dict[str, str | float] = {"doc": hit.document.doc_id}
        if hit.passage.section:
            place["anchor"] = anchor(hit.passage.section[-1])
        if hit.passage.position_s is not None:
            place["t"] = hit.passage.position_s
        return f"{course_url}{'&' if '?' in course_url else '?'}{urlencode(place)}"

    return link


def anchor(heading: str) -> str:
    """A heading as a page's anchor: words joined by hyphens, as Markdown renderers make them."""
    return re.sub(r"\W+", "-", heading.lower()).strip("-")


def check_embedder(settings: Settings, manifest: Manifest) -> None:
    """Raises EmbedderMismatch when the embedder in use did not build this release; says nothing while that embedder is not prepared."""
    stamp = _stamp(settings)
    if stamp is not None:
        manifest.check_embedder(stamp)
