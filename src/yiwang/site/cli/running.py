"""Commands that run the platform: demo, up, web, work."""

import os
from typing import Annotated

import typer

from yiwang.site.language import gettext as _

app = typer.Typer()
Host = Annotated[str, typer.Option(envvar="YIWANG_HOST", help=_("Address to listen on."))]
Port = Annotated[int, typer.Option(envvar="YIWANG_PORT", min=1, max=65535, help=_("Port to listen on."))]


@app.command(
    help=_("Run everything with the demonstration city, on the embedded PostgreSQL; Ctrl-C stops it.")
)
def demo(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    from yiwang.site import content, launch

    launch.run(host, port, content.demonstration)


@app.command(help=_("Run everything for real use: migrate, publish the city pack, start web and worker."))
def up(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    from yiwang.site import content, launch

    launch.run(host, port, content.city)


@app.command(help=_("Serve HTTP."))
def web(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    from yiwang.site import postgres
    from yiwang.site import web as server

    _follow_supervisor()
    postgres.ensure_running()
    server.serve(host, port)


@app.command(help=_("Run the queue and the standing loops: notifications, deadlines, sealing."))
def work() -> None:
    from yiwang.site import postgres, standing
    from yiwang.site import work as worker

    _follow_supervisor()
    postgres.ensure_running()
    worker.run(standing.loops())


def _follow_supervisor() -> None:
    if os.environ.get("YIWANG_SUPERVISED") == "1":
        from yiwang.site import orphans

        orphans.end_with_parent()
