"""What is installed: every folder of ours with Python in it, or a command would miss its room on another machine."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("api", "bot", "evaluation", "ingest", "knowledge_base", "navigator", "player", "tutor")


def test_every_package_of_ours_is_installed() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    folders = {path.parent.relative_to(ROOT) for room in ROOMS for path in (ROOT / room).rglob("*.py")}
    assert sorted(listed) == sorted(".".join(folder.parts) for folder in folders)
