"""What an operator sees while things start: one line per step, with a spinner on a terminal."""

import contextlib
import time
from collections.abc import Iterator

from rich.console import Console

console = Console(highlight=False)


@contextlib.contextmanager
def step(text: str) -> Iterator[None]:
    """Show a step as going on, then as done with its seconds; a failed step is marked and raises on."""
    begun = time.monotonic()
    try:
        with console.status(text):
            yield
    except BaseException:
        console.print(f"[red]✗[/] {text}")
        raise
    console.print(f"[green]✓[/] {text} [dim]{time.monotonic() - begun:.1f} s[/]")


def say(text: str) -> None:
    """Print one line."""
    console.print(text)


def note(text: str) -> None:
    """Print one line that wants attention."""
    console.print(f"[yellow]![/] {text}")
