"""Navigator's HTTP doors: `create_app(Doors(...))` is the whole application, and everything it needs is in `Doors`."""

from api.app import create_app
from api.doors import Access, Asks, Doors, Staff

__all__ = ["Access", "Asks", "Doors", "Staff", "create_app"]
