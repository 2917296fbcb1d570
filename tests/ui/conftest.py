"""A server for pages of custom elements, and a page on which nothing may go wrong unseen."""

from collections.abc import Iterator

import pytest

from tests.ui import site as sites


@pytest.fixture
def site() -> Iterator[sites.Site]:
    yield from sites.running()


@pytest.fixture
def page(page) -> Iterator:
    """Fail on script errors and on whatever the content security policy refused."""
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: "Content Security" in message.text and faults.append(message.text))
    page.set_default_timeout(5000)
    yield page
    assert not faults
