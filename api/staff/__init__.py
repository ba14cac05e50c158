"""The staff's endpoints, behind one token: documents, jobs, releases, and what students asked in vain."""

from api.staff.routes import routes

__all__ = ["routes"]
