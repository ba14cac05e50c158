"""The command line as a whole: the installed script, help, failures that no command foresaw, the bot, the console."""

import errno
import json
import os
from pathlib import Path

import pytest
from command_line import STAGES, CommandLine, Ran, installed, publish, write_course

from ingest import Ingestion, Order, Report
from navigator.console import ShownProgress, print_json

COMMANDS = ("ingest", "ask", "search", "serve", "bot", "doctor", "eval", "releases")


@pytest.fixture
def navigator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, monkeypatch, capsys)


def test_the_installed_script_prints_one_json_object_and_progress_elsewhere(tmp_path: Path) -> None:
    ran = installed(tmp_path, "ingest", write_course(tmp_path / "course"), "--json")
    assert ran.json["documents"]["added"] == 3
    assert ran.err.splitlines()[0].startswith("embedding: ")
    assert "\x1b" not in ran.err, "no bars are drawn where nobody looks"


def test_the_installed_script_fails_with_one_line_and_status_one(tmp_path: Path) -> None:
    assert "run navigator ingest" in installed(tmp_path, "ask", STAGES, "--json").failure


def test_the_installed_script_refuses_wrong_usage_with_status_two(tmp_path: Path) -> None:
    ran = installed(tmp_path, "ask", "\udcff", "--json")
    assert (ran.status, ran.out) == (2, "")
    assert "Traceback" not in ran.err


def test_settings_are_read_from_the_file_in_the_working_directory(navigator: CommandLine) -> None:
    (navigator.folder / ".env").write_text("NAVIGATOR_PROT=1\n", encoding="utf-8")
    assert "NAVIGATOR_PROT in .env" in navigator("releases", "list").failure


def test_without_a_command_the_help_is_shown(navigator: CommandLine) -> None:
    ran = navigator()
    assert ran.status == 2
    assert all(command in ran.out + ran.err for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does(navigator: CommandLine, command: str) -> None:
    ran = navigator(command, "--help")
    assert ran.status == 0
    assert f"{command} [OPTIONS]" in " ".join(ran.out.split())


@pytest.mark.parametrize("arguments", [("frobnicate",), ("--version-of-all",), ("ingest",), ("ingest", "x", "--frob"), ("eval",), ("bot", "x")])
def test_wrong_usage_exits_with_two_and_says_how(navigator: CommandLine, arguments: tuple[str, ...]) -> None:
    ran = navigator(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert "Usage: " in ran.err


def test_a_disk_that_gives_out_is_one_line(navigator: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> Report:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/data/current")

    monkeypatch.setattr(Ingestion, "run", full)
    assert navigator("ingest", "course").failure == "navigator: No space left on device: '/data/current': run navigator doctor"


def test_a_mistake_of_ours_is_not_dressed_as_the_operator_s(navigator: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def mistaken(_ingestion: Ingestion, _order: Order) -> Report:
        raise ZeroDivisionError

    monkeypatch.setattr(Ingestion, "run", mistaken)
    with pytest.raises(ZeroDivisionError):
        navigator("ingest", "course")


def test_a_bot_without_a_token_is_one_line_with_what_to_set(navigator: CommandLine) -> None:
    assert navigator("bot").failure == "navigator: no bot token: set NAVIGATOR_TELEGRAM_TOKEN to the one that @BotFather gave you"


def test_a_bot_that_is_posted_to_is_not_polled_for(navigator: CommandLine) -> None:
    navigator.set(TELEGRAM_TOKEN="123:hush", BOT_WEBHOOK_URL="https://tutor.example/telegram/updates")
    assert "navigator serve answers in Telegram: run that, or unset it to poll" in navigator("bot").failure


def test_a_bot_without_a_release_is_one_line(navigator: CommandLine) -> None:
    navigator.set(TELEGRAM_TOKEN="123:hush")
    failure = navigator("bot").failure
    assert "run navigator ingest" in failure
    assert "hush" not in failure


def test_a_bot_that_reaches_no_telegram_is_one_line_without_its_token(navigator: CommandLine, tmp_path: Path) -> None:
    publish(navigator.data, write_course(tmp_path / "course"))
    navigator.set(TELEGRAM_TOKEN="123:hush", TELEGRAM_API_URL="http://127.0.0.1:9")
    failure = navigator("bot").failure
    assert "NAVIGATOR_TELEGRAM_API_URL" in failure
    assert "hush" not in failure
    assert list((navigator.data / "open").glob("*")) == []


def test_progress_elsewhere_than_on_a_terminal_is_a_line_at_the_start_and_at_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    with ShownProgress() as progress:
        for done in range(11):
            progress("reading [a] :moon:", done, 10)
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "reading [a] :moon:: 0 of 10\nreading [a] :moon:: 10 of 10\n")


def test_json_is_one_line_as_it_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"text": "月壤\n[1]", "none": None})
    printed = capsys.readouterr().out
    assert printed == '{"text": "月壤\\n[1]", "none": null}\n'
    assert json.loads(printed) == {"text": "月壤\n[1]", "none": None}


def test_json_that_no_other_program_reads_is_never_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="JSON"):
        print_json({"value": float("nan")})
    assert capsys.readouterr().out == ""


def test_what_is_printed_is_not_taken_for_markup(navigator: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "[bold]red.md").write_text("---\ntitle: '[red]Mars[/red] :rocket:'\n---\nMars [i]is[/i] red :moon:.\n", encoding="utf-8")
    assert "[bold]red.md" in navigator("ingest", tmp_path / "odd").out
    shown = navigator("search", "Mars")
    assert isinstance(shown, Ran)
    assert shown.out.startswith("1. [red]Mars[/red] :rocket:  ([bold]red.md, ")
    assert "Mars [i]is[/i] red :moon:." in shown.out
