"""What a pack declares of roles, and why administration is refused."""

from yiwang.kernel.access.definitions.refusals import Refused
from yiwang.kernel.access.definitions.roles import Permission, Role, Sight

__all__ = ["Permission", "Refused", "Role", "Sight"]
