"""The app with all of its doors open: a school's course, a memory, and staff whose jobs build nothing."""

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi import FastAPI
from practice_course import write_practice
from pydantic import SecretStr
from small_course import doors_over, library_over, publish
from staff_rig import TOKEN

from api import Staff, create_app
from ingest import Jobs
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.release.layout import DataFolder
from tutor.memory import Memory
from tutor.pseudonyms import Pseudonyms
from tutor.storage import SqlStore, sqlite
from tutor.tutor import Tutor


@contextmanager
def whole_app(folder: Path) -> Iterator[FastAPI]:
    """The app over the course, published in `folder`."""
    data = DataFolder(folder / "data")
    publish(data, write_practice(folder / "course"))
    with library_over(data) as library:
        memory = Memory(SqlStore(sqlite(folder / "state.db")), Pseudonyms(b"k" * 32), library, retention=dt.timedelta(days=30))
        jobs = Jobs(data, [sys.executable, "-c", "pass"], niceness=0)
        staff = Staff(SecretStr(TOKEN), jobs, check=lambda manifest: manifest.check_embedder(HashingEmbedder.stamp))
        yield create_app(doors_over(library, Tutor(library, memory=memory), memory=memory, staff=staff))
