"""Settings: where they come from, what is refused and in which words, what never prints."""

import re
from pathlib import Path

import pytest
from command_line import NOTHING_SET, ROOT
from pydantic import SecretStr

from navigator.settings import BadSettings, Settings, load_settings

EXAMPLE = ROOT / ".env.example"


@pytest.fixture(autouse=True)
def _nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    monkeypatch.chdir(tmp_path)
    for name in set(os.environ) - set(NOTHING_SET):
        monkeypatch.delenv(name)
