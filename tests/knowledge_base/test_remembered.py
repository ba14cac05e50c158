"""Questions asked of several releases are embedded once."""

import numpy as np

from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.embedding.remembered import RememberedEmbedder


def test_each_question_is_embedded_once_and_comes_out_as_it_would_alone() -> None:
    asked: list[str] = []

    class Noted(HashingEmbedder):
        def embed_queries(self, texts):  # type: ignore[no-untyped-def]
            asked.extend(texts)
            return super().embed_queries(texts)

    plain, remembered = HashingEmbedder(), RememberedEmbedder(Noted())
    remembered.embed_queries(["moon", "mars", "moon"])
    assert np.array_equal(remembered.embed_queries(["mars", "venus", "moon"]), plain.embed_queries(["mars", "venus", "moon"]))
    assert asked == ["moon", "mars", "venus"]
    assert remembered.embed_queries([]).shape == plain.embed_queries([]).shape
    assert remembered.stamp == plain.stamp
    assert np.array_equal(remembered.embed_documents(["moon"]), plain.embed_documents(["moon"]))
