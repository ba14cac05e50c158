"""A course in which every sentence says which version of the course it is of, so that an answer mixed from two releases shows."""

import itertools
import multiprocessing
import re
from collections.abc import Callable
from pathlib import Path

from ingest import Ingestion, Order
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.release import publish, records
from knowledge_base.release.layout import DataFolder
from navigator import doctor
from navigator.settings import load_settings

FORK = multiprocessing.get_context("fork")
NAMES = [
    "".join(syllables) for syllables in itertools.product(("ba", "ke", "li", "mo", "nu", "ro"), ("dra", "fen", "gol", "pir", "tus"), ("x", "k", "m"))
]
_VERSION = re.compile(r"version (\d+)")


class Broken(Exception):
    """A promise that was not kept, in one line."""


def write(course: Path, version: int, documents: int = len(NAMES)) -> None:
    """One document a valve, each of a few passages."""
    course.mkdir(exist_ok=True)
    for number, name in enumerate(NAMES[:documents]):
        sections = [f"## Part {part}\nPart {part} of the {name} valve, version {version}, is {part} mm long.\n" for part in range(3)]
        said = f"In version {version} the {name} valve opens at {number + 10} bar.\n\n"
        (course / f"{name}.md").write_text(f"# The {name} valve\n\n{said}{''.join(sections)}", encoding="utf-8")


def question(name: str) -> str:
    return f"At how many bar does the {name} valve open?"


def versions_in(*texts: str) -> frozenset[int]:
    """The versions that texts say they are of."""
    return frozenset(int(version) for text in texts for version in _VERSION.findall(text))


def ingest(data: DataFolder, course: Path) -> None:
    """Ingests and publishes with the honest fake."""
    Ingestion(data, HashingEmbedder).run(Order([course]))


def in_child(work: Callable[[], None]) -> None:
    """Does `work` in a process of its own; Broken unless it ends well."""
    child = FORK.Process(target=work)
    child.start()
    child.join()
    if child.exitcode != 0:
        raise Broken(f"{getattr(work, '__name__', work)} ended with {child.exitcode}")


def published_version(data: DataFolder) -> tuple[str, int]:
    """The published release and the version of the course that it holds; Broken unless doctor finds it whole and it holds one alone."""
    settings = load_settings().model_copy(update={"data_dir": data.root, "embedder": "hashing", "chroma_url": None})
    found = {finding.what: finding for finding in doctor.examine(settings)}["release"]
    if found.state != "ok":
        raise Broken(f"doctor says: {found.detail}")
    release = publish.current(data).release
    passages = list(records.read_passages(data.release(release)))
    versions = versions_in(*(passage.text for passage in passages))
    if len(versions) != 1:
        raise Broken(f"release {release} holds versions {sorted(versions)}")
    return release, next(iter(versions))
