"""Tables of the ledger: links, stored subtrees and signed heads. Written by `actions` only, never changed."""

import pgtrigger
from django.db import models

ONLY_SEALED_ONCE = pgtrigger.Condition(
    "NOT (OLD.leaf IS NULL AND NEW.leaf IS NOT NULL"
    " AND (NEW.id, NEW.kind, NEW.subject, NEW.seq, NEW.at, NEW.prev, NEW.hash)"
    " IS NOT DISTINCT FROM (OLD.id, OLD.kind, OLD.subject, OLD.seq, OLD.at, OLD.prev, OLD.hash))"
)


class LedgerEntry(models.Model):
    """One step of one subject. `hash` covers `prev`, kind, subject, seq, at and the owner's content."""

    kind = models.TextField()
    subject = models.UUIDField()
    seq = models.IntegerField()
    at = models.DateTimeField()
    prev = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    leaf = models.BigIntegerField(null=True)

    class Meta:
        db_table = "ledger_entry"
        constraints = [
            models.UniqueConstraint(fields=["subject", "seq"], name="ledger_entry_step"),
            # Partial, so that writing a step (leaf still null) touches one index less.
            models.UniqueConstraint(
                fields=["leaf"], condition=models.Q(leaf__isnull=False), name="ledger_entry_leaf"
            ),
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="ledger_entry_seq"),
        ]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(leaf__isnull=True), name="ledger_entry_unsealed")
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(name="only_sealed", operation=pgtrigger.Update, condition=ONLY_SEALED_ONCE),
        ]


class TreeNode(models.Model):
    """A whole subtree of 256**level leaves, the index-th from the left, so that proofs read few rows."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "ledger_node"
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class TreeHead(models.Model):
    """A signed root over the first `size` leaves; `frontier` holds the subtree hashes to go on from."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    signature = models.BinaryField(max_length=64)
    key_id = models.TextField()
    frontier = models.BinaryField()

    class Meta:
        db_table = "ledger_head"
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
