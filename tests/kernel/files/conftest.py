import pytest


@pytest.fixture
def root(db, settings, tmp_path):
    """Keep the test's files in a folder of its own."""
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT
