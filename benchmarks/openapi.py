"""Asks every route of the OpenAPI document whatever it allows and forbids, by all of schemathesis' checks; prints what does not hold."""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.pipelines.served import STAFF_TOKEN, serving
from ingest import Ingestion, Order
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.embedding.names import HASHING
from knowledge_base.release.layout import DataFolder

ROOT = Path(__file__).parents[1]
EXPECTED = Path(__file__).with_name("openapi.toml")


def conformance(address: str, token: str, *, examples: int, seed: int) -> tuple[bool, str]:
    """Whether the server at the address keeps to its document, asked as staff with so many examples a route; and the report."""
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(EXPECTED), "run", f"{address}/openapi.json"]
    wanted = ["--checks", "all", "--phases", "examples,coverage,fuzzing", "--max-examples", str(examples), "--seed", str(seed)]
    manner = ["--workers", "2", "--continue-on-failure", "--suppress-health-check", "all", "--generation-database", "none", "--no-color"]
    environment = os.environ | {"no_proxy": "127.0.0.1"}
    header = ["--header", f"Authorization: Bearer {token}"]
    with tempfile.TemporaryDirectory() as folder:  # where it leaves what it notes
        ran = subprocess.run([*command, *wanted, *manner, *header], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return ran.returncode == 0, ran.stdout + ran.stderr


def main() -> None:
    """Ingests the course into a folder of its own, serves it, and asks."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--examples", type=int, default=200, help="of what a route may be asked (default: %(default)s)")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = DataFolder(Path(folder))
        Ingestion(data, HashingEmbedder).run(Order([ROOT / "content"]))
        os.environ["NAVIGATOR_EMBEDDER"] = HASHING
        with serving(data.root) as served:
            holds, report = conformance(served.address, STAFF_TOKEN, examples=given.examples, seed=given.seed)
    print(report)
    sys.exit(not holds)


if __name__ == "__main__":
    main()
