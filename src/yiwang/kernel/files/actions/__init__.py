"""Taking files in (`store`), their public form (`publication`, `thumbnail`), clearing what nobody refers to."""

from yiwang.kernel.files.actions.publish import publication, thumbnail
from yiwang.kernel.files.actions.store import store
from yiwang.kernel.files.actions.sweep import sweep

__all__ = ["publication", "store", "sweep", "thumbnail"]
