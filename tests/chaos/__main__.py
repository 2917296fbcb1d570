"""`python -m tests.chaos TASK …`: the driver as a process of its own, with Django set up on the town's home."""

import importlib
import json
import sys
from pathlib import Path

import django

django.setup()
driver = importlib.import_module("tests.chaos.driver")
match sys.argv[1:]:
    case ["prepare"]:
        driver.prepare()
    case ["drive", port, journal]:
        driver.drive(int(port), Path(journal))
    case ["check", journal]:
        sys.stdout.write(json.dumps(driver.check(Path(journal)), ensure_ascii=False))
