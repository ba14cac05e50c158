"""The command line. Each command translates: arguments in, one of the rooms asked, text or JSON out."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from ingest import DEFAULT_SOURCE, IngestError, Order, Report
from knowledge_base.errors import KnowledgeError
from navigator.console import ShownProgress, messages, print_json, results
from navigator.releases import app as releases
from navigator.settings import BadSettings, load_settings

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="An aerospace tutor that answers only from the course."
)

app.add_typer(releases, name="releases")

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


class Failed(Exception):
    """A command that cannot go on; its text is the one line to show."""


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files or folders; together they are the whole source.")],
    source: Annotated[str, typer.Option(help="Which source they are; what it no longer holds is withdrawn.")] = DEFAULT_SOURCE,
    dry_run: Annotated[bool, typer.Option(help="Show what would change and write nothing.")] = False,
    no_publish: Annotated[bool, typer.Option(help="Build the release, leave the published one in place.")] = False,
    strict: Annotated[bool, typer.Option(help="Refuse front matter that no field knows.")] = False,
    as_json: Json = False,
) -> None:
    """Read materials, build a release from them and publish it."""
    from navigator import wiring
    from navigator.reports import report_json, show_report

    settings = load_settings()
    order = Order(paths, source=source, strict=strict, dry_run=dry_run, publish=not no_publish)
    with ShownProgress() as progress:
        report = wiring.ingestion(settings, progress).run(order)
    if as_json:
        print_json(report_json(report))
    else:
        show_report(report, order)
    _fail_if_a_file_failed(report)


def _fail_if_a_file_failed(report: Report) -> None:
    """So that a script notices; the rest is done all the same, and what a failed file said before stays published."""
    if report.failed:
        files = "1 file" if len(report.failed) == 1 else f"{len(report.failed)} files"
        nothing = not (report.plan.added or report.plan.changed or report.plan.unchanged)
        what = "none of the files could be read" if nothing else f"{files} could not be read, all others were"
        raise Failed(f"{what}: mend the problems above and ingest again")


@app.command()
def ask(question: str, as_json: Json = False) -> None:
    """Ask the tutor one question."""
    from api.wire import Answered
    from navigator import wiring
    from navigator.questions import checked
    from navigator.reports import show_answer

    asked, settings = checked(question), load_settings()
    knowledge = wiring.published_library(settings)
    try:
        answer = asyncio.run(wiring.tutor(settings, knowledge).ask(asked))
    finally:
        knowledge.close()
    if as_json:
        print_json(Answered.of(answer).model_dump(mode="json"))
    else:
        show_answer(answer)


@app.command()
def search(
    query: str,
    k: Annotated[int, typer.Option("-k", min=1, max=50, help="How many passages.")] = 5,
    as_json: Json = False,
) -> None:
    """Show the passages nearest to a question."""
    from api.wire import SearchResults
    from knowledge_base.library import Library
    from knowledge_base.types import Results
    from navigator import wiring
    from navigator.questions import checked
    from navigator.reports import show_results

    text = checked(query).text
    knowledge = wiring.published_library(load_settings())

    async def found(library: Library) -> Results:
        async with library.reading() as reader:
            return await reader.search(text, k=k)

    try:
        nearest = asyncio.run(found(knowledge))
    finally:
        knowledge.close()
    if as_json:
        print_json(SearchResults.of(nearest).model_dump(mode="json"))
    else:
        show_results(nearest)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Default: NAVIGATOR_HOST.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Default: NAVIGATOR_PORT; 0 takes a free one.")] = None,
    course: Annotated[
        Path | None, typer.Option(help="Ingest this folder first when nothing is published; otherwise tell what changed in it.")
    ] = None,
) -> None:
    """Serve the API and the demo page."""
    from navigator.server import serve as run_server

    settings = load_settings()
    update = {key: value for key, value in (("host", host), ("port", port)) if value is not None}
    run_server(settings.model_copy(update=update), course)


@app.command()
def bot() -> None:
    """Answer students in Telegram, by polling."""
    import bot as telegram
    from navigator import wiring

    settings = load_settings()
    if settings.telegram_token is None:
        raise Failed("no bot token: set NAVIGATOR_TELEGRAM_TOKEN to the one that @BotFather gave you")
    knowledge = wiring.published_library(settings)

    async def run(token: str) -> None:
        watching = asyncio.create_task(knowledge.watch())
        try:
            await telegram.run(wiring.tutor(settings, knowledge), token=token, api_url=settings.telegram_api_url)
        finally:
            watching.cancel()

    try:
        asyncio.run(run(settings.telegram_token.get_secret_value()))
    except telegram.BotError as error:
        raise Failed(str(error)) from error
    finally:
        knowledge.close()


@app.command()
def doctor(prepare: Annotated[bool, typer.Option("--prepare", help="Prepare the embedding model, then look.")] = False) -> None:
    """Show what is set up, what is missing, and the command that mends it."""
    from navigator import wiring
    from navigator.doctor import examine, show

    settings = load_settings()
    if prepare:
        with ShownProgress() as progress:
            wiring.prepare_embedder(settings, progress)
    findings = examine(settings)
    show(findings)
    if any(finding.state == "missing" for finding in findings):
        raise typer.Exit(1)


@app.command(name="eval")
def evaluate(
    sets: Annotated[list[Path], typer.Argument(metavar="SET...", help="Folders with docs/ and questions.jsonl, or a golden.yaml.")],
    as_json: Json = False,
) -> None:
    """Measure search, answers and refusals on question sets, each over a release of its own in a temporary folder."""
    from evaluation.report import as_json as as_json_sets
    from evaluation.report import as_tables
    from evaluation.sets import BadSet, load
    from navigator.evaluation import evaluate_sets

    try:
        loaded = [load(path) for path in sets]
    except BadSet as error:
        raise Failed(str(error)) from error
    with ShownProgress() as progress:
        measured = evaluate_sets(load_settings(), loaded, progress)
    if as_json:
        print_json(as_json_sets(measured))
    else:
        for table in as_tables(measured):
            results.print(table)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs a command. Exit status 2 for a usage error, 1 for a failure with one line that says what is wrong and what to do."""
    try:
        app(args=list(arguments) if arguments is not None else None)
    except (KnowledgeError, IngestError, BadSettings, Failed) as error:
        messages.print(f"navigator: {error}")
        sys.exit(1)
    except OSError as error:
        messages.print(f"navigator: {error.strerror or error}: {str(error.filename or 'the operating system')!r}: run navigator doctor")
        sys.exit(1)
