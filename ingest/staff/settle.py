"""How a staff job ends: what it built adopts its uploads, what failed leaves no trace. Call all of this while `writing`."""

import shutil

from ingest.staff.job import JobFolder, Journal, Outcome
from ingest.staff.uploads import exchange, put_back
from ingest.types import STAFF
from ingest.withdrawals import restore, withdraw, withdrawn
from knowledge_base.release import publish, records
from knowledge_base.release.layout import DataFolder


def settle(data: DataFolder, folder: JobFolder, *, stopped: str | None = None) -> None:
    """Writes the outcome of a job whose process has ended, `stopped` for a reason or by itself; safe to do again after a crash on the way."""
    journal, wish = folder.journal(), folder.wish()
    if journal.report is None or journal.failed:
        outcome = Outcome("failed", error=_why(folder, journal, stopped))
    elif wish.dry_run:
        outcome = Outcome("done")
    else:
        outcome = _adopt(data, folder, journal)
    if outcome.state == "failed":
        restore(data, wish.withdraw)
    shutil.rmtree(folder.stage, ignore_errors=True)
    folder.tell(outcome)


def _why(folder: JobFolder, journal: Journal, stopped: str | None) -> str:
    if journal.failed:
        return journal.failed
    if stopped:
        return stopped
    words = folder.last_words()
    return f"the ingestion ended before it was done: start it again{f' ({words})' if words else ''}"


def _adopt(data: DataFolder, folder: JobFolder, journal: Journal) -> Outcome:
    """The stage becomes the uploads, without the files that could not be read."""
    release = journal.report.release if journal.report else None
    stands = release is None or data.release(release).is_dir()
    if not folder.before.exists():  # else a crash came in the midst of the exchange
        if not stands:
            return Outcome("failed", error="the release that it built was pruned before it could be told: start it again")
        put_back(data, folder.stage, journal.unread)
    exchange(data, folder.stage, folder.before)
    if release is None or not stands or release == publish.current_id(data):
        shutil.rmtree(folder.before, ignore_errors=True)
        return Outcome("done")
    _forget_earlier(folder)
    lifted = _brought(data, release) & withdrawn(data)
    if lifted:
        restore(data, lifted)
    return Outcome("done", release=release, parent=publish.find(data, release).parent, lifted=tuple(sorted(lifted)))


def _brought(data: DataFolder, release: str) -> frozenset[str]:
    """The documents that uploads bring to a release."""
    return frozenset(document.doc_id for document in records.read_documents(data.release(release)) if document.source == STAFF)


def _forget_earlier(folder: JobFolder) -> None:
    """Only the newest job can be discarded, so the uploads of before older ones need not be kept."""
    for other in folder.path.parent.glob("*/before"):
        if other.parent != folder.path:
            shutil.rmtree(other, ignore_errors=True)


def discard(data: DataFolder, folder: JobFolder) -> None:
    """Uploads and withdrawals become what they were before the job; safe to do again after a crash on the way."""
    outcome = folder.outcome() or Outcome("done")
    exchange(data, folder.before, folder.discarded)
    restore(data, folder.wish().withdraw)
    if outcome.lifted:
        withdraw(data, outcome.lifted)
    folder.tell(Outcome("discarded", release=outcome.release, parent=outcome.parent))
    shutil.rmtree(folder.discarded, ignore_errors=True)


def forget_unreachable(data: DataFolder) -> None:
    """Removes the uploads of before a job once nothing leads back there: what staff removed leaves the disk with the release that held it."""
    for before in data.jobs.glob("*/before"):
        outcome = JobFolder(before.parent).outcome()
        if outcome is not None and outcome.parent is not None and not data.release(outcome.parent).is_dir():
            shutil.rmtree(before, ignore_errors=True)


def within(data: DataFolder, release: str) -> bool:
    """Whether a release is the published one or one that it was built upon."""
    at = publish.current_id(data)
    while at is not None and at != release and data.release(at).is_dir():
        at = publish.find(data, at).parent
    return at == release
