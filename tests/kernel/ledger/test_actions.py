"""Appending, sealing, the key, and what the database itself forbids."""

import itertools
import threading

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from tests.kernel.ledger import make
from yiwang.kernel.ledger import actions, definitions, logic, queries
from yiwang.kernel.ledger.logic import heads, tree
from yiwang.kernel.ledger.models import LedgerEntry, TreeHead, TreeNode


def leaves() -> list[bytes]:
    rows = LedgerEntry.objects.filter(leaf__isnull=False).order_by("leaf").values_list("hash", flat=True)
    return [tree.leaf_hash(bytes(one)) for one in rows]


def test_steps_are_chained(notes):
    of = notes.subject()
    one, two = notes.note(of, {"n": 1}), notes.note(of, {"n": 2})
    assert (one.seq, one.prev) == (1, logic.GENESIS)
    assert (two.seq, two.prev) == (2, one.hash)
    assert queries.last(of) == (2, two.hash)
    assert queries.last_of([of, nobody := notes.subject()])[nobody] == (0, logic.GENESIS)


def test_a_step_without_canonical_form_leaves_nothing(notes):
    with pytest.raises(definitions.Refused):
        actions.append("note", notes.subject(), {"amount": 0.1}, make.AT)
    assert not LedgerEntry.objects.exists()


def test_the_same_step_is_written_once(notes):
    entry = notes.note(notes.subject(), 1)
    with pytest.raises(IntegrityError, match="ledger_entry_step"), transaction.atomic():
        actions.write([entry])


def test_append_composes_into_a_statement(notes):
    """As the flow engine does: state, ledger and answer in one statement, here with a condition that fails."""
    entry = logic.link(logic.GENESIS, "note", notes.subject(), 1, make.AT, {})
    statement = f"""
        WITH given AS (SELECT %s AS kind, %s::uuid AS subject, 1 AS seq, %s::timestamptz AS at,
                              %s::bytea AS prev, %s::bytea AS hash WHERE %s),
             noted AS ({actions.APPEND.format(rows="given")})
        SELECT count(*) FROM given"""
    row = ["note", entry.subject, entry.at, entry.prev, entry.hash]
    assert notes.run(statement, [*row, False]) == [(0,)]
    assert notes.run(statement, [*row, True]) == [(1,)]
    assert queries.last(entry.subject) == (1, entry.hash)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger_entry SET hash = prev",
        "UPDATE ledger_entry SET leaf = 7, at = now()",
        "UPDATE ledger_entry SET leaf = NULL",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_head SET size = 9",
        "DELETE FROM ledger_head",
        "UPDATE ledger_node SET hash = ''",
        "DELETE FROM ledger_node",
    ],
)
def test_the_database_refuses_changes(notes, sql):
    notes.many(256)
    actions.seal()
    with (
        pytest.raises(ProgrammingError, match=r"Cannot (update|delete|update or delete) rows"),
        transaction.atomic(),
    ):
        notes.run(sql)


def test_a_sealed_leaf_cannot_move(notes):
    notes.story()
    actions.seal()
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        notes.run("UPDATE ledger_entry SET leaf = leaf + 10")


def test_sealing_numbers_in_order_and_signs(notes):
    notes.story(5)
    assert actions.seal() == 5
    assert actions.seal() == 0
    ids = list(LedgerEntry.objects.order_by("id").values_list("leaf", flat=True))
    assert ids == [0, 1, 2, 3, 4]
    head = queries.latest_head()
    assert head.size == 5
    assert head.root == tree.root(leaves())
    assert heads.signature_holds(head, queries.public_key())
    assert head.key_id == heads.key_id(queries.public_key())


def test_sealing_in_steps_gives_the_tree_of_all(notes):
    notes.many(700)
    while actions.seal(limit=190):
        pass
    assert list(TreeHead.objects.order_by("size").values_list("size", flat=True)) == [190, 380, 570, 700]
    assert queries.latest_head().root == tree.root(leaves())
    nodes = {(node.level, node.index): bytes(node.hash) for node in TreeNode.objects.all()}
    assert nodes == {(1, n): tree.root(leaves()[n * 256 :][:256]) for n in range(2)}


def test_heads_are_prefixes_of_each_other(notes):
    notes.many(600)
    actions.seal(limit=300)
    old = queries.latest_head()
    actions.seal()
    new = queries.latest_head()
    path = queries.consistency(old.size, new.size)
    assert tree.verify_consistency(old.size, new.size, old.root, new.root, path)


def test_the_key_is_made_once_and_kept_private(notes, settings):
    first = actions.ensure_key()
    assert heads.key_id(actions.ensure_key().public_key()) == heads.key_id(first.public_key())
    assert settings.LEDGER_KEY_FILE.stat().st_mode & 0o777 == 0o600
    assert settings.LEDGER_KEY_FILE.parent.stat().st_mode & 0o777 == 0o700
    public = settings.LEDGER_KEY_FILE.with_suffix(".pub").read_bytes()
    assert heads.key_id(heads.read_public(public)) == heads.key_id(first.public_key())
    assert sorted(one.name for one in settings.LEDGER_KEY_FILE.parent.iterdir()) == [
        "ledger.pem",
        "ledger.pub",
    ]


def test_concurrent_first_calls_agree_on_one_key(notes):
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(heads.key_id(actions.ensure_key().public_key())))
        for _ in range(8)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_a_broken_key_file_is_named(notes, settings):
    settings.LEDGER_KEY_FILE.parent.mkdir()
    settings.LEDGER_KEY_FILE.write_text("not a key")
    notes.story(1)
    with pytest.raises(definitions.Refused, match="Ed25519 key in PEM form"), transaction.atomic():
        actions.seal()
    assert LedgerEntry.objects.filter(leaf__isnull=True).count() == 1


def test_find_takes_ids_and_numbers(notes):
    of = notes.subject()
    notes.note(of, {"number": "A-1"})
    assert queries.find(str(of)) == of
    assert queries.find("A-1") == of
    assert queries.find("A-2") is None


@pytest.mark.django_db(transaction=True)
def test_two_writers_of_one_subject_wait_for_each_other(settings, tmp_path):
    of, faults = make.subject(), []

    def write():
        try:
            for _ in range(5):
                actions.append("note", of, {}, make.AT)
        except Exception as fault:  # noqa: BLE001
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not faults
    rows = list(LedgerEntry.objects.filter(subject=of).order_by("seq"))
    assert [row.seq for row in rows] == list(range(1, 21))
    assert all(bytes(after.prev) == bytes(before.hash) for before, after in itertools.pairwise(rows))


@pytest.mark.django_db(transaction=True)
def test_two_sealers_share_the_work(settings, tmp_path):
    settings.LEDGER_KEY_FILE = tmp_path / "ledger.pem"
    actions.ensure_key()
    make.table()
    make.many(400)
    sealed = []

    def work():
        try:
            while count := actions.seal(limit=30):
                sealed.append(count)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sum(sealed) == 400
    assert queries.latest_head().root == tree.root(leaves())
    make.run("DROP TABLE test_note")
