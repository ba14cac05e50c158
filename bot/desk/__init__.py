"""Everything a student can do, in whatever messenger: ask, browse, practise, choose, forget."""

from bot.desk.desk import FrontDesk
from bot.desk.ports import Policy, Rooms

__all__ = ["FrontDesk", "Policy", "Rooms"]
