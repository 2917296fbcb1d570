"""What is played: one citizen's request, and its whole life through the real actions."""

import datetime as dt
import itertools
import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.db import connection

from benchmarks import stage
from yiwang.cases import actions
from yiwang.cases.definitions.facts import Opening
from yiwang.kernel.access import logic as access

STREET, DISTRICT = "510107007", "510107"
TITLE, TEXT = (
    "玉林东路夜市占道经营",
    "晚上九点以后，占道摊贩摆满人行道，行人只能走机动车道，油烟很大，请处理。" * 3,
)


def opening(*, quiet: bool = False) -> Opening:
    """Return a request that the responsibility list can route."""
    return Opening(
        key=f"bench-{uuid.uuid4()}", flow="request", title=TITLE, text=TEXT, category="road-stall", area=STREET,
        channel="web", actor=access.NOBODY, at=dt.datetime.now(dt.UTC), reporter_mobile="13812345678",
        lon=104.0571, lat=30.6302, address="玉林东路 12 号", quiet=quiet,
    )  # fmt: skip


def open_one() -> tuple[Any, Opening]:
    """Open a case; return what came of it and what was asked."""
    asked = opening()
    return actions.open(asked), asked


class Cast:
    """Those who act on a request of the street: the handler of its office and the verifier of its district."""

    def __init__(self) -> None:
        self.handler = stage.person("bench-handler", f"street-{STREET}", "handler", STREET)
        self.verifier = stage.person("bench-verifier", "wuhou-centre", "verifier", DISTRICT)

    def live(self) -> None:
        """Take one request from its opening to its rating: open (and dispatch), sign in, reply, close, rate."""
        opened, _ = open_one()
        self.handle(opened.id, opened.tracking)

    def handle(self, case: uuid.UUID, tracking: str) -> None:
        """Take a request that was dispatched to its rating."""
        actions.perform(case, "sign_in", self.handler, {}, f"{case}:1")
        actions.perform(case, "reply", self.handler, {"reply": "已现场劝离并规范经营"}, f"{case}:2")
        actions.perform(case, "close", self.verifier, {}, f"{case}:3")
        actions.perform(case, "rate", access.citizen(tracking), {"grade": 5}, f"{case}:4")


def rate(what: Callable[[], object], seconds: float, threads: int) -> float:
    """Return how often a second `what` was done by so many threads; a fault in one is raised."""
    stop, counts, faults = time.monotonic() + seconds, itertools.count(), []

    def repeat() -> None:
        try:
            while time.monotonic() < stop:
                what()
                next(counts)
        except Exception as fault:  # noqa: BLE001 - raised again by the caller
            faults.append(fault)
        finally:
            connection.close()

    begun = time.monotonic()
    pool = [threading.Thread(target=repeat) for _ in range(threads)]
    for thread in pool:
        thread.start()
    for thread in pool:
        thread.join()
    if faults:
        raise faults[0]
    return next(counts) / (time.monotonic() - begun)
