"""The command line. Each command translates: arguments in, one of the rooms asked, text or JSON out.

What a command needs is imported when it runs, so that no command waits for the libraries of another.
"""

import asyncio
import datetime as dt
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from knowledge_base.errors import KnowledgeError
from navigator.console import Failed, Json, ShownProgress, messages, one_line, print_json, results
from navigator.presence import serving
from navigator.saving import backup, restore
from navigator.settings import BadSettings, load_settings

COURSE = "course"  # ingest's own default, said here so that the help is shown without it
if TYPE_CHECKING:
    from navigator.results import ResultsFolder  # which needs matplotlib

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="An aerospace tutor that answers only from the course."
)

app.command()(backup)
app.command()(restore)


@app.command(add_help_option=False, context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def releases(context: typer.Context) -> None:
    """List, compare, publish, roll back and remove releases."""
    from navigator.releases import app as commands

    commands(args=context.args, prog_name=context.command_path)


@app.command(add_help_option=False, context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def tokens(context: typer.Context) -> None:
    """Make keys and tokens, look into tokens, retire keys."""
    from navigator.tokens import app as commands

    commands(args=context.args, prog_name=context.command_path)


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files or folders; together they are the whole source.")],
    source: Annotated[str, typer.Option(help="Which source they are; what it no longer holds is withdrawn.")] = COURSE,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change and write nothing.")] = False,
    no_publish: Annotated[bool, typer.Option("--no-publish", help="Build the release, leave the published one in place.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Publish nothing when a file fails or has a key that no field knows.")] = False,
    require_golden: Annotated[bool, typer.Option("--require-golden", help="Publish nothing when a golden question is answered wrongly.")] = False,
    allow_removals: Annotated[bool, typer.Option("--allow-removals", help="Let a source lose all its documents, be they ten or more.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Ingest now and again after every change, until Ctrl-C.")] = False,
    quiet: Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="With --watch: how long files must be left alone first.")] = 2.0,
    journal: Annotated[Path | None, typer.Option(hidden=True)] = None,
    as_json: Json = False,
) -> None:
    """Read materials, build a release from them and publish it."""
    from ingest import STAFF, Order
    from navigator.ingesting import ingest_and_watch, ingest_once

    if watch and (dry_run or as_json or journal):
        raise typer.BadParameter("--watch goes on for ever: it takes neither --dry-run nor --json", param_hint="--watch")
    if source == STAFF and not journal:  # the page's own jobs keep a journal
        raise typer.BadParameter("'staff' is what staff upload on the page, and this would withdraw that: name another", param_hint="--source")
    settings = load_settings()
    order = Order(
        paths,
        source=source,
        strict=strict,
        dry_run=dry_run,
        publish=not no_publish,
        require_golden=require_golden,
        allow_removals=allow_removals,
    )
    if watch:
        ingest_and_watch(settings, order, quiet=quiet)
    else:
        ingest_once(settings, order, as_json=as_json, journal=journal)


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
def chat() -> None:
    """Talk with the tutor at the terminal: questions, lessons, quizzes, all that students can do."""
    from navigator.chat import chat as hold

    hold(load_settings())


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
def demo(
    host: Annotated[str, typer.Option(help="The one address by which browsers reach it.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8001,
    api: Annotated[str, typer.Option(help="Where `navigator serve` answers.")] = "http://127.0.0.1:8000",
    course: Annotated[Path, typer.Option(help="The course's folder.")] = Path("content"),
    token_life: Annotated[int, typer.Option(min=10, max=900, metavar="SECONDS", help="How long a pupil's token lives.")] = 600,
) -> None:
    """Serve a small course player with the tutor in it, as a school's own would have it."""
    from navigator.demo import Demo
    from navigator.demo import demo as run_player

    if not re.fullmatch(r"https?://([\w.-]+|\[[\da-fA-F:]+\])(:\d{1,5})?/?", api, re.ASCII):
        raise typer.BadParameter("must be an address such as http://127.0.0.1:8000, with nothing behind it", param_hint="--api")
    run_player(load_settings(), Demo(course, host, port, api.rstrip("/"), token_life))


@app.command()
def bot() -> None:
    """Answer students in Telegram, by polling."""
    from bot import telegram
    from bot.desk import FrontDesk
    from bot.errors import BotError
    from navigator import wiring
    from navigator.watching.logs import log_to_stderr

    settings = load_settings()
    log_to_stderr(settings)
    if settings.telegram_token is None:
        raise Failed("no bot token: set NAVIGATOR_TELEGRAM_TOKEN to the one that @BotFather gave you")
    if settings.bot_webhook_url is not None:
        raise Failed("NAVIGATOR_BOT_WEBHOOK_URL is set, so navigator serve answers in Telegram: run that, or unset it to poll")
    knowledge = wiring.published_library(settings)

    async def run(token: str) -> None:
        memory, learners = wiring.memory(settings, knowledge), wiring.learners(settings)
        inbox = wiring.inbox(settings, wiring.bot_of(token))
        watching = asyncio.create_task(knowledge.watch())
        try:
            async with memory.running(), learners.running(), inbox.running():
                desk = FrontDesk(wiring.rooms(settings, wiring.tutor(settings, knowledge, memory), memory, learners), tenant="telegram")
                await telegram.run(desk, inbox=inbox, token=token, api_url=settings.telegram_api_url)
        finally:
            watching.cancel()

    try:
        with serving(wiring.data_folder(settings)):
            asyncio.run(run(settings.telegram_token.get_secret_value()))
    except BotError as error:
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
    sets: Annotated[list[Path], typer.Argument(metavar="SET...", help="Folders with docs/ and questions.jsonl, or golden questions in YAML.")],
    docs: Annotated[Path | None, typer.Option(help="What the YAML files ask about, where they do not lie in a course.")] = None,
    keep: Annotated[Path | None, typer.Option(help="Keep the sets' releases here, so that another run embeds only what changed.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write README.md, results.json and pictures into this folder.")] = None,
    beside: Annotated[Path | None, typer.Option(metavar="FILE", help="Show this run of `scripts/bench plain_chain` beside ours; with --out.")] = None,
    as_json: Json = False,
) -> None:
    """Measure search, answers, refusals, citations and latency on question sets, over releases of their own in a temporary folder."""
    from evaluation.measure import measure
    from evaluation.missed import as_table as as_missed_table
    from evaluation.missed import missed
    from evaluation.report import as_json as as_json_sets
    from evaluation.report import as_tables
    from navigator.evaluation import Evaluation, loaded_sets

    if beside is not None and out is None:
        raise typer.BadParameter("it is shown in what --out writes: give both", param_hint="--beside")
    loaded, settings = loaded_sets(sets, docs), load_settings()
    folder = _results_folder(out, beside, settings.embedder) if out is not None else None
    with ShownProgress() as progress:
        outcomes = Evaluation(settings, progress, keep).run(loaded)
    measured = [measure(one.name, given) for one, given in zip(loaded, outcomes, strict=True)]
    misses = {one.name: list(missed(given)) for one, given in zip(loaded, outcomes, strict=True) if one.golden}
    if folder is not None:
        folder.write(measured, outcomes, misses, now=dt.datetime.now(dt.UTC))
    if as_json:
        print_json(as_json_sets(measured))
    else:
        for table in (*as_tables(measured), *(as_missed_table(name, rows) for name, rows in misses.items())):
            results.print(table)


def _foreseen() -> tuple[type[Exception], ...]:
    """What an error's one line is shown of; asked only once there is an error."""
    from ingest import IngestError

    return KnowledgeError, IngestError, BadSettings, Failed, OSError


def _results_folder(out: Path, beside: Path | None, embedder: str) -> "ResultsFolder":
    try:
        from navigator.results import ResultsFolder
    except ModuleNotFoundError as error:
        raise Failed(f"--out draws pictures with {error.name}, which is not installed: pip install 'navigator-tutor[eval]'") from error
    return ResultsFolder.open(out, beside, embedder=embedder)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs a command. Exit status 2 for a usage error, 1 for a failure with one line that says what is wrong and what to do."""
    try:
        app(args=list(arguments) if arguments is not None else None)
    except SystemExit:  # the usual end, which need not wait for what is imported below
        raise
    except _foreseen() as error:
        messages.print(f"navigator: {one_line(error)}")
        sys.exit(1)
