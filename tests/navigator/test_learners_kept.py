"""What the wiring keeps of learners and of a bot's updates: beside the memory, over a restart, a backup and another key."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr
from small_backup import backed_up

from navigator import wiring
from navigator.restore import restore
from navigator.settings import Settings
from tutor.errors import BadPseudonymKey
from tutor.inbox import Waiting
from tutor.learners import Learner


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "data").mkdir()
    return Settings(data_dir=tmp_path / "data", questions_per_minute=2)


async def kept(settings: Settings, learner: Learner | None = None, *, takes: int = 0) -> tuple[Learner, tuple[Waiting, ...]]:
    """One run of a bot: keeps a learner if there is one, takes some updates, and tells what it found."""
    learners, inbox = wiring.learners(settings), wiring.inbox(settings, "telegram")
    async with learners.running(), inbox.running():
        found = await learners.learner("anna"), await inbox.waiting()
        if learner is not None:
            await learners.keep("anna", learner)
        for update_id in range(takes):
            assert await inbox.take(update_id, "ANNASWORD")
    return found


def test_a_restarted_bot_finds_what_it_kept_and_at_once_what_it_did_not_finish(settings: Settings) -> None:
    learner = Learner(language="zh", lesson="moon")
    assert asyncio.run(kept(settings, learner, takes=2)) == (Learner(), ())
    assert asyncio.run(kept(settings)) == (learner, (Waiting(0, "ANNASWORD"), Waiting(1, "ANNASWORD")))


def test_the_limits_are_the_settings_and_hold_over_a_restart(settings: Settings) -> None:
    async def admitted() -> bool:
        learners = wiring.learners(settings)
        async with learners.running():
            return await learners.admit("anna") == 0.0

    assert [asyncio.run(admitted()) for _ in range(3)] == [True, True, False]


def test_with_another_key_nothing_delivered_before_can_be_read(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    asyncio.run(kept(settings, takes=1))
    assert asyncio.run(kept(settings.model_copy(update={"pseudonym_key": SecretStr("k" * 32)})))[1] == ()
    assert "NAVIGATOR_PSEUDONYM_KEY" in caplog.text


def test_a_short_key_is_told(settings: Settings) -> None:
    (settings.data_dir / "pseudonym.key").write_text("short")
    with pytest.raises(BadPseudonymKey, match="5 bytes"):
        wiring.inbox(settings, "telegram")


def test_a_backup_brings_learners_back_and_holds_nothing_that_a_messenger_delivered(settings: Settings, tmp_path: Path) -> None:
    learner = Learner(language="zh", lesson="moon")
    asyncio.run(kept(settings, learner, takes=3))
    backed_up(wiring.data_folder(settings), tmp_path / "b.tar")
    other = settings.model_copy(update={"data_dir": tmp_path / "other"})
    restore(tmp_path / "b.tar", wiring.data_folder(other), replace=False)
    with closing(sqlite3.connect(other.data_dir / "state.db")) as database:
        assert database.execute("SELECT count(*) FROM notes").fetchone() == (0,)
        assert database.execute("SELECT count(*) FROM updates").fetchone() == (3,)
    assert asyncio.run(kept(other)) == (learner, ())
    assert len(asyncio.run(kept(settings))[1]) == 3
