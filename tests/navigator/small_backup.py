"""A data folder with everything in it that a backup takes, and some that it leaves, small enough to compare byte by byte."""

import datetime as dt
import io
import json
import os
import sqlite3
import tarfile
from collections.abc import Mapping
from pathlib import Path

from command_line import COURSE, publish

from knowledge_base.progress import silent
from knowledge_base.release.layout import DataFolder
from navigator.backup import CONTENTS, PREFIX, BackedUp, back_up

NOW = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)


def filled(root: Path) -> DataFolder:
    """A published course, an upload, conversations, a key, a log; and a job, a model and a private copy, which a backup leaves."""
    course = root.parent / f"{root.name}-course"
    course.mkdir()
    for name, text in COURSE.items():
        (course / name).write_text(text, encoding="utf-8")
    publish(root, course)
    for name in ("uploads/火箭 🚀/新课.md", "reviews/one.json", "jobs/1/journal", "models/m/graph.onnx", "open/1/x"):
        (root / name).parent.mkdir(parents=True)
        (root / name).write_text(f"what {name} holds", encoding="utf-8")
    for name in ("withdrawn", "tombstones", "staff.log"):
        (root / name).write_text(f"{name}\n", encoding="utf-8")
    (root / "pseudonym.key").write_text("secret" * 8, encoding="utf-8")
    (root / "pseudonym.key").chmod(0o600)
    write_turns(root, 3)
    return DataFolder(root)


def write_turns(root: Path, count: int) -> None:
    """Stands in for the conversations."""
    with sqlite3.connect(root / "state.db") as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE IF NOT EXISTS small_talk (said TEXT)")
        database.executemany("INSERT INTO small_talk VALUES (?)", [("hello",)] * count)
    database.close()


def turns(root: Path) -> int:
    with sqlite3.connect(root / "state.db") as database:
        (count,) = database.execute("SELECT count(*) FROM small_talk").fetchone()
    database.close()
    return int(count)


def backed_up(data: DataFolder, file: Path) -> BackedUp:
    return back_up(data, file, now=NOW, version="1", progress=silent)


def kept(root: Path) -> dict[str, bytes]:
    """Every file that a backup takes, by its path; the database apart, whose pages may lie otherwise."""
    left = ("jobs", "models", "open", "lock", "serving", "state.db")
    paths = (Path(parent, name) for parent, _folders, names in os.walk(root) for name in names)
    inside = {path.relative_to(root): path.read_bytes() for path in paths}
    return {path.as_posix(): content for path, content in inside.items() if not path.parts[0].startswith(left)}


def write_tar(file: Path, members: Mapping[str, bytes | tarfile.TarInfo], files: object = None) -> Path:
    """A tar of these members below the prefix, whose table of contents says `files`; a TarInfo is put in as it is."""
    with tarfile.open(file, "w") as archive:
        for name, content in members.items():
            if isinstance(content, tarfile.TarInfo):
                archive.addfile(content)
                continue
            _add(archive, f"{PREFIX}/{name}", content)
        _add(archive, f"{PREFIX}/{CONTENTS}", json.dumps({"created": "now", "version": "1", "release": None, "files": files or {}}).encode())
    return file


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    archive.addfile(info, io.BytesIO(content))
