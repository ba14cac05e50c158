"""Reads materials, plans what changed, embeds what is new, writes and publishes a release."""

from ingest.errors import BadName, IngestError, NothingToRead, UnknownJob, Unreadable
from ingest.pipeline import Ingestion
from ingest.staff.arrivals import sort_out
from ingest.staff.job import Built as BuiltReport
from ingest.staff.job import JobFolder, PlanSummary, Step, Wish
from ingest.staff.job import State as JobState
from ingest.staff.jobs import Jobs
from ingest.staff.settle import forget_unreachable
from ingest.staff.uploads import Upload, clean_name, uploaded
from ingest.types import DEFAULT_SOURCE, STAFF, Order, Plan, Problem, Report
from ingest.withdrawals import restore, withdrawn

__all__ = [
    "DEFAULT_SOURCE",
    "STAFF",
    "BadName",
    "BuiltReport",
    "IngestError",
    "Ingestion",
    "JobFolder",
    "JobState",
    "Jobs",
    "NothingToRead",
    "Order",
    "Plan",
    "PlanSummary",
    "Problem",
    "Report",
    "Step",
    "UnknownJob",
    "Unreadable",
    "Upload",
    "Wish",
    "clean_name",
    "forget_unreachable",
    "restore",
    "sort_out",
    "uploaded",
    "withdrawn",
]
