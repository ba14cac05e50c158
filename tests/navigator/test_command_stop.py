"""A server that is told to stop while streams are open: each is told so, in time, and the log holds no trace of it."""

import json
import signal
import socket
import time
from pathlib import Path

from command_line import STAGES, publish, serving, write_course

from navigator.server import STOPPED_WITHIN_S


def test_open_streams_end_with_a_word_and_the_server_in_time(tmp_path: Path) -> None:
    publish(tmp_path / "data", write_course(tmp_path / "course"))
    with socket.create_server(("127.0.0.1", 0)) as model:  # takes what is asked, and never answers
        address = f"http://127.0.0.1:{model.getsockname()[1]}/v1"
        with serving(tmp_path, LLM="silent", LLM_BASE_URL=address) as server, server.client() as client:
            with client.stream("POST", "/v1/chat", json={"question": STAGES, "client_message_id": "m1"}) as response:
                lines = response.iter_lines()
                assert next(lines) == "event: session"
                asked, _address = model.accept()
                began = time.monotonic()
                server.process.send_signal(signal.SIGTERM)
                *_before, error = (json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: "))
                assert error["error"]["code"] == "unavailable"
                asked.close()
            server.process.wait(timeout=30)
            assert time.monotonic() - began < STOPPED_WITHIN_S + 10  # and what a slow computer needs to leave
    assert [line for line in server.lines if "ERROR" in line or "Traceback" in line or "destroyed" in line] == []
    assert server.lines[-1] == "Stopped."
