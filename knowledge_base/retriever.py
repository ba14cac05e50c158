"""The knowledge as a LangChain retriever, so that other chains can use it. Imports langchain_core; nothing else here does."""

from langchain_core.callbacks import AsyncCallbackManagerForRetrieverRun, CallbackManagerForRetrieverRun
from langchain_core.documents import Document as ChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from knowledge_base.library import Library
from knowledge_base.types import Filters, Hit, Results


class KnowledgeRetriever(BaseRetriever):
    """The best `k` passages of the published release as LangChain documents."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Library
    k: int = 5
    filters: Filters = Filters()

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[ChainDocument]:  # noqa: ARG002 - langchain's signature
        return _documents(self.library.search_now(query, k=self.k, filters=self.filters))

    async def _aget_relevant_documents(self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun) -> list[ChainDocument]:  # noqa: ARG002
        async with self.library.reading() as reader:
            return _documents(await reader.search(query, k=self.k, filters=self.filters))


def _documents(results: Results) -> list[ChainDocument]:
    return [_document(hit, results.release) for hit in results.hits]


def _document(hit: Hit, release: str) -> ChainDocument:
    metadata = {
        "passage_id": hit.passage.passage_id,
        "doc_id": hit.document.doc_id,
        "title": hit.document.title,
        "section": list(hit.passage.section),
        "language": hit.document.language,
        "kind": hit.document.kind,
        "as_of": hit.passage.as_of or hit.document.as_of,
        "score": hit.score,
        "release": release,
    }
    return ChainDocument(page_content=hit.passage.text, id=hit.passage.passage_id, metadata=metadata)
