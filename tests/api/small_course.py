"""A course small enough to see through, published as a real release and served by the real app."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from fastapi import FastAPI
from fastapi.testclient import TestClient

from api import Asks, Doors, create_app
from ingest import Ingestion, Order
from knowledge_base.calibration import Calibration, Fusion, Gate, SentenceWeights
from knowledge_base.embedding.base import Embedder
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.library import Library
from knowledge_base.release.layout import DataFolder
from tutor.catalogue import Catalogue
from tutor.practice.practice import Practice
from tutor.tutor import Tutor, no_link

VERSION = "1.2.3"

T = TypeVar("T", Fusion, Gate, SentenceWeights)


def only(kind: type[T], **weights: float) -> T:
    """These weights; whatever else the kind weighs counts for nothing."""
    return kind(**(dict.fromkeys((field.name for field in fields(kind)), 0.0) | weights))


# Passes a question once a passage holds more than half of its words.
CALIBRATION = Calibration(
    version=1,
    fusion=only(Fusion, passage_cosine=1, sentence_cosine=1, lexical=0.3, coverage=0.5, same_language=0.2),
    gate=only(Gate, bias=-4.2, coverage=8, bar=0.5),
    sentence=only(SentenceWeights, lag=26, cosine=10, coverage=5, fit=0.3),
)

FILES = {
    "rockets.en.md": """---
id: rockets.en
lesson: rockets
course: space-1
title: How rockets work
language: en
as_of: 2026-05-24
---
# How rockets work
## Stages
Rockets drop their empty stages because less mass is easier to speed up. A stage is a tank with its engines.
## Thrust
Hot gas leaves the nozzle and pushes the rocket forwards.
""",
    "rockets.zh.md": """---
id: rockets.zh
lesson: rockets
course: space-1
title: 火箭是怎样飞起来的
language: zh
as_of: 2026-05-24
---
## 分级
火箭分级，是因为空贮箱只是多余的质量，扔掉以后更容易加速。
""",
    "moon.md": """---
id: moon.en
lesson: moon
title: The Moon
language: en
---
The Moon turns once while it goes once around the Earth.
""",
    "staging.yaml": """id: staging
names: {en: Multistage rockets, zh: 多级火箭}
category: propulsion
level: primary-high
definition:
  en: A multistage rocket throws away its empty tanks on the way up.
  zh: 多级火箭在上升途中抛掉用空的贮箱。
as_of: '2026-11-22'
sources:
- {title: A book about rockets, url: 'https://example.org/rockets', date: '2019-12-27'}
- {title: A textbook}
""",
}

GROUNDED = "Why do rockets drop their empty stages?"
REFUSED = "Who painted the famous sunflowers?"


class OtherEmbedder(HashingEmbedder):
    """The honest fake under another name."""

    stamp = type(HashingEmbedder.stamp)("another", HashingEmbedder.stamp.dimensions, "1")


def write_course(folder: Path) -> Path:
    """The course's files, written into a new `folder`."""
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def publish(data: DataFolder, course: Path) -> str:
    """Publishes the course as it stands; the release's id."""
    report = Ingestion(data, HashingEmbedder).run(Order([course]))
    assert report.release is not None
    assert not report.failed
    return report.release


@contextmanager
def library_over(data: DataFolder, embedder: Embedder | None = None) -> Iterator[Library]:
    """A library that is closed in the end."""
    library = Library(data, embedder or HashingEmbedder(), calibration=CALIBRATION)
    try:
        yield library
    finally:
        library.close()


def doors_over(library: Library, tutor: Asks | None = None, **more: Any) -> Doors:
    """What an app stands on: a tutor, what there is to browse and to practise, and `more`."""
    return Doors(tutor or Tutor(library), library, VERSION, Catalogue(library, no_link), Practice(library, no_link), **more)


def app_over(library: Library, tutor: Asks | None = None) -> FastAPI:
    """The app as wiring makes it, or with another tutor."""
    return create_app(doors_over(library, tutor))


@contextmanager
def client_over(data: DataFolder, *, tutor: Asks | None = None, embedder: Embedder | None = None) -> Iterator[TestClient]:
    """A client of the app over what is in the data folder."""
    with library_over(data, embedder) as library, TestClient(app_over(library, tutor), follow_redirects=False) as client:
        yield client
