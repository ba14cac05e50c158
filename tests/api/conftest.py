"""One published release and one app over it for every test that only reads; a folder of its own for those that publish."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from loopback import serving
from playwright.sync_api import Browser
from small_course import app_over, client_over, library_over, publish, write_course
from widget_rig import Host, Visit, app_for, hosted, visiting, widget_library

from knowledge_base.library import Library
from knowledge_base.release.layout import DataFolder


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A data folder with the course published, to be left as it is."""
    folder = tmp_path_factory.mktemp("published")
    data = DataFolder(folder / "data")
    publish(data, write_course(folder / "course"))
    return data


@pytest.fixture(scope="session")
def client(published: DataFolder) -> Iterator[TestClient]:
    """A client of the app over the published course."""
    with client_over(published) as client:
        yield client


@pytest.fixture(scope="session")
def server(published: DataFolder) -> Iterator[str]:
    """The address of a real server of the published course."""
    with library_over(published) as library, serving(app_over(library)) as address:
        yield address


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    """A data folder in which nothing is published yet."""
    return DataFolder(tmp_path / "data")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """The course's files, to be changed at will."""
    return write_course(tmp_path / "course")


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    """A course page's own server, on another origin than the API."""
    with hosted() as host:
        yield host


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A published course for the widget, with hostile titles and quotes in it."""
    with widget_library(tmp_path_factory.mktemp("widget")) as library:
        yield library


@pytest.fixture(scope="module")
def api(library: Library, host: Host) -> Iterator[str]:
    """The address of the tutor that the host's pages may ask."""
    with serving(app_for(library, host)) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, host: Host, api: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A browser on one of the host's pages; a test may ask for another screen or language."""
    with visiting(browser, host, api, **getattr(request, "param", {})) as visit:
        yield visit
