"""Our own way, from files to a published release: prints its seconds.

``python -m benchmarks.pipelines.ours with|without MODELS DATA FILE...``: with or without sentence vectors; imports and opening the model
are not counted.
"""

import datetime as dt
import sys
import time
from dataclasses import replace
from pathlib import Path

from ingest.read import read
from ingest.split import split
from knowledge_base.embedding.names import PACKAGED
from knowledge_base.embedding.open import open_embedder
from knowledge_base.progress import silent
from knowledge_base.release import publish
from knowledge_base.release.build import Contents, build_release
from knowledge_base.release.layout import DataFolder

if __name__ == "__main__":
    sentences, models, folder, *files = sys.argv[1:]
    embedder, data = open_embedder(PACKAGED, Path(models)), DataFolder(Path(folder))
    started = time.perf_counter()
    materials = read([Path(file) for file in files], source="course").materials
    passages = [passage for material in materials for passage in split(material)]
    if sentences == "without":
        passages = [replace(passage, sentences=()) for passage in passages]
    with publish.writing(data):
        contents = Contents([material.document for material in materials], passages, None)
        publish.publish(data, build_release(data, contents, embedder, now=dt.datetime.now(dt.UTC), progress=silent).release)
    print(time.perf_counter() - started)
