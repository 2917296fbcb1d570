"""The ledger's nouns without tables: entries, sources, heads and findings. `logic` reads them next."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from yiwang.packs import refusals, registry
from yiwang.packs.text import Text

ORIGIN = "yiwang-ledger"
"""The log's name, first line of every signed head (C2SP tlog-checkpoint)."""

GENESIS = bytes(32)
"""What the first entry of every subject names as the entry before it."""


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """One link of a subject's chain, as it is stored. `prev` and `hash` are 32 bytes, `seq` starts at 1."""

    kind: str
    subject: uuid.UUID
    seq: int
    at: dt.datetime
    prev: bytes
    hash: bytes


@dataclasses.dataclass(frozen=True, slots=True)
class Head:
    """A signed statement: the tree over the first `size` leaves has this root (Ed25519, RFC 8032)."""

    size: int
    root: bytes
    at: dt.datetime
    key_id: str
    signature: bytes


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """Where the payloads of one kind live: in tables of the room that owns the subjects.

    `payloads(subjects)` yields (subject, seq, content) exactly as it was given to `logic.link`, in any order.
    `subjects(after, limit)` pages through all subjects that should have a chain: the next `limit` ones greater
    than `after`, ascending, each at least once; so a chain that was deleted as a whole is missed.
    `find(word)` turns what people write down (a case number) into a subject, or None.
    """

    kind: str
    payloads: Callable[[Sequence[uuid.UUID]], Iterable[tuple[uuid.UUID, int, Any]]]
    subjects: Callable[[uuid.UUID, int], Sequence[uuid.UUID]]
    find: Callable[[str], uuid.UUID | None] | None = None


sources: registry.Registry[Source] = registry.Registry("ledger source")
"""Rooms add theirs in `apps.ready` through `register`."""


def register(source: Source) -> None:
    """Name the place where one kind's payloads live; a second source of the same kind raises."""
    sources.add(source.kind, source)


def source_of(kind: str) -> Source | None:
    """Return where one kind's payloads live, or None if nobody registered it."""
    return next((source for source in sources if source.kind == kind), None)


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found. Notes are no faults: the check still passes."""

    code: str
    params: dict[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def fault(self) -> bool:
        return self.code not in NOTES

    def message(self, language: str) -> str:
        """Return what was found, in a language ("zh-hans" or "en")."""
        return FINDINGS[self.code].in_language(language).format(**self.params)

    def __str__(self) -> str:
        return self.message("en")


NOTES = {"unsealed", "own-key", "withheld"}

FINDINGS = {
    "unsealed": Text(
        zh="{subject} 第 {seq} 步尚未封存，暂无法证明；请稍后重新取得证明",
        en="{subject} step {seq} is not sealed yet and cannot be proven; ask for a new proof later",
    ),
    "withheld": Text(
        zh="第 {seq} 步的内容未公开；只核对了它的哈希、次序与封存",
        en="the content of step {seq} is withheld; only its hash, place and sealing were checked",
    ),
    "own-key": Text(
        zh="使用了证明文件自带的公钥 {key}，请与公布的公钥核对",
        en="checked with the key inside the proof, {key}: compare it with the published key",
    ),
    "no-source": Text(
        zh="没有登记“{kind}”的内容来源，无法核对其 {count} 条内容",
        en="nobody registered where the payloads of {kind!r} live; {count} entries cannot be compared",
    ),
    "gap": Text(
        zh="{kind} {subject} 缺少第 {seq} 步的存证",
        en="{kind} {subject}: the entry of step {seq} is missing",
    ),
    "broken-link": Text(
        zh="{kind} {subject} 第 {seq} 步与上一步不相连（顺序被改动或上一步被替换）",
        en="{kind} {subject}: step {seq} does not follow the step before it (reordered or replaced)",
    ),
    "altered": Text(
        zh="{kind} {subject} 第 {seq} 步的内容与存证不符（已被改动）",
        en="{kind} {subject}: step {seq} was altered, its content does not give the recorded hash",
    ),
    "payload-missing": Text(
        zh="{kind} {subject} 第 {seq} 步有存证而业务表中没有记录",
        en="{kind} {subject}: step {seq} is in the ledger but gone from its own table",
    ),
    "entry-missing": Text(
        zh="{kind} {subject} 第 {seq} 步在业务表中有记录而没有存证",
        en="{kind} {subject}: step {seq} is in its own table but not in the ledger",
    ),
    "payload-unreadable": Text(
        zh="{kind} {subject} 第 {seq} 步的内容无法规范化：{reason}",
        en="{kind} {subject}: the content of step {seq} has no canonical form: {reason}",
    ),
    "leaf-gap": Text(
        zh="封存树缺少第 {first} 至 {last} 片叶",
        en="leaves {first} to {last} of the sealed tree are missing",
    ),
    "leaf-beyond": Text(
        zh="第 {leaf} 片叶不在任何已签名的树头之内",
        en="leaf {leaf} lies beyond every signed head",
    ),
    "root": Text(
        zh="大小为 {size} 的树头与第 {first} 至 {last} 片叶不符（已封存的存证被改动或调换）",
        en="the head of size {size} does not match leaves {first} to {last} (a sealed entry was altered or moved)",
    ),
    "node": Text(
        zh="存储的子树 {level}/{index} 与叶不符",
        en="the stored subtree {level}/{index} does not match its leaves",
    ),
    "node-missing": Text(
        zh="缺少存储的子树 {level}/{index}",
        en="the stored subtree {level}/{index} is missing",
    ),
    "frontier": Text(
        zh="大小为 {size} 的树头所存的边缘与叶不符",
        en="the frontier kept with the head of size {size} does not match the leaves",
    ),
    "signature": Text(
        zh="大小为 {size} 的树头签名无效",
        en="the signature of the head of size {size} is not valid",
    ),
    "unknown-key": Text(
        zh="大小为 {size} 的树头由未知密钥 {key} 签名",
        en="the head of size {size} is signed with the unknown key {key}",
    ),
    "not-a-prefix": Text(
        zh="此前保存的树头（大小 {size}）不是当前存证的前缀：历史被改写",
        en="the head saved earlier (size {size}) is no prefix of this ledger: history was rewritten",
    ),
    "shorter": Text(
        zh="此前保存的树头大小为 {size}，而当前存证只封存到 {sealed}：已封存的存证被删除",
        en="the head saved earlier has size {size}, but only {sealed} are sealed now: sealed entries are gone",
    ),
    "not-included": Text(
        zh="{subject} 第 {seq} 步不在树头所封存的树中",
        en="{subject}: step {seq} is not in the tree that the head seals",
    ),
    "wrong-subject": Text(
        zh="证明中第 {seq} 步属于另一对象 {subject}",
        en="step {seq} of the proof belongs to another subject, {subject}",
    ),
    "no-head": Text(
        zh="证明中没有树头：尚无一步被封存",
        en="the proof has no head: nothing is sealed yet",
    ),
    "empty": Text(zh="证明中没有任何一步", en="the proof holds no step"),
    "other-key": Text(
        zh="证明由密钥 {key} 签名，不是给定的公钥 {given}",
        en="the proof is signed with key {key}, not with the given key {given}",
    ),
    "not-a-proof": Text(zh="不是存证证明文件：{reason}", en="this is no ledger proof: {reason}"),
    "not-a-head": Text(zh="不是树头文件：{reason}", en="this is no ledger head: {reason}"),
    "not-a-key": Text(
        zh="不是 Ed25519 密钥（PEM 格式）：{reason}", en="this is no Ed25519 key in PEM form: {reason}"
    ),
    "no-canonical-form": Text(
        zh="{path} 的值没有规范形式：{reason}", en="the value at {path} has no canonical form: {reason}"
    ),
}


class Refused(refusals.Refusal):
    """A payload, key or proof cannot be used at all."""

    reasons = FINDINGS
