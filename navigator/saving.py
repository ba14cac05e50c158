"""``navigator backup`` and ``navigator restore``."""

import datetime as dt
import importlib.metadata
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from navigator.console import Json, ShownProgress, messages, print_json, results
from navigator.settings import Settings, load_settings

if TYPE_CHECKING:
    from navigator.backup import BackedUp
    from navigator.restore import Restored


def backup(file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file, outside the data folder.")], as_json: Json = False) -> None:
    """Write releases, uploads and conversations into one file, while servers go on. Keep it as safe as the conversations in it."""
    from navigator import wiring
    from navigator.backup import back_up

    settings, version = load_settings(), importlib.metadata.version("navigator-tutor")
    with ShownProgress() as progress:
        made = back_up(wiring.data_folder(settings), file, now=dt.datetime.now(dt.UTC), version=version, progress=progress)
    for line in _left_out(settings):
        messages.print(line)
    if as_json:
        print_json(asdict(made))
    else:
        _show_backup(made)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What navigator backup wrote.")],
    replace: Annotated[bool, typer.Option("--replace", help="Replace what the data folder holds.")] = False,
    only_check: Annotated[bool, typer.Option("--check", help="Only verify the file; write nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Put a backup in place, every file of it verified first. Stop the servers before."""
    from navigator import wiring
    from navigator.restore import Restored, check
    from navigator.restore import restore as put_back

    restored = Restored(check(file), ()) if only_check else put_back(file, wiring.data_folder(load_settings()), replace=replace)
    if as_json:
        print_json({"file": str(file), "restored": not only_check, "replaced": list(restored.replaced)} | asdict(restored.backup))
    else:
        _show_restored(restored, only_check)


def _left_out(settings: Settings) -> Iterator[str]:
    """What another machine needs besides the file."""
    if settings.database_url is not None:
        yield "The conversations in NAVIGATOR_DATABASE_URL are not in it: back them up with pg_dump."
    if settings.pseudonym_key is not None:
        yield "NAVIGATOR_PSEUDONYM_KEY is not in it: keep it, for without it no conversation finds its caller again."


def _show_backup(made: "BackedUp") -> None:
    results.print(f"Wrote {made.file}: {made.files} files, {made.bytes / 1e6:.1f} MB; {_releases(made.release, made.releases)}.")


def _show_restored(restored: "Restored", only_check: bool) -> None:
    checked = restored.backup
    what = f"{checked.files} files, {checked.bytes / 1e6:.1f} MB, made {checked.created} by version {checked.version}"
    results.print(f"{'Whole' if only_check else 'Restored'}: {what}; {_releases(checked.release, checked.releases)}.")
    if restored.replaced:
        results.print(f"Replaced: {', '.join(restored.replaced)}.")
    if not only_check:
        results.print("To see whether anything is missing here: navigator doctor")


def _releases(published: str | None, count: int) -> str:
    return f"{count} {'release' if count == 1 else 'releases'}, {published} published" if published else f"{count} releases, none published"
