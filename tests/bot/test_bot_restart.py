"""The real program killed, restarted, pushed to, and set up wrongly, while a slow language model words its answers."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import httpx2
import pytest
from slow_model import SlowModel
from small_school import Program, running
from telegram_faults import Fault
from telegram_rig import Served, free_port, serving
from telegram_stage import Stage, Student, holds

ASKED = "Why do rockets drop their empty stages, and what weighs 300 t?"


@pytest.fixture(scope="module")
def model() -> Iterator[tuple[SlowModel, str]]:
    """The model and its address."""
    model = SlowModel()
    with serving(model.app()) as url:
        yield model, f"{url}/v1"


@pytest.fixture
def settings(model: tuple[SlowModel, str], stage: Stage) -> dict[str, str]:
    """A program's settings: the model, and no course player."""
    stage.shim.tokens.add(stage.token)
    return {"TELEGRAM_TOKEN": stage.token, "TELEGRAM_API_URL": stage.url, "LLM": "slow", "LLM_BASE_URL": model[1]}


@pytest.fixture
def data(school: Path, tmp_path: Path) -> Path:
    """A data folder of one's own."""
    return Path(shutil.copytree(school, tmp_path / "data", ignore=shutil.ignore_patterns("open", "serving", "state.db*")))


@asynccontextmanager
async def listening(stage: Stage, program: Program) -> AsyncIterator[Program]:
    """The program, once it polls."""
    polled = len(stage.calls("getUpdates"))
    with running(program):
        await holds(lambda: program.ended or len(stage.calls("getUpdates")) > polled, within_s=60)
        assert not program.ended, program.lines
        yield program


async def test_an_answer_grows_and_its_quotes_are_behind_buttons(
    stage: Stage, data: Path, settings: dict[str, str], model: tuple[SlowModel, str]
) -> None:
    model[0].pause_s = 1.2
    student, quick = Student(stage), Student(stage)
    async with listening(stage, Program(data, ("bot",), settings)):
        await student.says(ASKED)
        await holds(lambda: stage.account.draft(student.chat_id) is not None)
        await quick.commands("/start")
        await quick.hears()
        assert await student.heard() == [], "the quick one did not wait for the slow one"
        (text,) = await student.hears()
        drafts = [call.form["text"] for call in stage.calls("sendMessageDraft")]
        await student.presses("[1]")
        await student.sees("“Rockets drop their empty stages because less mass is easier to speed up.")
    assert all(text.startswith(draft.rstrip(" .…")) for draft in drafts), drafts
    assert "[1] How rockets work" in text
    assert not any(entity["type"] == "text_link" for entity in student.messages()[0].get("entities", ()))
    assert stage.account.meter.floods == []


async def test_killed_in_the_middle_of_an_answer_it_gives_it_whole_and_once_after_the_restart(
    stage: Stage, data: Path, settings: dict[str, str], model: tuple[SlowModel, str]
) -> None:
    model[0].pause_s = 3.0
    student = Student(stage)
    stage.account.unknown_methods.add("sendMessageDraft")
    program = Program(data, ("bot",), settings)
    async with listening(stage, program):
        await student.says(ASKED)
        await student.hears()
        await asyncio.sleep(0.5)  # by then it is written down in which message the answer grows
        assert "Sources" not in student.messages()[0]["text"]
        program.kill()
    _let_leases_run_out(data / "state.db")
    note = _everything_in(data / "state.db")
    assert ASKED not in note
    assert str(student.chat_id) not in note
    model[0].pause_s = 0.0
    async with listening(stage, program):
        await student.sees("Sources", within_s=45)
        await student.commands("/start")
        await student.hears(2)
    assert len(student.messages()) == 2
    assert "[1] How rockets work" in student.messages()[0]["text"]


async def test_telegram_away_at_the_end_of_an_answer_and_the_program_stopped(stage: Stage, data: Path, settings: dict[str, str]) -> None:
    student = Student(stage)
    program = Program(data, ("bot",), settings)
    async with listening(stage, program):
        stage.faulty("sendMessage", Fault(429, "Too Many Requests: retry after 30", retry_after=30))
        await student.says(ASKED)
        await holds(lambda: bool(student.sent()))
        program.kill()
    _let_leases_run_out(data / "state.db")
    async with listening(stage, program):
        await student.sees("Sources", within_s=45)
        assert program.stop() == 0
    assert len(await student.heard()) == 1
    assert not [line for line in program.lines if "Traceback" in line]


async def test_pushed_to_the_api_it_takes_only_what_telegram_sends(stage: Stage, data: Path, settings: dict[str, str]) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    more = {"BOT_WEBHOOK_URL": f"{address}/telegram/hook"}
    student = Student(stage)
    update = {"update_id": 5, "message": {"message_id": 1, "from": student.user, **student.place, "text": "forged"}}
    with running(Program(data, ("serve", "--port", str(port)), settings | more)) as program:
        await holds(lambda: program.ended or (stage.account.webhook is not None), within_s=60)
        assert stage.account.webhook is not None, program.lines
        async with httpx2.AsyncClient(base_url=address, trust_env=False) as client:
            for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "wrong"}):
                assert (await client.post("/telegram/hook", json=update, headers=headers)).status_code == 403
            secret = {"X-Telegram-Bot-Api-Secret-Token": stage.account.webhook.secret or ""}
            assert (await client.post("/telegram/hook", content=b"no json", headers=secret)).status_code == 400
            assert (await client.get("/healthz")).status_code == 200
            await student.says("Why do rockets drop their empty stages?")
            assert "less mass" in (await student.hears())[0]
            again = {"update_id": 5, "message": {**update["message"], "text": "twice"}}  # type: ignore[dict-item]
            for _ in range(2):
                assert (await client.post("/telegram/hook", json=again, headers=secret)).status_code == 200
            await student.hears(2)
            await asyncio.sleep(1.2)
        assert program.stop() == 0
    assert len(await student.heard()) == 2
    assert stage.account.webhook.refusals == []


async def test_a_lost_database_stops_no_question(stage: Stage, data: Path, settings: dict[str, str]) -> None:
    (data / "state.db").write_bytes(b"this is no database" * 500)
    student, other = Student(stage), Student(stage)
    async with listening(stage, Program(data, ("bot",), settings)) as program:
        await student.says("Why do rockets drop their empty stages?")
        assert "less mass" in (await student.hears())[0]
        await other.commands("/forget")
        assert "notebook" in (await other.hears())[0]
    assert not [line for line in program.lines if "Traceback" in line or stage.token in line or "Wanda" in line]


async def test_a_wrong_token_is_one_line(telegram: Served, data: Path) -> None:
    program = Program(data, ("bot",), {"TELEGRAM_TOKEN": "6:AAwrong", "TELEGRAM_API_URL": telegram.url})
    with running(program):
        await holds(lambda: program.ended, within_s=60)
    assert [line for line in program.lines if "NAVIGATOR_TELEGRAM_TOKEN" in line] == program.lines
    assert not [line for line in program.lines if "AAwrong" in line or "Traceback" in line]


def _let_leases_run_out(path: Path) -> None:
    """As if half a minute had passed."""
    with closing(sqlite3.connect(path)) as database, database:
        assert database.execute("UPDATE notes SET lease = '2000-01-01 00:00:00.000000'").rowcount == 1


def _everything_in(path: Path) -> str:
    with closing(sqlite3.connect(path)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return "\n".join(str(row) for table in tables for row in database.execute(f'SELECT * FROM "{table}"'))
