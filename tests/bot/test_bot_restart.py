"""The real program killed, restarted, pushed to, and set up wrongly, while a slow language model words its answers."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from slow_model import SlowModel
from small_school import Program, running
from telegram_faults import Fault
from telegram_rig import Served, free_port, serving
from telegram_scenes import Scenes, stages
from telegram_stage import Stage, Student, holds

ASKED = "Why do rockets drop their empty stages, and what weighs 300 t?"


@dataclass
class Kit:
    """A stage with a data folder, a slow model, and the settings of a program on them: without a course player."""

    stage: Stage
    data: Path
    model: SlowModel
    settings: dict[str, str]

    def program(self, *arguments: str, **more: str) -> Program:
        """The program, not started yet."""
        return Program(self.data, arguments or ("bot",), self.settings | more)

    @asynccontextmanager
    async def listening(self, program: Program) -> AsyncIterator[Program]:
        """The program, once it polls."""
        polled = len(self.stage.calls("getUpdates"))
        with running(program):
            await holds(lambda: program.ended or len(self.stage.calls("getUpdates")) > polled, within_s=120)
            assert not program.ended, program.lines
            yield program


scene: Scenes[Kit] = Scenes()


@scene
async def an_answer_grows_and_its_quotes_are_behind_buttons(kit: Kit) -> None:
    stage = kit.stage
    kit.model.pause_s = 1.2
    student, quick = Student(stage), Student(stage)
    async with kit.listening(kit.program()):
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


@scene
async def killed_in_the_middle_of_answers_it_gives_each_whole_and_once_after_the_restart(kit: Kit) -> None:
    stage = kit.stage
    kit.model.pause_s = 3.0
    halfway, at_the_end = Student(stage), Student(stage)
    stage.account.unknown_methods.add("sendMessageDraft")
    program = kit.program()
    async with kit.listening(program):
        stage.faulty("sendMessage", Fault(429, "Too Many Requests: retry after 30", retry_after=30))
        await at_the_end.commands("/start")
        await holds(lambda: bool(at_the_end.sent()))
        await halfway.says(ASKED)
        await halfway.hears()
        await asyncio.sleep(0.5)  # by then it is written down in which message the answer grows
        assert "Sources" not in halfway.messages()[0]["text"]
        program.kill()
    _let_leases_run_out(kit.data / "state.db")
    note = _everything_in(kit.data / "state.db")
    assert ASKED not in note
    assert str(halfway.chat_id) not in note
    kit.model.pause_s = 0.0
    async with kit.listening(program):
        await halfway.sees("Sources", within_s=45)
        await at_the_end.hears(within_s=45)
        await halfway.commands("/start")
        await halfway.hears(2)
        assert await program.stop() == 0
    assert "[1] How rockets work" in halfway.messages()[0]["text"]
    assert [len(student.messages()) for student in (halfway, at_the_end)] == [2, 1]
    assert not [line for line in program.lines if "Traceback" in line]


@scene
async def pushed_to_the_api_it_takes_only_what_telegram_sends(kit: Kit) -> None:
    stage = kit.stage
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    student = Student(stage)
    update = {"update_id": 5, "message": {"message_id": 1, "from": student.user, **student.place, "text": "forged"}}
    with running(kit.program("serve", "--port", str(port), BOT_WEBHOOK_URL=f"{address}/telegram/hook")) as program:
        await holds(lambda: program.ended or (stage.account.webhook is not None), within_s=120)
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
        assert await program.stop() == 0
    assert len(await student.heard()) == 2
    assert stage.account.webhook.refusals == []


@scene
async def a_lost_database_stops_no_question(kit: Kit) -> None:
    stage = kit.stage
    (kit.data / "state.db").write_bytes(b"this is no database" * 500)
    student, other = Student(stage), Student(stage)
    async with kit.listening(kit.program()) as program:
        await student.says("Why do rockets drop their empty stages?")
        assert "less mass" in (await student.hears())[0]
        await other.commands("/forget")
        assert "notebook" in (await other.hears())[0]
    assert not [line for line in program.lines if "Traceback" in line or stage.token in line or "Wanda" in line]


@scene
async def a_wrong_token_is_one_line(kit: Kit) -> None:
    program = kit.program(TELEGRAM_TOKEN="6:AAwrong")
    with running(program):
        await holds(lambda: program.ended, within_s=120)
    assert [line for line in program.lines if "NAVIGATOR_TELEGRAM_TOKEN" in line] == program.lines
    assert not [line for line in program.lines if "AAwrong" in line or "Traceback" in line]


@pytest.fixture(scope="module")
def played(telegram: Served, school: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, BaseException | None]:
    """What became of each scene."""

    @asynccontextmanager
    async def staged() -> AsyncIterator[Kit]:
        data = Path(shutil.copytree(school, tmp_path_factory.mktemp("kit") / "data", ignore=shutil.ignore_patterns("open", "serving", "state.db*")))
        model = SlowModel()
        async with stages(telegram)() as stage:
            with serving(model.app()) as url:
                stage.shim.tokens.add(stage.token)
                settings = {"TELEGRAM_TOKEN": stage.token, "TELEGRAM_API_URL": stage.url, "LLM": "slow", "LLM_BASE_URL": f"{url}/v1"}
                yield Kit(stage, data, model, settings)

    return scene.play(staged)


@pytest.mark.parametrize("name", scene.plays)
def test_scene(played: dict[str, BaseException | None], name: str) -> None:
    error = played[name]
    if error is not None:
        raise error


def _let_leases_run_out(path: Path) -> None:
    """As if half a minute had passed."""
    with closing(sqlite3.connect(path)) as database, database:
        assert database.execute("UPDATE notes SET lease = '2000-01-01 00:00:00.000000'").rowcount


def _everything_in(path: Path) -> str:
    with closing(sqlite3.connect(path)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return "\n".join(str(row) for table in tables for row in database.execute(f'SELECT * FROM "{table}"'))
