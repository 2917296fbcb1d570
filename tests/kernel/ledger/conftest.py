import pytest

from tests.kernel.ledger import make
from yiwang.kernel.ledger import definitions
from yiwang.packs import registry


@pytest.fixture
def notes(db, monkeypatch, settings, tmp_path):
    """An own owner of payloads, and an own key."""
    make.table()
    monkeypatch.setattr(definitions, "sources", registry.Registry("ledger source"))
    definitions.register(make.source())
    settings.LEDGER_KEY_FILE = tmp_path / "keys" / "ledger.pem"
    return make
