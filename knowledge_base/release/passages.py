"""A release's passages, each parsed when it is asked for: a hundred thousand of them open at once, and take little memory.

``passage_rows.npy`` says of each row its passage's id, which line of ``documents.jsonl`` is its document, and where its line in
``passages.jsonl`` stands. A release from before there was that file is read through instead.
"""

import functools
import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from knowledge_base.errors import ReleaseDamaged
from knowledge_base.release import records
from knowledge_base.types import Document, Passage

KEPT = 4_096  # passages, of some three kilobytes each: a question looks at 150, and the next one at many of them again


def write(folder: Path, passages: Sequence[Passage], documents: Sequence[Document]) -> None:
    """Writes the passages and where they stand; every one's document is among `documents`."""
    sizes = records.write_passages(folder, passages)
    owners = ((passage.passage_id, passage.doc_id) for passage in passages)
    np.save(folder / records.ROWS, _table(owners, sizes, _numbers(documents)), allow_pickle=False)


class Passages(Sequence[Passage]):
    """The passages of the release in `folder`, in the order of its vectors' rows; ReleaseDamaged when they cannot be read."""

    def __init__(self, folder: Path, documents: Sequence[Document]) -> None:
        self._path = folder / records.PASSAGES
        try:
            self._rows = np.load(folder / records.ROWS, allow_pickle=False) if (folder / records.ROWS).is_file() else self._scanned(documents)
            self._text = np.memmap(self._path, np.uint8, "r") if len(self._rows) else np.zeros(0, np.uint8)
            self._parsed = functools.lru_cache(KEPT)(functools.partial(_parsed, self._rows, self._text))
            self.document_numbers: npt.NDArray[np.int32] = np.ascontiguousarray(self._rows["document"])
        except (OSError, EOFError, ValueError, KeyError, TypeError, IndexError) as error:
            raise self._damaged() from error

    @property
    def ids(self) -> npt.NDArray[np.bytes_]:
        """Each row's passage id, in UTF-8."""
        ids: npt.NDArray[np.bytes_] = self._rows["id"]
        return ids

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, row: int) -> Passage: ...
    @overload
    def __getitem__(self, row: slice) -> list[Passage]: ...
    def __getitem__(self, row: int | slice) -> Passage | list[Passage]:
        if isinstance(row, slice):
            return [self[one] for one in range(*row.indices(len(self)))]
        try:
            return self._parsed(row)
        except (ValueError, KeyError, TypeError) as error:
            raise self._damaged() from error

    def _scanned(self, documents: Sequence[Document]) -> npt.NDArray[np.void]:
        with self._path.open("rb") as file:
            lines = [(json.loads(line), len(line)) for line in file]
        owners = ((record["passage_id"], record["doc_id"]) for record, _size in lines)
        return _table(owners, [size for _record, size in lines], _numbers(documents))

    def _damaged(self) -> ReleaseDamaged:
        return ReleaseDamaged(
            f"{self._path.name} of release {self._path.parent.name!r} cannot be read: run navigator ingest content to build another"
        )


def _parsed(rows: npt.NDArray[np.void], text: npt.NDArray[np.uint8], row: int) -> Passage:
    place = rows[row]
    return records.passage_of(json.loads(text[place["start"] : place["start"] + place["size"]].tobytes()))


def _numbers(documents: Iterable[Document]) -> dict[str, int]:
    return {document.doc_id: number for number, document in enumerate(documents)}


def _table(owners: Iterable[tuple[str, str]], sizes: Sequence[int], numbers: Mapping[str, int]) -> npt.NDArray[np.void]:
    named = [(passage_id.encode(), numbers[doc_id]) for passage_id, doc_id in owners]
    width = max((len(name) for name, _number in named), default=1)
    starts = itertools.accumulate(sizes, initial=0)
    kind: Any = [("id", f"S{width}"), ("document", "<i4"), ("start", "<i8"), ("size", "<i4")]
    return np.array([(*one, start, size) for one, start, size in zip(named, starts, sizes, strict=False)], kind)
