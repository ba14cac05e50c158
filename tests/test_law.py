"""The law of the rooms: which may import which, one home per vendor, nothing hidden. Held by reading every source file."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# What a room may import of ours, by the dotted names that begin it.
ROOMS: dict[str, tuple[str, ...]] = {
    "knowledge_base": (),
    "ingest": ("knowledge_base",),
    "tutor": ("knowledge_base",),
    "bot": ("tutor",),
    "api": ("tutor", "knowledge_base.release", "knowledge_base.library", "knowledge_base.errors", "knowledge_base.review", "ingest"),
    "evaluation": ("knowledge_base", "tutor"),
    "player": (),  # it stands for a school's own, which has the HTTP contract and nothing else
    "navigator": ("knowledge_base", "ingest", "tutor", "bot", "api", "evaluation", "player"),
}
FOR_ALL = ("knowledge_base.types",)
PUBLIC_ONLY = {"api": ("ingest",)}  # of these rooms only what their __init__ offers
# The fit is a command of its own: it builds the releases that it learns from.
BESIDES = {"evaluation/fit/__main__.py": ("ingest",)}

# Adapters over whatever provider an operator names, whose errors only its package knows: caught to be translated, never to be swallowed.
MAY_CATCH_ALL = {"tutor/model.py"}
# These choose implementations, or are commands of which one runs: any import may wait until it is known to be needed.
MAY_HIDE = {
    "navigator/wiring.py",
    "navigator/entry.py",
    "navigator/cli.py",
    "navigator/saving.py",
    "navigator/watching/watching.py",
    "knowledge_base/embedding/open.py",
    "knowledge_base/release/nearest.py",
}
HEAVY = {
    "knowledge_base/embedding/prepare.py": {"torch", "transformers", "sentence_transformers", "tokenizers"},
    "knowledge_base/embedding/compact.py": {"onnx", "onnxruntime"},
    "knowledge_base/reranking.py": {"sentence_transformers", "transformers"},
}

HOMES: dict[str, tuple[str, ...]] = {
    "chromadb": ("knowledge_base/index/chroma.py", "knowledge_base/index/chroma_server.py"),
    "bm25s": ("knowledge_base/index/lexical.py",),
    "sentence_transformers": ("knowledge_base/embedding/", "knowledge_base/reranking.py"),
    "onnxruntime": ("knowledge_base/embedding/",),
    "langchain": ("tutor/model.py", "knowledge_base/retriever.py"),
    "telegram": ("bot/telegram/",),
    "pylatexenc": ("bot/telegram/formulas.py",),
    "xpinyin": ("tutor/question/homophones.py",),
    "limits": ("api/counting.py", "api/shared_counting.py"),
    "redis": ("api/shared_counting.py",),
    "fastapi": ("api/", "navigator/wiring.py"),
    "python_multipart": ("api/staff/receive.py",),
    "jinja2": ("player/",),
    "latex2mathml": ("player/markdown.py",),
    "mdit_py_plugins": ("player/markdown.py",),
    "uvicorn": ("navigator/",),
    "sqlalchemy": ("tutor/storage/",),
    "alembic": ("tutor/storage/",),
    "asyncpg": ("tutor/storage/",),
    "rapidfuzz": ("tutor/practice/holding.py",),
    "cryptography": ("tutor/sealing.py", "api/tokens/signing.py"),
    "jwt": ("api/tokens/", "player/signing.py"),
    "pypdfium2": ("ingest/formats/pdf.py",),
    "docx": ("ingest/formats/docx.py",),
    "pptx": ("ingest/formats/pptx.py",),
    "openpyxl": ("ingest/formats/tables.py",),
    "pysubs2": ("ingest/formats/subtitles.py",),
    "bs4": ("ingest/formats/html.py",),
    "matplotlib": ("evaluation/pictures/",),
    "watchfiles": ("ingest/watch.py",),
    "pydantic_settings": ("navigator/settings.py",),
    "prometheus_client": ("navigator/watching/metrics.py",),
    "opentelemetry": ("navigator/watching/traces.py",),
}
DOORS = ("bot/", "api/", "navigator/")
ENVIRONMENT = {"environ", "environb", "getenv"}
SETTINGS = "navigator/settings.py"
MAY_SET = "knowledge_base/embedding/prepare.py"  # switches of libraries that listen to nothing else


@dataclass(frozen=True)
class Source:
    """One file of ours: its path from the root, POSIX, and its syntax."""

    path: str
    tree: ast.Module

    @property
    def room(self) -> str:
        return self.path.split("/")[0]

    def breaches(self) -> Iterator[str]:
        """Every way in which this file breaks the law, in words."""
        yield from self._wrong_rooms()
        yield from self._homeless_vendors()
        yield from self._hidden_imports()
        yield from self._wide_handlers()
        yield from self._environment()

    def _wrong_rooms(self) -> Iterator[str]:
        allowed = (self.room, *ROOMS[self.room], *FOR_ALL, *BESIDES.get(self.path, ()))
        for name in self._imported(self.tree):
            room = name.split(".")[0]
            if room not in ROOMS:
                continue
            if not any(_within(name, prefix) for prefix in allowed):
                yield f"{self.path} may not import {name}"
            if room in PUBLIC_ONLY.get(self.room, ()) and _is_module(name):
                yield f"{self.path} may import of {room} only what it offers, not {name}"

    def _homeless_vendors(self) -> Iterator[str]:
        for name in self._imported(self.tree):
            vendor = name.split(".")[0]
            vendor = "langchain" if vendor.startswith("langchain") else vendor
            if vendor in HOMES and not self.path.startswith(HOMES[vendor]):
                yield f"{self.path} is no home of {vendor}"

    def _hidden_imports(self) -> Iterator[str]:
        if self.path in MAY_HIDE:
            return
        functions = (node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda))
        hidden = {name for function in functions for name in self._imported(function)}
        for name in sorted(hidden):
            if name.split(".")[0] not in HEAVY.get(self.path, set()):
                yield f"{self.path} hides the import of {name} in a function"
        called = (node.func for node in ast.walk(self.tree) if isinstance(node, ast.Call))
        if any(_name(function) in ("__import__", "import_module") for function in called):
            yield f"{self.path} imports by a name made at run time"

    def _wide_handlers(self) -> Iterator[str]:
        if self.path.startswith(DOORS) or self.path in MAY_CATCH_ALL:
            return
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ExceptHandler) and _is_wide(node):
                yield f"{self.path}:{node.lineno} catches everything, which only a door may"

    def _environment(self) -> Iterator[str]:
        if self.path == SETTINGS:
            return
        settings = {id(node) for node in ast.walk(self.tree) for node in _switches(node)} if self.path == MAY_SET else set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Attribute) and node.attr in ENVIRONMENT and _name(node.value) == "os" and id(node) not in settings:
                yield f"{self.path}:{node.lineno} reads the environment"
            if isinstance(node, ast.ImportFrom) and node.module == "os" and ENVIRONMENT & {alias.name for alias in node.names}:
                yield f"{self.path}:{node.lineno} reads the environment"

    def _imported(self, tree: ast.AST) -> Iterator[str]:
        """Dotted names of what `tree` imports; ``from a import b`` is ``a.b``."""
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                package = self.path.split("/")[: -node.level] if node.level else []
                yield from (".".join([*package, *filter(None, [node.module]), alias.name]) for alias in node.names)


def _within(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(f"{prefix}.")


def _is_module(name: str) -> bool:
    """Whether a dotted name goes through a file of the room rather than naming something that the room itself offers."""
    room, inner, *_rest = [*name.split("."), ""]
    place = ROOT / room / inner
    return bool(inner) and (place.is_dir() or place.with_suffix(".py").is_file())


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _is_wide(handler: ast.ExceptHandler) -> bool:
    """Catches Exception or more; cleaning up and raising again is no catching."""
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    wide = any(one is None or _name(one) in ("Exception", "BaseException") for one in caught)
    last = handler.body[-1]
    return wide and not (isinstance(last, ast.Raise) and last.exc is None)


def _switches(node: ast.AST) -> Iterator[ast.AST]:
    """The mention of ``os.environ`` in ``os.environ.setdefault(...)`` and ``os.environ[...] = ...``, which set and do not read."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Attribute):
        if node.value.func.attr == "setdefault":
            yield node.value.func.value
    elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
        yield node.value


def _sources() -> list[Source]:
    paths = (path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))
    return [Source(path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))) for path in paths]


def test_every_source_file_keeps_the_law() -> None:
    sources = _sources()
    assert {source.room for source in sources} == set(ROOMS), "a room without a file is not looked at"
    assert [breach for source in sources for breach in source.breaches()] == []


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("knowledge_base/x.py", "from tutor.types import Answer"),
        ("knowledge_base/x.py", "import ingest"),
        ("knowledge_base/index/x.py", "from ...ingest import read"),
        ("ingest/x.py", "from tutor import texts"),
        ("tutor/x.py", "import ingest.read"),
        ("bot/x.py", "from knowledge_base.library import Library"),
        ("bot/x.py", "from api.app import create_app"),
        ("api/x.py", "from knowledge_base.search import search"),
        ("api/x.py", "from ingest.pipeline import Ingestion"),
        ("api/x.py", "from ingest.staff.job import JobFolder"),
        ("api/x.py", "import bot"),
        ("player/x.py", "from ingest import Ingestion"),
        ("evaluation/x.py", "from ingest import Ingestion"),
        ("evaluation/x.py", "import navigator.wiring"),
        ("tutor/x.py", "def f():\n    import json"),
        ("tutor/x.py", "async def f():\n    from pathlib import Path"),
        ("tutor/x.py", "class C:\n    def f(self):\n        if True:\n            import json"),
        ("knowledge_base/embedding/prepare.py", "def f():\n    import json"),
        ("knowledge_base/embedding/graph.py", "def f():\n    import torch"),
        ("tutor/x.py", "import importlib\nimportlib.import_module('json')"),
        ("knowledge_base/search.py", "import chromadb"),
        ("knowledge_base/index/chroma2.py", "from chromadb.api import ClientAPI"),
        ("evaluation/x.py", "import bm25s"),
        ("tutor/x.py", "from sentence_transformers import SentenceTransformer"),
        ("tutor/x.py", "import onnxruntime"),
        ("tutor/x.py", "from langchain_core.documents import Document"),
        ("api/x.py", "import telegram"),
        ("bot/desk/x.py", "import telegram"),
        ("bot/x.py", "import fastapi"),
        ("api/x.py", "import uvicorn"),
        ("api/x.py", "import jwt"),
        ("tutor/x.py", "try:\n    f()\nexcept Exception:\n    pass"),
        ("tutor/x.py", "try:\n    f()\nexcept (ValueError, Exception) as e:\n    raise KeyError from e"),
        ("ingest/x.py", "try:\n    f()\nexcept:\n    pass"),
        ("ingest/x.py", "try:\n    f()\nexcept BaseException:\n    g()"),
        ("api/x.py", "import os\nos.environ['HOME']"),
        ("navigator/wiring.py", "import os\nos.getenv('HOME')"),
        ("bot/x.py", "from os import environ"),
        ("knowledge_base/x.py", "import os\nos.environ.setdefault('A', 'b')"),
        ("knowledge_base/embedding/prepare.py", "import os\nprint(os.environ.get('A'))"),
        ("knowledge_base/embedding/prepare.py", "import os\nvalue = os.environ.setdefault('A', 'b')"),
    ],
)
def test_a_planted_breach_is_found(path: str, code: str) -> None:
    assert list(Source(path, ast.parse(code)).breaches())


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("bot/x.py", "from knowledge_base.types import Document\nfrom tutor.types import Answer"),
        ("bot/telegram/x.py", "import telegram.ext"),
        (
            "api/x.py",
            "from ingest import Ingestion\nfrom knowledge_base.release import publish\nimport fastapi\nfrom tutor.types import Answer",
        ),
        ("knowledge_base/index/chroma.py", "import chromadb"),
        ("knowledge_base/embedding/prepare.py", "import os\nos.environ.setdefault('A', 'b')\nos.environ['C'] = 'd'\ndef f():\n    import torch"),
        ("tutor/x.py", "from . import texts\ntry:\n    f()\nexcept ValueError:\n    pass\nexcept BaseException:\n    g()\n    raise"),
        ("api/x.py", "try:\n    f()\nexcept Exception:\n    pass"),
        ("navigator/cli.py", "def f():\n    import uvicorn\n    from api import create_app"),
        ("navigator/settings.py", "import os\nos.environ"),
    ],
)
def test_what_the_law_allows_is_no_breach(path: str, code: str) -> None:
    assert list(Source(path, ast.parse(code)).breaches()) == []


def test_serving_never_imports_the_training_libraries() -> None:
    rooms = "knowledge_base.embedding.graph, knowledge_base.index.chroma, tutor.storage, bot, navigator.server"
    code = f"import sys, {rooms}; print(sorted({{'torch', 'sentence_transformers', 'transformers', 'onnx'}} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)
    assert ran.stdout.strip() == "[]"
