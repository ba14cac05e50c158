"""The plain pipeline's own libraries, put beside the environment once; all that they stand on is the environment's."""

import os
import subprocess
import sys
from pathlib import Path

# Their declared bounds exclude the huggingface-hub that sentence-transformers 6 works with; they run with it all the same.
PLAIN = ("langchain-chroma==1.1.0", "langchain-huggingface==1.2.3", "langchain-text-splitters==1.1.3")


def environment() -> dict[str, str]:
    """The environment in which the plain pipelines run; the first call installs what they need."""
    folder = Path(sys.prefix) / "plain-pipeline"
    if not folder.is_dir():
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder), *PLAIN], check=True)
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), os.getcwd()])}
