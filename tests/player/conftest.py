"""One browser for every test that looks at a page."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from browsing import Visits, visiting
from playwright.sync_api import Browser


@pytest.fixture
def visits(browser: Browser) -> Iterator[Visits]:
    """Opens pages. A complaint on the console fails the test, but for those that it expects."""
    with ExitStack() as after:
        yield lambda *given, **options: after.enter_context(visiting(browser, *given, **options))
