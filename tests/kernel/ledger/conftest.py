import pytest

from tests.kernel.ledger import make
from yiwang.kernel.ledger import definitions
from yiwang.packs import registry


@pytest.fixture
def notes(db, monkeypatch, settings, tmp_path):
    """Provide an owner of payloads and a key of the test's own."""
    make.table()
    monkeypatch.setattr(definitions, "sources", registry.Registry("ledger source"))
    definitions.register(make.source())
    settings.LEDGER_KEY_FILE = tmp_path / "keys" / "ledger.pem"
    return make
