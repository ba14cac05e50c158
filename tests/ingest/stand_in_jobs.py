"""Staff jobs whose process is a stand-in: it writes a journal as `navigator ingest` does, and builds nothing."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest import Jobs, Upload, Wish
from ingest.staff.job import JobFolder, Outcome
from knowledge_base.release.layout import DataFolder

# What `navigator ingest STAGE ... --journal FILE` does as far as jobs can see it, led by a file in the data folder.
STAND_IN = """
import json, pathlib, sys, time
data, stage = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[3])
journal = open(sys.argv[sys.argv.index("--journal") + 1], "w")
def tell(**event):
    journal.write(json.dumps(event) + "\\n")
    journal.flush()
names = sorted(path.relative_to(stage).as_posix() for path in stage.rglob("*") if path.is_file())
tell(event="plan", plan={"added": names, "changed": [], "renamed": [], "removed": [], "unchanged": 0, "problems": []})
tell(event="progress", what="embedding", done=1, total=2)
if (data / "wait").exists():
    while (data / "wait").exists():
        time.sleep(0.02)
if (data / "die").exists():
    sys.exit("navigator: no space left on device")
if (data / "fail").exists():
    tell(event="failed", what="the course is damaged: mend it")
    sys.exit(1)
bad = [name for name in names if (stage / name).read_text() == "bad"]
counts = {"added": len(names), "changed": 0, "removed": 0, "unchanged": 0, "failed": len(bad)}
problems = [{"path": name, "line": 1, "what": "cannot be read"} for name in bad]
built = (data / "release").read_text() if (data / "release").exists() else None
report = {"release": built, "published": False, "documents": counts, "passages": 1, "embedded": 1, "seconds": 0.1, "problems": problems}
tell(event="report", report=report, failed=bad)
"""


@contextmanager
def working(data: DataFolder) -> Iterator[Jobs]:
    """Jobs of one server, which stops in the end."""
    jobs = Jobs(data, [sys.executable, "-c", STAND_IN, str(data.root)])
    jobs.recover()
    try:
        yield jobs
    finally:
        jobs.stop()


def arrived(jobs: Jobs, **files: str) -> list[Upload]:
    """Files that have arrived; `a_md` is called ``a.md``."""
    folder = jobs.incoming()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [Upload(name.replace("_", "."), folder / name) for name in files]


def ended(jobs: Jobs, job_id: str) -> Outcome:
    """How the job ended, once it has."""
    folder = jobs.find(job_id)
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if (outcome := folder.outcome()) is not None:
            return outcome
        time.sleep(0.02)
    raise AssertionError("the job does not end")


def begun(jobs: Jobs, data: DataFolder, *, wish: Wish | None = None, **files: str) -> JobFolder:
    """A job whose process runs and waits."""
    (data.root / "wait").touch()
    folder = jobs.find(jobs.start(wish or Wish(), arrived(jobs, **files)))
    until = time.monotonic() + 20
    while folder.journal().progress is None and time.monotonic() < until:
        time.sleep(0.02)
    return folder


def process_of(folder: JobFolder) -> int:
    """The process id of the ingestion, as Linux tells it."""
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if str(folder.stage).encode() in entry.read_bytes():
                return int(entry.parent.name)
        except OSError:
            continue
    raise AssertionError("no such process")
