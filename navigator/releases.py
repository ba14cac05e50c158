"""``navigator releases``: list, show, compare, publish, roll back, prune."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from ingest import forget_unreachable
from knowledge_base.release import history, publish, records
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.manifest import Manifest
from knowledge_base.review import Review
from navigator import wiring
from navigator.console import Failed, Json, ShownProgress, print_json, results
from navigator.review import show_review
from navigator.settings import load_settings

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="List, compare, publish, roll back and remove releases."
)


def _data() -> DataFolder:
    return wiring.data_folder(load_settings())


@app.command(name="list")
def list_releases(as_json: Json = False) -> None:
    """Every release on disk, oldest first."""
    data = _data()
    published, manifests = publish.current_id(data), publish.listed(data)
    if as_json:
        print_json({"published": published, "releases": [_described(manifest, published) for manifest in manifests]})
        return
    table = Table(box=None, pad_edge=False)
    figures = ("documents", "passages", "embedded")
    for heading in ("", "release", *figures, "embedder"):  # a release's name tells when it was made
        table.add_column(heading, justify="right" if heading in figures else "left", overflow="fold", no_wrap=heading == "release")
    for one in manifests:
        counts = (str(one.documents), str(one.passages), str(one.embedded))
        table.add_row("*" if one.release == published else "", one.release, *counts, one.embedder.name)
    results.print(table)


@app.command()
def show(release: str, as_json: Json = False) -> None:
    """One release's stamp."""
    data = _data()
    described = _described(publish.find(data, release), publish.current_id(data))
    if as_json:
        print_json(described)
        return
    for key, value in described.items():
        results.print(Text(f"{key:12} {value}"))


@app.command()
def diff(
    before: str,
    after: str,
    answers: Annotated[bool, typer.Option("--answers", help="Ask both the golden questions of AFTER, and show what students would notice.")] = False,
    as_json: Json = False,
) -> None:
    """What release AFTER has other than release BEFORE."""
    found = history.difference(_data(), before, after)
    review = _asked(before, after) if answers else None
    if as_json:
        print_json(asdict(found) | ({"review": asdict(review)} if review else {}))
        return
    for mark, ids in (("+", found.added), ("~", found.changed), ("-", found.removed)):
        for doc_id in ids:
            results.print(Text(f"{mark} {doc_id}"))
    results.print(f"{found.passages_added} passages came, {found.passages_removed} went.")
    if review is not None:
        show_review(review)


@app.command(name="publish")
def publish_release(release: str, as_json: Json = False) -> None:
    """Publish a release that is on disk; running servers follow within two seconds."""
    data = _data()
    _publish(data, lambda: publish.find(data, release), as_json)


@app.command()
def rollback(as_json: Json = False) -> None:
    """Publish the release that the published one was built upon."""
    data = _data()
    _publish(data, lambda: history.previous(data), as_json)


@app.command()
def prune(
    keep: Annotated[int, typer.Option(min=0, help="How many of the newest to keep, besides the published one.")],
    as_json: Json = False,
) -> None:
    """Remove old releases; texts that only they held are then gone from the disk, and from the answers kept."""
    data = _data()
    with publish.writing(data):
        pruned = history.prune(data, keep)
        forget_unreachable(data)
    gone = pruned.releases
    wiring.forget_passages(load_settings(), pruned.withdrawn)
    if as_json:
        print_json({"removed": list(gone)})
    else:
        results.print("\n".join(f"Removed {name}." for name in gone) or "There was nothing to remove.")


def _asked(before: str, after: str) -> Review:
    settings, data = load_settings(), _data()
    for release in (before, after):
        wiring.check_embedder(settings, publish.find(data, release))
    if not records.read_golden(data.release(after)):
        raise Failed(f"release {after!r} holds no golden questions: ingest a course that has a golden.yaml beside its course.yaml")
    with ShownProgress() as progress:
        return wiring.reviewed(settings, wiring.prepare_embedder(settings, progress), candidate=after, published=before, progress=progress)


def _publish(data: DataFolder, wanted: Callable[[], Manifest], as_json: bool) -> None:
    """Only a release that the embedder in use can search; chosen under the writers' lock, so that nobody publishes in between."""
    with publish.writing(data):
        manifest = wanted()
        wiring.check_embedder(load_settings(), manifest)
        before, release = publish.current_id(data), manifest.release
        publish.publish(data, release)
    if as_json:
        print_json({"published": release, "before": before})
    else:
        results.print(f"Published {release} (before: {before}).")


def _described(manifest: Manifest, published: str | None) -> dict[str, object]:
    return asdict(manifest) | {"published": manifest.release == published}
