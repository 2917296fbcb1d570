"""What every test relies on: a real PostgreSQL, no network beyond this machine, a real browser for journeys."""

import os
import shutil
import socket
import urllib.parse
from collections.abc import Iterator

import hypothesis
import pytest
from django.db import connections

from yiwang.site import postgres

CHROMIUM = os.environ.get("YIWANG_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
LOCAL = ("localhost", "127.0.0.1", "::1")

# How long an example takes says how busy the machine is, not whether the code is right.
hypothesis.settings.register_profile("yiwang", deadline=None)
hypothesis.settings.load_profile("yiwang")


def pytest_configure(config: pytest.Config) -> None:
    """Start the embedded server in the process that ends last, so that workers find it running."""
    if not config.option.collectonly and not config.option.help:
        postgres.ensure_running()


def pytest_unconfigure() -> None:
    connections.close_all()
    postgres.stop()


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOCAL:
            raise AssertionError(f"a test reached for {address}: tests stay on this machine")
        return connect(self, address)

    socket.socket.connect = guarded  # type: ignore[method-assign]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def no_remembered_release() -> None:
    """Forget which release was current: the next test has a database of its own."""
    from yiwang.kernel.releases import queries  # noqa: PLC0415 - models need Django to be set up

    queries.forget()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """Drive the system's Chromium; the driver downloads nothing."""
    if CHROMIUM is None and os.environ.get("CI"):
        pytest.fail("Chromium is missing in CI")
    if CHROMIUM is None:
        pytest.skip("no Chromium here: apt install chromium fonts-noto-cjk, or set YIWANG_CHROMIUM")
    quiet = ["quic", "first-run", "background-networking", "component-update", "sync"]
    flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", *(f"--disable-{one}" for one in quiet)]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": flags}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


@pytest.fixture
def context(context) -> Iterator:
    """Give a browser context that may load from this machine only; anything else fails the test."""
    strayed = []

    def route(route, request) -> None:
        if urllib.parse.urlsplit(request.url).hostname in (*LOCAL, None):
            route.continue_()
        else:
            strayed.append(request.url)
            route.abort()

    context.route("**/*", route)
    yield context
    assert not strayed, f"a page reached beyond this machine: {strayed}"
