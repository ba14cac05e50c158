"""Students' side of a fault test: processes that ask all the while, each through a library that follows what is published."""

import asyncio
import itertools
import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event

from benchmarks.faults.valves import FORK, NAMES, Broken, question, versions_in
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.library import Library
from knowledge_base.release.layout import DataFolder
from tutor.tutor import Tutor
from tutor.types import Question

PAUSE = 0.02  # seconds between a reader's questions, so that the writer gets on too


@dataclass
class Heard:
    """What a reader, or all of them, got: how many answers, what failed, and the versions that each release's answers spoke of."""

    answers: int = 0
    failures: list[str] = field(default_factory=list)
    spoken: set[tuple[str, frozenset[int]]] = field(default_factory=set)

    def check(self, versions: Mapping[str, int]) -> None:
        """Broken unless every question was answered, from one release, in that release's own words."""
        if self.failures:
            raise Broken(f"{len(self.failures)} questions failed, first: {self.failures[0]}")
        mixed = [(release, sorted(spoken)) for release, spoken in self.spoken if spoken != {versions.get(release)}]
        if mixed:
            raise Broken(f"{len(mixed)} answers mix releases, first: {mixed[0]}")


@contextmanager
def asking(data: DataFolder, readers: int) -> Iterator[Heard]:
    """So many processes ask until the context ends; what they heard is then filled in. Broken when one of them died."""
    stop, heard = FORK.Event(), Heard()
    pipes = [FORK.Pipe() for _ in range(readers)]
    processes = [FORK.Process(target=_ask, args=(data, seed, stop, theirs)) for seed, (_ours, theirs) in enumerate(pipes)]
    for process in processes:
        process.start()
    try:
        for ours, _theirs in pipes:
            ours.recv()  # has opened the release
        yield heard
    finally:
        stop.set()
        ended = [ours.recv() for (ours, _theirs), process in zip(pipes, processes, strict=True) if process.is_alive() or ours.poll()]
        for process in processes:
            process.join()
    if len(ended) < readers:
        raise Broken(f"readers ended with {[process.exitcode for process in processes]}")
    heard.answers = sum(one.answers for one in ended)
    heard.failures.extend(itertools.chain.from_iterable(one.failures for one in ended))
    heard.spoken.update(*(one.spoken for one in ended))


def _ask(data: DataFolder, seed: int, stop: Event, told: Connection) -> None:
    library = Library(data, HashingEmbedder())
    library.open()
    told.send("ready")
    told.send(asyncio.run(_ask_on(library, random.Random(seed), stop)))
    library.close()


async def _ask_on(library: Library, chance: random.Random, stop: Event) -> Heard:
    heard, tutor, watching = Heard(), Tutor(library), asyncio.create_task(library.watch())
    while not stop.is_set():
        name = chance.choice(NAMES)
        try:
            heard.spoken.add(await _one_answer(tutor, name))
            heard.spoken.add(await _one_search(library, name))
        except Exception as error:
            heard.failures.append(repr(error))
        heard.answers += 2
        await asyncio.sleep(PAUSE)
    watching.cancel()
    return heard


async def _one_answer(tutor: Tutor, name: str) -> tuple[str, frozenset[int]]:
    answer = await tutor.ask(Question(question(name)))
    if answer.kind != "grounded" or answer.citations[0].doc_id != f"{name}.md":
        raise Broken(f"{name}: {answer.kind}, {answer.text!r}")
    return answer.release, versions_in(answer.text, *(citation.quote for citation in answer.citations))


async def _one_search(library: Library, name: str) -> tuple[str, frozenset[int]]:
    async with library.reading() as reader:
        results = await reader.search(question(name), k=5)
        if results.hits[0].document.doc_id != f"{name}.md" or results.release != reader.release_id:
            raise Broken(f"{name}: found {results.hits[0].document.doc_id}")
        return results.release, versions_in(*(hit.passage.text for hit in results.hits))
