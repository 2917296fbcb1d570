"""The province codes of GB/T 2260, the first two digits of area codes and citizen IDs."""

_GROUPS = ("11 12 13 14 15", "21 22 23", "31 32 33 34 35 36 37", "41 42 43 44 45 46", "50 51 52 53 54")
_MORE = ("61 62 63 64 65", "71", "81", "82")
PROVINCES = frozenset(code for group in _GROUPS + _MORE for code in group.split())
