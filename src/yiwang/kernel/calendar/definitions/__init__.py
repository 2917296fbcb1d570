"""Frozen types of working time: an amount of it (`amounts`) and the calendar a pack declares (`entries`)."""

from yiwang.kernel.calendar.definitions.amounts import Amount, Due, Unit
from yiwang.kernel.calendar.definitions.entries import Calendar, Hours

__all__ = ["Amount", "Calendar", "Due", "Hours", "Unit"]
