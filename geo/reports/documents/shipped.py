"""The news items that ship with the map, in ``seeds/reports``."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from geo.model import Document
from geo.reports.documents.read import read_file
from geo.settings import SEEDS

__all__ = ["REPORTS", "document_texts", "seed_documents"]

REPORTS: Final = SEEDS / "reports"


def seed_documents() -> list[Document]:
    """Return the news items of ``seeds/reports``, in file order."""
    return [doc for path in sorted(REPORTS.glob("*.md")) for doc in read_file(path)]


@lru_cache(maxsize=1)
def document_texts() -> dict[str, str]:
    """Return the text of every shipped report by document id, for showing evidence."""
    return {document.id: document.text for document in seed_documents()}
