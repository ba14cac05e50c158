"""``navigator ingest``: one ingestion, or one after every change."""

import signal
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from ingest import IngestError, Ingestion, Order, Report
from ingest.watch import Watch
from knowledge_base.errors import KnowledgeError
from knowledge_base.review import Review
from navigator import wiring
from navigator.console import Failed, ShownProgress, messages, one_line, print_json
from navigator.journal import Journal
from navigator.reports import report_json, show_report, tell_notes, tell_problems
from navigator.settings import Settings

OURS = (KnowledgeError, IngestError, OSError)


def ingest_once(settings: Settings, order: Order, *, as_json: bool, journal: Path | None) -> None:
    """Carries out the order and shows its report. Failed when a file failed or publishing was refused."""
    with closing(Journal(journal)) as heard:
        try:
            report = _carried_out(settings, order, heard)
        except OURS as error:
            heard.failed(one_line(error))
            raise
        heard.reported(report)
        if report.refused is not None:
            heard.failed(report.refused)
    if as_json:
        tell_notes(report)
        print_json(report_json(report))
    else:
        show_report(report, order)
    failure = failure_of(report)
    if failure is not None:
        raise Failed(failure)


def _carried_out(settings: Settings, order: Order, heard: Journal) -> Report:
    with ShownProgress() as shown:

        def progress(what: str, done: int, total: int) -> None:
            shown(what, done, total)
            heard.progress(what, done, total)

        return _heard(wiring.ingestion(settings, progress), heard).run(order)


def _heard(ingestion: Ingestion, heard: Journal) -> Ingestion:
    """The same ingestion, which tells the journal of its plan and its review."""
    ask = ingestion.review
    if ask is None:
        return replace(ingestion, planned=heard.planned)

    def review(candidate: str, published: str | None) -> Review:
        found = ask(candidate, published)
        heard.reviewed(found)
        return found

    return replace(ingestion, planned=heard.planned, review=review)


def failure_of(report: Report) -> str | None:
    """The line that a script should notice; the rest is done all the same, and what a failed file said before stays published."""
    if report.refused is not None:
        return report.refused
    if not report.failed:
        return None
    files = "1 file" if len(report.failed) == 1 else f"{len(report.failed)} files"
    plan = report.plan
    nothing = not (plan.added or plan.changed or plan.renamed or plan.unchanged)
    what = "none of the files could be read" if nothing else f"{files} could not be read, all others were"
    return f"{what}: mend the problems above and ingest again"


def ingest_and_watch(settings: Settings, order: Order, *, quiet: float) -> None:
    """Ingests now and after every change, until SIGINT or SIGTERM."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    told: tuple[object, ...] = ()

    def ingest() -> None:
        nonlocal told
        with ShownProgress() as progress:
            report = wiring.ingestion(settings, progress).run(order)
        news = (report.problems, report.refused)
        if report.built:
            show_report(report, order)
        elif news != told:
            tell_problems(report)
        if report.refused is not None and news != told:
            messages.print(f"navigator: {report.refused}")
        told = news

    watch = Watch(order.paths, quiet=quiet, ignore=settings.data_dir, tell=messages.print, describe=one_line)
    messages.print(f"Watching {', '.join(map(str, order.paths))} (Ctrl-C stops it).")
    try:
        watch.run(ingest, survives=OURS)
    except KeyboardInterrupt:
        messages.print("Stopped.")
