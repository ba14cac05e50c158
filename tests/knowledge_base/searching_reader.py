"""A reader in a process of its own, run as a script: opens the published release again and again, and prints what it finds.

With a second argument ``die`` it kills itself (SIGKILL) while the third opening is searched.
"""

import os
import signal
import sys
from pathlib import Path

from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.open import open_release

if __name__ == "__main__":
    data, query = DataFolder(Path(sys.argv[1])), HashingEmbedder().embed_queries(["air on the Moon"])[0]
    for turn in range(5):
        release = open_release(data, None, HashingEmbedder.stamp)
        print(*release.vector_index.nearest(query, 3), release.lexical.holders("moon")[0].tolist(), flush=True)
        if turn == 2 and sys.argv[2:] == ["die"]:
            os.kill(os.getpid(), signal.SIGKILL)
        release.close()
