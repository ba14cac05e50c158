"""The command line as tests drive it: here in the process, or as a process of its own, on a folder of its own with the honest fake."""

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest

from ingest import Ingestion, Order
from knowledge_base import calibration
from knowledge_base.embedding.base import Embedder, EmbedderStamp, Vectors
from knowledge_base.embedding.hashing import DIMENSIONS, HashingEmbedder
from knowledge_base.progress import Progress, silent
from knowledge_base.release.layout import DataFolder
from navigator.cli import main

ROOT = Path(__file__).parents[2]

# Passes a question once a passage holds two fifths of its words, each weighed by its rarity.
CALIBRATION = {
    "version": 1,
    "fusion": {"passage_cosine": 1, "sentence_cosine": 1, "lexical": 0.3, "coverage": 0.5, "same_language": 0.2},
    "gate": {"bias": -3.2, "passage_cosine": 0, "sentence_cosine": 0, "coverage": 8, "unknown": 0, "margin": 0, "bar": 0.5},
    "sentence": {"lag": 10, "cosine": 10, "coverage": 5, "fit": 0.5},
}
COURSE = {
    "rockets.en.md": """---
id: rockets.en
lesson: rockets
title: How rockets work
language: en
as_of: 2026-05-24
---
# How rockets work
## Empty stages
Rockets drop their empty stages because less mass is easier to speed up.
""",
    "rockets.zh.md": """---
id: rockets.zh
lesson: rockets
title: 火箭是怎样飞起来的
language: zh
---
## 分级
火箭分级，是因为空贮箱只是多余的质量。
""",
    "moon.md": "Moon dust sticks to everything, because sunlight charges its grains.\n",
}
BROKEN = "---\ntitle: never closed\n"  # what is wrong with it stands in its first line

STAGES = "Why do rockets drop their empty stages?"
PAINTER = "Who painted the famous sunflowers?"
NOTHING_SET = {name: value for name, value in os.environ.items() if not name.upper().startswith("NAVIGATOR_")}
STARTED = (
    "import pathlib, sys; from knowledge_base import calibration; from navigator.cli import main; "
    "calibration.FOLDER = pathlib.Path(sys.argv.pop(1)); main()"
)


def write_course(folder: Path, **more: str) -> Path:
    """The course's files in the new `folder`; `more` are Markdown files, named without their suffix."""
    folder.mkdir()
    for name, text in (COURSE | {f"{name}.md": text for name, text in more.items()}).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def write_calibration(folder: Path) -> Path:
    """The folder, with one calibration in it for the fake and any other, so that no fitted number decides a test."""
    folder.mkdir(exist_ok=True)
    for name in ("hashing", calibration.DEFAULT):
        (folder / f"{name}.json").write_text(json.dumps(CALIBRATION), encoding="utf-8")
    return folder


class OtherEmbedder(HashingEmbedder):
    """The honest fake under another name, with other vectors."""

    stamp = EmbedderStamp("another", DIMENSIONS, "1")

    def embed_documents(self, texts: Sequence[str], *, progress: Progress = silent) -> Vectors:
        return super().embed_documents(texts, progress=progress)[:, ::-1]


def publish(data: Path, course: Path, embedder: type[Embedder] = HashingEmbedder) -> str:
    """Publishes the course without the command line; the release's id."""
    report = Ingestion(DataFolder(data), embedder).run(Order([course]))
    assert report.release is not None
    return report.release


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it printed."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON object that standard output is."""
        assert self.status == 0, self.err
        return self._json()

    @property
    def json_of_a_failure(self) -> Any:
        """The same of a command that did what it could and says with its status that something failed."""
        assert self.status == 1, self.err
        return self._json()

    def _json(self) -> Any:
        assert self.out.endswith("\n")
        assert len(self.out.splitlines()) == 1
        return json.loads(self.out)

    @property
    def failure(self) -> str:
        """The one line on standard error that says what is wrong, besides progress; nothing stands on standard output."""
        assert self.status == 1, self.err
        assert self.out == ""
        (line,) = [line for line in self.err.splitlines() if not re.fullmatch(r".*: \d+ of \d+", line)]
        assert line.startswith("navigator: ")
        return line


@dataclass(frozen=True)
class CommandLine:
    """Runs commands with `folder` as working directory and data in ``folder/data``."""

    folder: Path
    patch: pytest.MonkeyPatch
    capture: pytest.CaptureFixture[str]

    def __post_init__(self) -> None:
        self.patch.chdir(self.folder)
        for name in set(os.environ) - set(NOTHING_SET):
            self.patch.delenv(name)
        self.set(EMBEDDER="hashing", DATA_DIR=str(self.data))
        self.patch.setattr(calibration, "FOLDER", write_calibration(self.folder / "calibrations"))

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def set(self, **settings: str) -> None:
        """Sets ``NAVIGATOR_...`` for the commands to come."""
        for name, value in settings.items():
            self.patch.setenv(f"NAVIGATOR_{name}", value)

    def __call__(self, *arguments: object) -> Ran:
        """Runs one command in this process."""
        self.capture.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        printed = self.capture.readouterr()
        code = ended.value.code
        return Ran(code if isinstance(code, int) else 0, printed.out, printed.err)


def environment(data: Path, **settings: str) -> Mapping[str, str]:
    """A process's environment with the honest fake and these ``NAVIGATOR_...`` settings."""
    chosen = {"EMBEDDER": "hashing", "DATA_DIR": str(data)} | settings
    return NOTHING_SET | {f"NAVIGATOR_{name}": value for name, value in chosen.items()}


def installed(folder: Path, *arguments: object, **settings: str) -> Ran:
    """Runs the installed ``navigator`` in the working directory `folder`, data in ``folder/data``."""
    script = Path(sys.executable).with_name("navigator")
    ended = subprocess.run(
        [script, *map(str, arguments)],
        cwd=folder,
        env=environment(folder / "data", **settings),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return Ran(ended.returncode, ended.stdout, ended.stderr)


@dataclass
class Server:
    """``navigator serve``, or another command that goes on, as a process: its address, and the lines it has written to standard error."""

    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)
    arrived: threading.Condition = field(default_factory=threading.Condition)

    def listen(self) -> None:
        lines = self.process.stderr or self.process.stdout
        assert lines is not None
        for line in lines:
            with self.arrived:
                self.lines.append(line.rstrip("\n"))
                self.arrived.notify_all()
        with self.arrived:
            self.arrived.notify_all()

    def said(self, pattern: str) -> re.Match[str]:
        """The first line that holds `pattern`, once it is written."""

        def found() -> re.Match[str] | None:
            return next((match for line in self.lines if (match := re.search(pattern, line))), None)

        with self.arrived:
            self.arrived.wait_for(lambda: found() is not None or self.process.poll() is not None, timeout=30)
            match = found()
        assert match is not None, self.lines
        return match

    def client(self) -> httpx2.Client:
        """A client of the server, once it answers."""
        address = self.said(r"Navigator is at (http://\S+)/demo")[1]
        return httpx2.Client(base_url=address, trust_env=False, timeout=10, transport=httpx2.HTTPTransport(retries=5))


@contextmanager
def serving(folder: Path, *arguments: object, **settings: str) -> Iterator[Server]:
    """``navigator serve`` on a free port with data in ``folder/data``; it is gone afterwards."""
    with running(folder, "serve", "--port", "0", *arguments, settings=settings) as server:
        yield server


@contextmanager
def running(
    folder: Path, *arguments: object, data: Path | None = None, merged: bool = False, settings: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """A command as a process, gone afterwards, with data in ``folder/data`` unless said; `merged` reads standard output's lines too."""
    command = [sys.executable, "-c", STARTED, str(write_calibration(folder / "calibrations")), *map(str, arguments)]
    environ = environment(data or folder / "data", **(settings or {}))
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT if merged else subprocess.PIPE,
        text=True,
    ) as process:
        server = Server(process)
        listener = threading.Thread(target=server.listen)
        listener.start()
        try:
            yield server
        finally:
            process.kill()
            listener.join()
