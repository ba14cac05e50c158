"""Staff jobs: each runs `navigator ingest` on what the uploads are to be, as a niced process of its own, and builds without publishing.

A job lives in a folder, so that it outlasts the server: its process holds the lock of the file `alive`, and its outcome is written last.
"""

import datetime as dt
import fcntl
import logging
import re
import shutil
import subprocess
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from ingest.errors import UnknownJob
from ingest.staff.job import JobFolder, Wish
from ingest.staff.settle import discard, settle, within
from ingest.staff.uploads import Upload, stage
from ingest.types import STAFF
from ingest.withdrawals import withdraw, withdrawn
from knowledge_base.errors import Busy, KnowledgeError
from knowledge_base.release import publish
from knowledge_base.release.layout import DataFolder

NICE = "nice"
KEPT = 20  # jobs whose records stay
GRACE = 10.0  # seconds that a process has to end when the server stops
PATIENCE = 0.5  # seconds for a writer that is about to be done, such as a job that has just ended
AGAIN = 0.3  # seconds between attempts to end a job while another writer holds the data folder
_ID = re.compile(r"\d{8}T\d{12}Z")
_INCOMING = ".incoming-"

logger = logging.getLogger(__name__)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Jobs:
    """Starts one job at a time and ends it when its process has ended; `command` is how `navigator` is run, 19 the nicest to students."""

    def __init__(self, data: DataFolder, command: Sequence[str], *, niceness: int = 19, now: Callable[[], dt.datetime] = _now) -> None:
        self.data = data
        nice = [NICE, "-n", str(niceness)] if niceness and shutil.which(NICE) else []
        self._command = (*nice, *command)
        self._now = now
        self._running: dict[str, subprocess.Popen[bytes] | None] = {}
        self._attendants: list[threading.Thread] = []
        self._stopped: dict[str, str] = {}
        self._stopping = threading.Event()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Holds the writers' lock while no job runs."""
        running = Busy("a job is running: wait until it is done, then try again")
        if self._any_runs():  # which may hold the lock for long
            raise running
        with publish.writing(self.data, patience=PATIENCE):
            if self._any_runs():
                raise running
            yield

    def _any_runs(self) -> bool:
        return any(folder.outcome() is None for folder in self._folders())

    def incoming(self) -> Path:
        """A new folder for files that are arriving; whoever asked for it removes it."""
        self.data.ensure_writable()
        self.data.jobs.mkdir(exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=_INCOMING, dir=self.data.jobs))

    def check_free(self) -> None:
        """Raises Busy while a job runs or another writer holds the data folder."""
        with self._alone():
            pass

    def start(self, wish: Wish, files: Sequence[Upload] = ()) -> str:
        """Begins a job with `files` that have arrived; its id. Busy as `check_free` says."""
        with self._alone():
            folder = self._noted(wish, files)
            try:
                self._prepare(folder, files)
            except BaseException:
                self._attend(folder, None)  # which ends it, so that it stands in no other job's way
                raise
        self._spawn(folder)
        return folder.job_id

    def _noted(self, wish: Wish, files: Sequence[Upload]) -> JobFolder:
        """The new job's folder with what was asked for; of withdrawals those that are none yet."""
        now = self._now()
        folder = JobFolder(self.data.jobs / f"{now:%Y%m%dT%H%M%S%f}Z")
        folder.path.mkdir(parents=True)
        new = set() if wish.dry_run else set(wish.withdraw) - withdrawn(self.data)
        names = tuple(file.name for file in files)
        folder.tell(replace(wish, created=now.isoformat(timespec="seconds"), files=names, withdraw=tuple(sorted(new))))
        return folder

    def _prepare(self, folder: JobFolder, files: Sequence[Upload]) -> None:
        wish = folder.wish()
        stage(self.data, folder.stage, files, wish.remove)
        if wish.withdraw:
            withdraw(self.data, wish.withdraw)
        self._forget_old()

    def _spawn(self, folder: JobFolder) -> None:
        process: subprocess.Popen[bytes] | None = None
        try:
            process = self._ingestion(folder)
        finally:
            self._attend(folder, process)

    def _ingestion(self, folder: JobFolder) -> subprocess.Popen[bytes] | None:
        """The process, which holds the lock of `alive`; None when it cannot be started, and then the output tells why."""
        dry = ["--dry-run"] if folder.wish().dry_run else []
        ingest = ["ingest", str(folder.stage), "--source", STAFF, "--no-publish", "--journal", str(folder.journal_path), *dry]
        with folder.alive.open("ab") as alive, folder.output.open("ab") as output:
            fcntl.flock(alive, fcntl.LOCK_EX)
            try:
                # A process group of its own but no session: Linux weighs niceness only within a session where autogroups are on.
                return subprocess.Popen(
                    [*self._command, *ingest],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=output,
                    pass_fds=[alive.fileno()],
                    process_group=0,
                )
            except OSError as error:
                output.write(f"{self._command[0]!r} cannot be started: {error.strerror}\n".encode())
                return None

    def _attend(self, folder: JobFolder, process: subprocess.Popen[bytes] | None) -> None:
        self._running[folder.job_id] = process
        attendant = threading.Thread(target=self._see_out, args=(folder, process), name=f"job {folder.job_id}", daemon=True)
        self._attendants = [*filter(threading.Thread.is_alive, self._attendants), attendant]
        attendant.start()

    def _see_out(self, folder: JobFolder, process: subprocess.Popen[bytes] | None) -> None:
        """Waits until the process is gone, then ends the job as soon as no other writer holds the data folder. If the server stops, the next does."""
        if process is not None:
            process.wait()
        told = ""
        while folder.outcome() is None or folder.discarded.exists():
            try:
                self._end(folder)
            except (KnowledgeError, OSError) as error:
                if not isinstance(error, Busy | BlockingIOError) and str(error) != told:
                    told = str(error)
                    logger.warning("job %s cannot be ended yet: %s", folder.job_id, told)
                if self._stopping.wait(AGAIN):
                    return
        self._running.pop(folder.job_id, None)

    def _end(self, folder: JobFolder) -> None:
        """BlockingIOError while the process that another server started lives."""
        with folder.alive.open("ab") as alive:
            fcntl.flock(alive, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with publish.writing(self.data, patience=PATIENCE):
                if folder.discarded.exists():
                    discard(self.data, folder)
                elif folder.outcome() is None:
                    settle(self.data, folder, stopped=self._stopped.get(folder.job_id))

    def recover(self) -> None:
        """Takes up what a server that died left: jobs whose process may still run, and files that were arriving."""
        self._stopping.clear()
        for leftover in self.data.jobs.glob(f"{_INCOMING}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        for folder in self._folders():
            if (folder.outcome() is None or folder.discarded.exists()) and folder.job_id not in self._running:
                self._attend(folder, None)

    def stop(self) -> None:
        """Ends the running job, which then has failed; for when the server stops."""
        self._stopping.set()
        for job_id in list(self._running):
            self._terminate(job_id, "the server was stopped while the job ran: start it again")
        for attendant in self._attendants:
            attendant.join(GRACE)
        for process in filter(None, list(self._running.values())):
            process.kill()

    def _terminate(self, job_id: str, why: str) -> bool:
        """Ends a process that this server started, and says so; False for another."""
        process = self._running.get(job_id)
        if process is not None:
            self._stopped[job_id] = why
            process.terminate()
        return process is not None

    def find(self, job_id: str) -> JobFolder:
        """The job's folder; UnknownJob when there is none."""
        folder = JobFolder(self.data.jobs / job_id)
        if not _ID.fullmatch(job_id) or not folder.path.is_dir():
            raise UnknownJob(f"there is no job {job_id!r}: the newest {KEPT} are kept")
        return folder

    def newest(self) -> JobFolder | None:
        """The job that was started last, dry runs and discarded ones aside."""
        for folder in reversed(self._folders()):
            outcome = folder.outcome()
            if not folder.wish().dry_run and (outcome is None or outcome.state != "discarded"):
                return folder
        return None

    def states(self) -> Counter[str]:
        """How many of the jobs on record are in which state."""
        outcomes = [folder.outcome() for folder in self._folders()]
        return Counter(outcome.state if outcome is not None else "running" for outcome in outcomes)

    def discard(self, job_id: str) -> None:
        """Stops a running job, or undoes what the newest did to uploads and withdrawals; UnknownJob for another or a published one."""
        folder = self.find(job_id)
        if folder.outcome() is None and self._terminate(job_id, "it was stopped"):
            return
        with self._alone():
            self._discard(folder)

    def _discard(self, folder: JobFolder) -> None:
        newest, outcome = self.newest(), folder.outcome()
        if newest is None or newest.job_id != folder.job_id or outcome is None or not folder.before.exists():
            raise UnknownJob(f"job {folder.job_id!r} is not the newest that can be discarded: remove or replace its files instead")
        if outcome.release is None or within(self.data, outcome.release):
            raise UnknownJob(f"job {folder.job_id!r} is published: roll back first")
        discard(self.data, folder)

    def _folders(self) -> list[JobFolder]:
        """All jobs, oldest first."""
        return [JobFolder(path) for path in sorted(self.data.jobs.glob("[!.]*")) if _ID.fullmatch(path.name) and (path / "wish.json").is_file()]

    def _forget_old(self) -> None:
        for folder in self._folders()[:-KEPT]:
            shutil.rmtree(folder.path, ignore_errors=True)
