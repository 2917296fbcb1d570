"""The one error of the embedded server; its message is written for the operator, in their language."""


class Fault(Exception):  # noqa: N818 - read as postgres.Fault
    """The embedded PostgreSQL cannot be started or stopped."""
