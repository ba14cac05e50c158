"""The tutor's memory and the learners in one, in memory, for desks that need nothing more of them."""

from dataclasses import dataclass, field

from tutor.learners import Kept, Learner
from tutor.remembered import KeptAnswer
from tutor.types import Citation


@dataclass
class Notebook:
    """What is kept, in memory: the tutor's memory and the learners in one; it keeps no answers."""

    kept_: dict[str, Learner] = field(default_factory=dict)
    stubborn: bool = False  # erases nothing
    last: KeptAnswer | None = None

    def caller(self, tenant: str, subject: str) -> str:
        return f"{tenant} {subject}"

    def conversation(self, caller: str, wanted: str | None) -> str:
        return wanted or f"talk {len(caller)}"

    async def settle(self) -> None:
        """Nothing waits."""

    async def judge(self, _caller: str, _answer_id: str, *, helpful: bool, comment: str | None = None) -> bool:  # noqa: ARG002
        return False

    async def erase(self, caller: str) -> None:
        if not self.stubborn:
            self.kept_.pop(caller, None)

    async def last_answer(self, _caller: str, _conversation_id: str) -> KeptAnswer | None:
        return self.last

    async def citation(self, _caller: str, _answer_id: str, _n: int) -> Citation | None:
        return None

    async def learner(self, caller: str) -> Learner:
        return self.kept_.get(caller, Learner())

    async def keep(self, caller: str, learner: Learner) -> None:
        self.kept_[caller] = learner

    async def admit(self, _caller: str) -> float:
        return 0.0

    async def kept(self, caller: str) -> Kept:
        return Kept(0, 0, caller in self.kept_)
