"""Navigator's HTTP doors: `create_app(Doors(...))` is the whole application, and everything it needs is in `Doors`."""

from api.app import create_app
from api.doors import Access, Asks, Doors, Staff
from api.watched import METHODS, Served, Watched, current_route, request_fields

__all__ = ["METHODS", "Access", "Asks", "Doors", "Served", "Staff", "Watched", "create_app", "current_route", "request_fields"]
