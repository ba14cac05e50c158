"""Staff jobs as processes: one at a time, a record that outlives the server, nothing kept of what failed."""

import json
import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from stand_in_jobs import arrived, begun, ended, process_of, working

from ingest import Jobs, UnknownJob, Wish, forget_unreachable, withdrawn
from ingest.staff.job import JobFolder, Outcome
from ingest.staff.uploads import uploaded
from ingest.withdrawals import withdraw
from knowledge_base.errors import Busy
from knowledge_base.release import publish
from knowledge_base.release.layout import DataFolder


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


def test_a_server_that_stops_ends_its_job(data: DataFolder) -> None:
    data.ensure_writable()
    with working(data) as jobs:
        folder = begun(jobs, data, a_md="first")
    outcome = folder.outcome()
    assert outcome is not None
    assert (outcome.state, outcome.error) == ("failed", "the server was stopped while the job ran: start it again")


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
