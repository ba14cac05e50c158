"""Staff jobs as processes: one at a time, a record that outlives the server, nothing kept of what failed.

The process here is a stand-in that writes a journal and builds nothing.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest import Jobs, UnknownJob, Upload, Wish, forget_unreachable, withdrawn
from ingest.staff.job import JobFolder, Outcome
from ingest.staff.uploads import exchange, uploaded
from ingest.withdrawals import withdraw
from knowledge_base.errors import Busy
from knowledge_base.release import publish
from knowledge_base.release.layout import DataFolder

ROOT = Path(__file__).parents[2]

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
report = {"release": None, "published": False, "documents": counts, "passages": 1, "embedded": 1, "seconds": 0.1, "problems": problems}
tell(event="report", report=report, failed=bad)
"""


@pytest.fixture
def jobs(data: DataFolder) -> Iterator[Jobs]:
    data.ensure_writable()
    with working(data) as jobs:
        yield jobs


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


def test_what_was_read_becomes_the_uploads_and_what_failed_does_not(jobs: Jobs, data: DataFolder) -> None:
    assert ended(jobs, jobs.start(Wish(), arrived(jobs, a_md="first", b_md="second"))).state == "done"
    assert [*uploaded(data)] == ["a.md", "b.md"]
    job_id = jobs.start(Wish(remove=("b.md",)), arrived(jobs, a_md="bad", c_md="bad", d_md="new"))
    assert ended(jobs, job_id).state == "done"
    assert [*uploaded(data)] == ["a.md", "d.md"]
    assert (data.uploads / "a.md").read_text() == "first"
    assert jobs.find(job_id).journal().unread == ("a.md", "c.md")
    assert not jobs.find(job_id).stage.exists()


def test_a_trial_keeps_nothing(jobs: Jobs, data: DataFolder) -> None:
    job_id = jobs.start(Wish(dry_run=True, withdraw=("moon.en",)), arrived(jobs, a_md="first"))
    assert ended(jobs, job_id).state == "done"
    assert [*uploaded(data)] == []
    assert withdrawn(data) == frozenset()
    assert jobs.newest() is None


def test_the_process_is_niced_and_one_job_runs_at_a_time(jobs: Jobs, data: DataFolder) -> None:
    folder = begun(jobs, data, a_md="first")
    assert os.getpriority(os.PRIO_PROCESS, process_of(folder)) == 19
    with pytest.raises(Busy, match="a job is running"):
        jobs.start(Wish())
    (data.root / "wait").unlink()
    assert ended(jobs, folder.job_id).state == "done"
    assert folder.journal().progress is not None


def test_of_jobs_asked_for_at_the_same_moment_one_begins(jobs: Jobs, data: DataFolder) -> None:
    (data.root / "wait").touch()

    def start(_number: int) -> str | None:
        try:
            return jobs.start(Wish())
        except Busy:
            return None

    with ThreadPoolExecutor(6) as pool:
        begun = [*filter(None, pool.map(start, range(6)))]
    (data.root / "wait").unlink()
    assert len(begun) == 1
    assert ended(jobs, begun[0]).state == "done"


def test_another_writer_keeps_a_job_from_starting_and_from_ending(jobs: Jobs, data: DataFolder) -> None:
    with publish.writing(data), pytest.raises(Busy, match="another ingestion"):
        jobs.start(Wish())
    folder = begun(jobs, data, a_md="first")
    with publish.writing(data):
        (data.root / "wait").unlink()
        time.sleep(0.5)
        assert folder.outcome() is None
        assert [*uploaded(data)] == []
    assert ended(jobs, folder.job_id).state == "done"
    assert [*uploaded(data)] == ["a.md"]


@pytest.mark.parametrize(
    ("how", "says"), [("fail", "the course is damaged: mend it"), ("die", "ended before it was done: start it again (no space left on device)")]
)
def test_a_job_that_fails_says_why_and_leaves_everything_as_it_was(jobs: Jobs, data: DataFolder, how: str, says: str) -> None:
    (data.root / how).touch()
    withdraw(data, ["sun.en"])
    outcome = ended(jobs, jobs.start(Wish(withdraw=("moon.en", "sun.en")), arrived(jobs, a_md="first")))
    assert (outcome.state, outcome.error is not None and outcome.error.endswith(says)) == ("failed", True)
    assert [*uploaded(data)] == []
    assert withdrawn(data) == {"sun.en"}


def test_a_process_that_is_killed_has_failed_and_the_next_job_works(jobs: Jobs, data: DataFolder) -> None:
    folder = begun(jobs, data, wish=Wish(withdraw=("moon.en",)), a_md="first")
    assert withdrawn(data) == {"moon.en"}
    os.kill(process_of(folder), signal.SIGKILL)
    outcome = ended(jobs, folder.job_id)
    assert outcome == Outcome("failed", error="the ingestion ended before it was done: start it again")
    assert withdrawn(data) == frozenset()
    (data.root / "wait").unlink()
    assert ended(jobs, jobs.start(Wish(), arrived(jobs, a_md="again"))).state == "done"
    assert (data.uploads / "a.md").read_text() == "again"


def test_a_job_is_stopped_on_request(jobs: Jobs, data: DataFolder) -> None:
    folder = begun(jobs, data, a_md="first")
    jobs.discard(folder.job_id)
    assert ended(jobs, folder.job_id) == Outcome("failed", error="it was stopped")
    assert [*uploaded(data)] == []


def test_a_program_that_cannot_be_started_is_told(data: DataFolder) -> None:
    jobs = Jobs(data, ["/no/such/navigator"])
    outcome = ended(jobs, jobs.start(Wish()))
    assert outcome.state == "failed"
    assert "/no/such/navigator" in (outcome.error or "")


def test_a_server_starts_while_another_writer_holds_the_folder_and_finishes_what_a_crash_left(jobs: Jobs, data: DataFolder) -> None:
    job_id = jobs.start(Wish(), arrived(jobs, a_md="first"))
    ended(jobs, job_id)
    folder = jobs.find(job_id)
    data.uploads.rename(folder.discarded)  # a crash in the midst of discarding
    folder.before.mkdir()
    with publish.writing(data), working(data) as other:
        assert other.find(job_id).discarded.exists()
    with working(data) as other:
        until = time.monotonic() + 20
        while folder.discarded.exists() and time.monotonic() < until:
            time.sleep(0.02)
        assert [*uploaded(data)] == []
        assert folder.outcome() == Outcome("discarded")
        assert other.newest() is None


def test_a_server_that_stops_ends_its_job(data: DataFolder) -> None:
    data.ensure_writable()
    with working(data) as jobs:
        folder = begun(jobs, data, a_md="first")
    outcome = folder.outcome()
    assert outcome is not None
    assert (outcome.state, outcome.error) == ("failed", "the server was stopped while the job ran: start it again")


KILLED_SERVER = """
import os, pathlib, signal, sys
from ingest import Jobs, Upload, Wish
from knowledge_base.release.layout import DataFolder
jobs = Jobs(DataFolder(pathlib.Path(sys.argv[2])), [sys.executable, "-c", sys.argv[1], sys.argv[2]])
arrived = jobs.incoming() / "a.md"
arrived.write_text("first")
print(jobs.start(Wish(), [Upload("a.md", arrived)]), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_job_whose_server_was_killed_is_taken_up_by_the_next(data: DataFolder) -> None:
    data.ensure_writable()
    (data.root / "wait").touch()
    server = [sys.executable, "-c", KILLED_SERVER, STAND_IN, str(data.root)]
    job_id = subprocess.run(server, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False).stdout.strip()
    assert list(data.jobs.glob(".incoming-*"))
    with working(data) as jobs:
        assert not list(data.jobs.glob(".incoming-*"))
        with pytest.raises(Busy):
            jobs.start(Wish())
        (data.root / "wait").unlink()
        assert ended(jobs, job_id).state == "done"
        assert [*uploaded(data)] == ["a.md"]


def test_a_crash_in_the_midst_of_the_exchange_is_made_good(jobs: Jobs, data: DataFolder) -> None:
    ended(jobs, jobs.start(Wish(), arrived(jobs, a_md="first")))
    new, old = data.jobs / "new", data.jobs / "old"
    new.mkdir()
    (new / "b.md").write_text("second")
    data.uploads.rename(old)  # here the crash came
    for _ in range(2):
        exchange(data, new, old)
        assert [*uploaded(data)] == ["b.md"]
        assert (old / "a.md").read_text() == "first"


def test_the_newest_twenty_records_stay(data: DataFolder) -> None:
    data.ensure_writable()
    with working(data) as jobs:
        for second in range(25):
            folder = JobFolder(data.jobs / f"20260701T0000{second:02}000000Z")
            folder.path.mkdir(parents=True)
            folder.tell(Wish())
            folder.tell(Outcome("done"))
        job_id = jobs.start(Wish())
        ended(jobs, job_id)
        names = sorted(path.name for path in data.jobs.iterdir())
    assert len(names) == 20
    assert names[-1] == job_id


def test_the_uploads_of_before_leave_the_disk_with_the_release_that_held_them(data: DataFolder) -> None:
    data.release("stands").mkdir(parents=True)
    for second, parent in enumerate(["stands", "pruned"]):
        folder = JobFolder(data.jobs / f"20260701T0000{second:02}000000Z")
        folder.before.mkdir(parents=True)
        folder.tell(Outcome("done", release="new", parent=parent))
    forget_unreachable(data)
    assert [path.parent.name for path in data.jobs.glob("*/before")] == ["20260701T000000000000Z"]


@pytest.mark.parametrize("job_id", ["", "..", "../../etc", "20260701T000000000000Z", "x" * 5000, "a\0b"])
def test_an_unknown_job_is_told_by_name(jobs: Jobs, job_id: str) -> None:
    with pytest.raises(UnknownJob, match="there is no job"):
        jobs.find(job_id)


def test_a_torn_journal_is_read_as_far_as_it_goes(data: DataFolder) -> None:
    folder = JobFolder(data.jobs / "20260701T000000000000Z")
    folder.path.mkdir(parents=True)
    step = json.dumps({"event": "progress", "what": "embedding", "done": 3, "total": 9})
    folder.journal_path.write_text(f'{step}\nnot json\n{{"event": "plan"', encoding="utf-8")
    progress = folder.journal().progress
    assert progress is not None
    assert (progress.what, progress.done, progress.total) == ("embedding", 3, 9)
