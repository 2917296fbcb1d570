"""The floor plan holds, and what import-linter cannot see holds too."""

import ast
import os

from django.apps import apps
from django.core.management import call_command
from importlinter import cli

from tests.house import sources
from yiwang.kernel.outbox import definitions as outbox


def test_imports_keep_to_the_floor_plan(capsys):
    os.chdir(sources.ROOT)
    assert cli.lint_imports(no_logo=True, verbose=False) == 0, capsys.readouterr().out


def test_models_have_their_migrations(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_foreign_keys_point_down_the_house():
    wrong = []
    for model in apps.get_models():
        for field in model._meta.get_fields(include_hidden=True):
            target = field.related_model if field.is_relation and not field.auto_created else None
            if not (target and _room(model) and _room(target)) or _room(model) == _room(target):
                continue
            if sources.floor(_room(model)) >= sources.floor(_room(target)):
                wrong.append(f"{model._meta.label}.{field.name} → {target._meta.label}")
    assert not wrong


def test_screens_reach_rows_only_through_queries():
    doors = {"views", "api", "handlers", "tasks"}
    wrong = [
        f"{file.relative_to(sources.ROOT)}:{number}"
        for file in sources.modules()
        if doors & {file.stem, *file.parent.parts[-2:]} and "kernel" not in file.parts[-2:]
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if ".objects." in line
    ]
    assert not wrong


def _room(model) -> str | None:
    module = model.__module__
    if not module.startswith("yiwang."):
        return None
    parts = module.split(".")
    return f"kernel.{parts[2]}" if parts[1] == "kernel" else parts[1]


def test_every_event_has_an_emitter():
    made = {
        getattr(node.func, "attr", getattr(node.func, "id", None))
        for file, tree in sources.modules().items()
        if "definitions" not in {file.stem, file.parent.name}
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    }
    assert not [one.__name__ for one in outbox.registry.types() if one.__name__ not in made]
