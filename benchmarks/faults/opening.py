"""Many processes open and read one release again and again while one of them is killed: nobody crashes, nobody finds anything wrong."""

import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.faults import valves
from benchmarks.faults.valves import FORK, NAMES, Broken, question
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.open import OpenRelease, open_release
from knowledge_base.words import words

NEAREST = 5


def open_while_one_dies(folder: Path, *, processes: int, times: int) -> int:
    """Returns how many openings succeeded; Broken when a process other than the killed one ended badly."""
    data, course = DataFolder(folder / "data"), folder / "course"
    valves.write(course, 0)
    valves.in_child(lambda: valves.ingest(data, course))
    opened = [FORK.Value("i", 0) for _ in range(processes)]
    readers = [FORK.Process(target=_read, args=(data, count, times)) for count in opened]
    for reader in readers:
        reader.start()
    while opened[0].value < times // 2 and readers[0].is_alive():
        time.sleep(0.005)
    readers[0].kill()
    for reader in readers:
        reader.join()
    ended = [reader.exitcode for reader in readers]
    if ended != [-9, *[0] * (processes - 1)]:
        raise Broken(f"readers ended with {ended}")
    valves.published_version(data)
    return sum(count.value for count in opened)


def _read(data: DataFolder, opened: Any, times: int) -> None:
    embedder = HashingEmbedder()
    for turn in range(times):
        release = open_release(data, None, embedder.stamp)
        for name in NAMES[turn % 7 :: 7]:
            _compare(release, name, embedder)
        release.close()
        opened.value = turn + 1


def _compare(release: OpenRelease, name: str, embedder: HashingEmbedder) -> None:
    """What is found stands in the release, the best of it is what looking at every vector finds, and the words lead to the same document."""
    query = embedder.embed_queries([question(name)])[0]
    cosines = np.asarray(release.vectors.passages) @ query
    rows = [release.rows[passage_id] for passage_id in release.vector_index.nearest(query, NEAREST)]
    if len(set(rows)) != NEAREST or not np.isclose(cosines[rows[0]], cosines.max(), atol=1e-5):
        raise Broken(f"{name}: the index finds {rows}, which are not the nearest")
    holders, _scores = release.lexical.holders(words(name)[0])
    if {release.document_of(int(row)).doc_id for row in holders} != {f"{name}.md"}:
        raise Broken(f"{name}: its name leads to other documents")
