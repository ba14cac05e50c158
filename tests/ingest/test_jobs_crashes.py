"""Staff jobs when something breaks: a process or a server is killed, a job cannot begin, its release is gone; nothing is lost or stays stuck."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from stand_in_jobs import STAND_IN, arrived, begun, ended, process_of, working

from ingest import Jobs, Upload, Wish, withdrawn
from ingest.staff.job import Outcome
from ingest.staff.uploads import exchange, uploaded
from knowledge_base.errors import Busy
from knowledge_base.release import publish
from knowledge_base.release.layout import DataFolder

ROOT = Path(__file__).parents[2]


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


def test_a_server_starts_while_another_writer_holds_the_folder_and_finishes_what_a_crash_left(jobs: Jobs, data: DataFolder) -> None:
    job_id = jobs.start(Wish(), arrived(jobs, a_md="first"))
    ended(jobs, job_id)
    jobs.stop()
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


def test_a_job_that_cannot_be_begun_stands_in_no_other_job_s_way(jobs: Jobs, data: DataFolder) -> None:
    with pytest.raises(FileNotFoundError):
        jobs.start(Wish(withdraw=("moon.en",)), [Upload("a.md", data.root / "gone")])
    failed = jobs.newest()
    assert failed is not None
    assert ended(jobs, failed.job_id).state == "failed"
    assert withdrawn(data) == frozenset()
    assert ended(jobs, jobs.start(Wish(), arrived(jobs, a_md="first"))).state == "done"


def test_a_job_whose_release_was_pruned_meanwhile_has_failed(jobs: Jobs, data: DataFolder) -> None:
    (data.root / "release").write_text("pruned")
    outcome = ended(jobs, jobs.start(Wish(), arrived(jobs, a_md="first")))
    assert (outcome.state, outcome.error) == ("failed", "the release that it built was pruned before it could be told: start it again")
    assert [*uploaded(data)] == []
    (data.root / "release").unlink()
    assert ended(jobs, jobs.start(Wish(), arrived(jobs, a_md="first"))).state == "done"
