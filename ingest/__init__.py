"""Reads materials, plans what changed, embeds what is new, writes and publishes a release."""

from ingest.errors import IngestError, NothingToRead, Unreadable
from ingest.pipeline import DEFAULT_SOURCE, Ingestion, Order
from ingest.types import Plan, Problem, Report

__all__ = ["DEFAULT_SOURCE", "IngestError", "Ingestion", "NothingToRead", "Order", "Plan", "Problem", "Report", "Unreadable"]
