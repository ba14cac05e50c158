"""The real parsers, and one that tells what the process which runs them has loaded."""

from collections.abc import Callable

import hostile_parsers

from ingest.formats import sandboxed
from ingest.types import Parsed

PARSERS: dict[str, Callable[[bytes], Parsed]] = {**sandboxed.PARSERS, ".about": hostile_parsers.PARSERS[".about"]}
