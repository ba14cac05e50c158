"""kill -9 at random moments of an ingestion, while readers ask: whatever the moment, a whole release is published and every question answered."""

import random
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.faults import valves
from benchmarks.faults.readers import asking
from benchmarks.faults.valves import FORK, Broken
from knowledge_base.release import history, publish
from knowledge_base.release.layout import DataFolder

KEPT = 2  # releases besides the published one: readers lose what they do not hold open, as in a school that prunes
LATEST = 1.2  # of an undisturbed ingestion's time: ends vary, and the moments around publishing are the ones to hit


@dataclass(frozen=True)
class Survived:
    """How many ingestions were killed, how many of these had published already, and how many questions were answered meanwhile."""

    kills: int
    published: int
    answers: int


def kill_ingestions(folder: Path, *, kills: int, readers: int, seed: int) -> Survived:
    """Kills so many ingestions, each followed by one that is left alone; Broken when a promise is not kept."""
    data, course, chance = DataFolder(folder / "data"), folder / "course", random.Random(seed)
    seconds = _ingest(data, course, 0)
    versions = dict([valves.published_version(data)])
    killed = published = version = 0
    with asking(data, readers) as heard:
        while killed < kills:
            version += 1
            dead = _killed(data, course, version, chance.uniform(0, LATEST * seconds))
            release, found = valves.published_version(data)
            _check_version(found, (version - 1, version) if dead else (version,))
            versions[release] = found
            killed += dead
            published += dead and found == version
            version += 1
            seconds = _ingest(data, course, version)
            release, found = valves.published_version(data)
            _check_version(found, (version,))
            versions[release] = found
            with publish.writing(data):
                history.prune(data, KEPT)
    heard.check(versions)
    return Survived(killed, published, heard.answers)


def _ingest(data: DataFolder, course: Path, version: int) -> float:
    """An ingestion that is left alone; its seconds."""
    valves.write(course, version)
    started = time.perf_counter()
    valves.in_child(lambda: valves.ingest(data, course))
    return time.perf_counter() - started


def _killed(data: DataFolder, course: Path, version: int, after: float) -> bool:
    """Whether the ingestion was still running when it was killed, `after` so many seconds."""
    valves.write(course, version)
    writer = FORK.Process(target=valves.ingest, args=(data, course))
    writer.start()
    writer.join(after)
    writer.kill()
    writer.join()
    if writer.exitcode not in (0, -9):
        raise Broken(f"the ingestion ended with {writer.exitcode}")
    return writer.exitcode == -9


def _check_version(found: int, expected: tuple[int, ...]) -> None:
    if found not in expected:
        raise Broken(f"version {found} is published, not one of {expected}")
