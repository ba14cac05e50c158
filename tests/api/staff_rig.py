"""An app with the staff's endpoints over a small course; its jobs are real `navigator ingest` processes with the honest fake."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
from fastapi import FastAPI
from pydantic import SecretStr
from small_course import doors_over, library_over

from api import Staff, create_app
from ingest import Jobs
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.library import Library
from knowledge_base.release.layout import DataFolder

TOKEN = "let-the-staff-enter"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
ROOT = Path(__file__).parents[2]


def command(data: DataFolder) -> list[str]:
    """How `navigator` is run on this data folder, whatever the environment sets."""
    settings = [f"NAVIGATOR_DATA_DIR={data.root}", "NAVIGATOR_EMBEDDER=hashing", f"PYTHONPATH={ROOT}"]
    return ["env", *settings, sys.executable, "-m", "navigator"]


def staffed_app(library: Library, *, token: str | None = TOKEN) -> FastAPI:
    """The app with its staff endpoints, or without a staff token."""
    jobs = Jobs(library.data, command(library.data), niceness=0)  # a busy machine would starve a niced one
    staff = Staff(SecretStr(token), jobs, check=lambda manifest: manifest.check_embedder(HashingEmbedder.stamp)) if token else None
    return create_app(doors_over(library, staff=staff))


@contextmanager
def staffed(data: DataFolder) -> Iterator[FastAPI]:
    """The same over a library of its own, which is closed in the end."""
    with library_over(data) as library:
        yield staffed_app(library)


@dataclass(frozen=True)
class StaffClient:
    """A member of the staff at the HTTP door."""

    http: httpx2.Client

    def get(self, path: str) -> Any:
        """What a GET tells; it must succeed."""
        response = self.http.get(path, headers=BEARER)
        assert response.status_code == 200, response.text
        return response.json()

    def post(self, path: str) -> httpx2.Response:
        return self.http.post(path, headers=BEARER)

    def delete(self, path: str) -> httpx2.Response:
        return self.http.delete(path, headers=BEARER)

    def upload(self, *, dry_run: bool = False, **files: str) -> httpx2.Response:
        """Uploads texts; `a_md` is called ``a.md``."""
        parts = [("files", (name.replace("_", "."), text.encode())) for name, text in files.items()]
        return self.http.post("/v1/documents", headers=BEARER, files=parts, data={"dry_run": str(dry_run).lower()})

    def ended(self, begun: httpx2.Response) -> Any:
        """The job that a request began, once it has ended."""
        assert begun.status_code == 202, begun.text
        until = time.monotonic() + 60
        while time.monotonic() < until:
            job = self.get(f"/v1/jobs/{begun.json()['job_id']}")
            if job["state"] != "running":
                return job
            time.sleep(0.1)
        raise AssertionError("the job does not end")

    def published(self, release: str) -> None:
        """Publishes the release and waits until students are answered from it."""
        response = self.post(f"/v1/releases/{release}/publish")
        assert response.status_code == 200, response.text
        self.came(release)

    def came(self, release: str) -> None:
        until = time.monotonic() + 5
        while self.http.get("/readyz").json().get("release") != release:
            assert time.monotonic() < until
            time.sleep(0.05)

    def answer(self, question: str) -> Any:
        return self.http.post("/v1/ask", json={"question": question}).json()
