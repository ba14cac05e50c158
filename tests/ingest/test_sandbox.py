"""The child process that parses: whatever a file makes its parser do, the answer is text or a problem, and nobody is left behind."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import Unreadable
from ingest.formats import SANDBOXED
from ingest.formats.sandboxed import PARSERS
from ingest.sandbox import Limits, Sandbox
from ingest.types import Block, Parsed

ROOT = Path(__file__).parents[2]
MEMORY = 500_000_000


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(seconds=30, memory=MEMORY), parsers="hostile_parsers") as sandbox:
        yield sandbox


def child(sandbox: Sandbox) -> int:
    """The process id of the child."""
    return int(sandbox.parse(".about", b"").blocks[0].text.split()[0])


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_what_a_parser_says_arrives_whole(sandbox: Sandbox) -> None:
    got = sandbox.parse(".echo", "月球 🚀 \n \u2028".encode())
    assert got == Parsed((Block(("A",), "月球 🚀 \n \u2028", page=2, position_s=1.5),), "Title", "zh", "transcript", ("page 1: no text",))


def test_one_child_serves_many_files_and_ends_with_the_block() -> None:
    with Sandbox(parsers="hostile_parsers") as sandbox:
        pids = {child(sandbox) for _ in range(50)}
        assert len(pids) == 1
        assert alive(*pids)
    assert not Path(f"/proc/{pids.pop()}").exists(), "not even a zombie"


def test_no_child_is_started_when_nothing_is_parsed() -> None:
    before = len(list(Path("/proc/self/task").iterdir()))
    with Sandbox(parsers="no_such_module"):
        pass
    assert len(list(Path("/proc/self/task").iterdir())) == before


def test_the_child_loads_only_what_parsing_needs_and_knows_no_secret(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAVIGATOR_STAFF_TOKEN", "secret")
    _pid, nice, heavy, *environment = sandbox.parse(".about", b"").blocks[0].text.split()
    assert heavy == "[]"
    assert "NAVIGATOR" not in " ".join(environment)
    assert int(nice) == os.nice(0)


@pytest.mark.parametrize(
    ("suffix", "what"),
    [
        (".refuse", "page 3: torn"),
        (".crash", "crashed its parser (signal 11): it is damaged or needs too much memory"),
        (".abort", "crashed its parser (signal 6)"),
        (".leave", "crashed its parser (status 3)"),
        (".eat", "could not be parsed (it needs too much memory)"),
        (".fail", "could not be parsed (KeyError: 'rId7'): open it, save it anew and try again"),
        (".recurse", "could not be parsed (RecursionError"),
        (".connect", "a parser may not do 'socket."),
        (".start", "a parser may not do 'subprocess.Popen'"),
        (".lie", "could not be parsed: its parser answered nonsense"),
    ],
)
def test_a_file_that_its_parser_fails_on_is_unreadable_and_the_next_is_read(sandbox: Sandbox, suffix: str, what: str) -> None:
    with pytest.raises(Unreadable) as told:
        sandbox.parse(suffix, b"x" * 200_000)
    assert what in str(told.value)
    assert told.value.line == (7 if suffix == ".refuse" else 1)
    assert sandbox.parse(".echo", b"next").blocks[0].text == "next"


def test_a_parser_writes_no_file(sandbox: Sandbox, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="File too large"):
        sandbox.parse(".write", str(tmp_path / "x").encode())


def test_lone_surrogates_are_no_text(sandbox: Sandbox) -> None:
    assert sandbox.parse(".surrogate", b"").blocks[0].text == "a?b"


@pytest.mark.parametrize("suffix", [".loop", ".sleep"])
def test_a_file_that_takes_too_long_is_unreadable_and_its_child_is_gone(suffix: str) -> None:
    with Sandbox(Limits(seconds=1.5), parsers="hostile_parsers") as sandbox:
        pid = child(sandbox)
        with pytest.raises(Unreadable, match=r"could not be parsed within 1\.5 s: split it into parts"):
            sandbox.parse(suffix, b"")
        assert not alive(pid)
        assert child(sandbox) != pid


def test_a_child_that_dies_between_two_files_is_one_files_problem(sandbox: Sandbox) -> None:
    os.kill(child(sandbox), signal.SIGKILL)
    with pytest.raises(Unreadable, match="crashed its parser"):
        sandbox.parse(".echo", b"lost")
    assert sandbox.parse(".echo", b"found").blocks[0].text == "found"


def test_an_interrupted_reading_leaves_nobody_behind() -> None:
    sandbox = Sandbox(parsers="hostile_parsers")
    pid = child(sandbox)
    with pytest.raises(KeyboardInterrupt), sandbox:
        raise KeyboardInterrupt
    assert not alive(pid)


def test_it_works_in_a_thread_among_threads() -> None:
    texts: list[str] = []

    def parse() -> None:
        with Sandbox(parsers="hostile_parsers") as sandbox:
            texts.append(sandbox.parse(".echo", b"x").blocks[0].text)

    threads = [threading.Thread(target=parse) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == ["x"] * 3


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's part in it is Linux's")
def test_the_child_dies_with_its_parent_even_in_the_middle_of_a_file() -> None:
    code = (
        "from ingest.sandbox import Sandbox\n"
        "with Sandbox(parsers='hostile_parsers') as sandbox:\n"
        "    print(sandbox.parse('.about', b'').blocks[0].text.split()[0], flush=True)\n"
        "    sandbox.parse('.loop', b'')\n"
    )
    start = f"import sys; sys.path[:0] = {json.dumps([str(ROOT), str(Path(__file__).parent)])}\n{code}"
    with subprocess.Popen([sys.executable, "-c", start], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        time.sleep(0.2)
        assert alive(pid)
        parent.kill()
    for _ in range(50):
        if not alive(pid):
            break
        time.sleep(0.1)
    assert not alive(pid)


def test_the_real_parsers_bring_neither_index_nor_embedder() -> None:
    with Sandbox(parsers="real_parsers") as sandbox:
        assert sandbox.parse(".about", b"").blocks[0].text.split()[2] == "[]"
        assert sandbox.parse(".html", b"<p>Text.</p>").blocks[0].text == "Text."


def test_every_suffix_has_its_parser() -> None:
    assert set(PARSERS) == set(SANDBOXED)
