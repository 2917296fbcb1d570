"""When a failed delivery is tried again, and when it is given up. `actions` keeps it as a row."""

import datetime as dt

ATTEMPTS = 10
FIRST = dt.timedelta(seconds=5)
LONGEST = dt.timedelta(hours=1)


def wait(attempts: int) -> dt.timedelta:
    """Return how long to wait after this many attempts: 5 s, 10 s, 20 s … at most an hour."""
    return min(FIRST * 2 ** (min(attempts, 20) - 1), LONGEST)


def given_up(attempts: int) -> bool:
    """Tell whether a delivery waits for a person from now on."""
    return attempts >= ATTEMPTS
