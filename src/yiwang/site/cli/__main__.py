"""`python -m yiwang.site.cli`: how the supervisor starts its children."""

from yiwang.site import cli

cli.main()
