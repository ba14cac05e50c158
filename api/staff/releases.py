"""Releases: listed, compared, published, rolled back."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request

from api.addresses import client_of
from api.doors import Doors, Staff, only_staff
from api.errors import CONFLICT, INVALID, NOT_FOUND, Refused, documented
from api.fields import Name
from api.staff.log import StaffLog
from api.staff.wire import Compared, Publication, Releases, StaffRelease
from knowledge_base.errors import EmbedderMismatch, NoRelease, ReleaseDamaged, UnknownRelease
from knowledge_base.release import history, publish
from knowledge_base.release.layout import DataFolder
from knowledge_base.review import Review

_REVIEW = TypeAdapter(Review)
UNKNOWN = "There is no such release. GET /v1/releases lists those there are."
InsteadOf = Annotated[Name | None, Query(description="The release that must still be the published one")]


def routes(doors: Doors, log: StaffLog) -> APIRouter:
    """The doors to releases."""
    router = APIRouter()
    data = doors.library.data

    @router.get("/v1/releases")
    def listed() -> Releases:
        """Every release on disk, oldest first."""
        published = publish.current_id(data)
        return Releases(published=published, releases=[StaffRelease.of(manifest, published) for manifest in publish.listed(data)])

    @router.post("/v1/releases/rollback", responses=documented(CONFLICT, INVALID))
    def rollback(request: Request, instead_of: InsteadOf = None) -> Publication:
        """Publishes the release that the published one was built upon; with `instead_of` only while that one is published."""
        try:
            before = history.previous(data).release
        except (NoRelease, UnknownRelease) as error:
            raise Refused(CONFLICT, f"{error}.") from error
        publication = _publish(only_staff(doors), data, before, instead_of=instead_of)
        log.note("roll back", before, client_of(request))
        return publication

    @router.post("/v1/releases/{release_id}/publish", responses=documented(NOT_FOUND, CONFLICT, INVALID))
    def publish_release(release_id: Name, request: Request, instead_of: InsteadOf = None) -> Publication:
        """Publishes a release; with `instead_of` only while that one is published, so that nobody else's publication is undone unseen."""
        publication = _publish(only_staff(doors), data, release_id, instead_of=instead_of)
        log.note("publish", release_id, client_of(request))
        return publication

    @router.get("/v1/releases/{before}/diff/{after}", responses=documented(NOT_FOUND, INVALID))
    def diff(before: Name, after: Name) -> Compared:
        """What `after` has other than `before`, and which golden questions it answers otherwise."""
        try:
            return compared(data, before, after)
        except UnknownRelease as error:
            raise Refused(NOT_FOUND, UNKNOWN) from error
        except ReleaseDamaged as error:
            raise Refused(NOT_FOUND, f"{error}.") from error

    return router


def compared(data: DataFolder, before: str, after: str) -> Compared:
    """The difference with the stored review; UnknownRelease or ReleaseDamaged when one of them cannot be read."""
    return Compared.of(history.difference(data, before, after), _review(data, after))


def _review(data: DataFolder, release_id: str) -> Review | None:
    try:
        return _REVIEW.validate_json((data.reviews / f"{release_id}.json").read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def _publish(staff: Staff, data: DataFolder, release_id: str, *, instead_of: str | None = None) -> Publication:
    """Under the writers' lock, and only a release that the server can search."""
    with publish.writing(data, patience=1.0):
        before = publish.current_id(data)
        if instead_of not in (None, before):
            raise Refused(CONFLICT, f"Release {before!r} was published meanwhile: look at it, then roll back or build again upon it.")
        try:
            staff.check(publish.find(data, release_id))
            publish.publish(data, release_id)
        except UnknownRelease as error:
            raise Refused(NOT_FOUND, UNKNOWN) from error
        except (EmbedderMismatch, ReleaseDamaged) as error:
            raise Refused(CONFLICT, f"{error}.") from error
    return Publication(published=release_id, before=before)
