"""No command waits for the libraries of another."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = (
    "chromadb",
    "onnxruntime",
    "tokenizers",
    "torch",
    "transformers",
    "sentence_transformers",
    "onnx",
    "fastapi",
    "sqlalchemy",
    "numpy",
    "ingest",
)


def loaded(*arguments: str) -> set[str]:
    """Which of the heavy libraries `navigator` with these arguments imports."""
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "navigator", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    imported = {line.rpartition("|")[2].strip() for line in ran.stderr.splitlines() if line.startswith("import time:")}
    assert "navigator.cli" in imported
    return {name for name in HEAVY if name in imported}


@pytest.mark.parametrize("arguments", [("--help",), ("serve", "--help"), ("backup", "--help"), ("nonsense",)])
def test_help_and_usage_errors_load_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert loaded(*arguments) == set()


def test_releases_are_listed_without_chroma_and_models() -> None:
    assert not loaded("releases", "list") & {"chromadb", "onnxruntime", "tokenizers", "torch", "fastapi"}
