"""The embedded server: started once, brought back after a kill, stopped by its last user."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from yiwang.site import home, postgres
from yiwang.site.postgres import cluster, identity, locks, server


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Give a home of its own whose server is stopped afterwards, whatever happened to it."""
    monkeypatch.setenv("YIWANG_HOME", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield tmp_path
    locks.release(tmp_path / "postgres")
    postgres.stop()


def query(sql: str) -> object:
    with psycopg.connect(home.database_url(), autocommit=True) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchone()[0] if cursor.description else None


def test_it_starts_knows_chinese_and_stops(own_home: Path):
    url = postgres.ensure_running()
    assert postgres.ensure_running() == url
    assert postgres.status().running
    assert query(r"SELECT '一网' ~ '^\w+$'") is True
    assert query("SHOW synchronous_commit") == "on"
    assert query("SHOW listen_addresses") == ""
    assert postgres.stop() is True
    assert not postgres.status().running


def test_acknowledged_rows_survive_a_kill(own_home: Path):
    postgres.ensure_running()
    query("CREATE TABLE kept (n int)")
    for number in range(3):
        query(f"INSERT INTO kept VALUES ({number})")
        kill(psutil.Process(postgres.status().pid))
        postgres.ensure_running()
        assert query("SELECT count(*) FROM kept") == number + 1


def kill(process: psutil.Process) -> None:
    for victim in [process, *process.children()]:
        with contextlib.suppress(psutil.NoSuchProcess):
            victim.kill()


def test_a_stale_pid_file_is_not_believed(own_home: Path):
    postgres.ensure_running()
    postgres.stop()
    pid_file = own_home / "postgres" / "data" / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{own_home}\n")
    assert not postgres.status().running
    postgres.ensure_running()
    assert postgres.status().running


def test_concurrent_starters_share_one_server_and_the_last_one_stops_it(own_home: Path):
    code = (
        "import sys; from yiwang.site import postgres; postgres.ensure_running();"
        "print(postgres.status().pid, flush=True); sys.stdin.read(); print(postgres.stop())"
    )
    starters = [
        subprocess.Popen(
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    pids = {starter.stdout.readline() for starter in starters}
    assert len(pids) == 1
    answers = [starter.communicate()[0].strip() for starter in starters]
    assert answers == ["False", "False", "True"]
    assert not postgres.status().running


def test_a_killed_user_does_not_keep_the_server(own_home: Path):
    code = "import sys; from yiwang.site import postgres; postgres.ensure_running(); print('up', flush=True); sys.stdin.read()"
    user = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert user.stdout.readline() == "up\n"
    user.send_signal(signal.SIGKILL)
    user.communicate()
    assert postgres.status().running
    assert postgres.stop() is True


def test_a_shutdown_that_meets_recovery_still_ends(own_home: Path):
    postgres.ensure_running()
    process = psutil.Process(postgres.status().pid)
    process.children()[0].kill()
    begun = time.monotonic()
    assert postgres.stop() is True
    assert time.monotonic() - begun < server.SETTLE_SECONDS + 1


def test_a_long_home_gets_a_short_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("YIWANG_HOME", str(tmp_path / ("x" * 120)))
    assert len(str(home.socket_directory())) < 80


def test_data_of_another_version_is_refused_with_both_versions(own_home: Path):
    postgres.ensure_running()
    postgres.stop()
    (own_home / "postgres" / "data" / "PG_VERSION").write_text("12\n")
    with pytest.raises(postgres.Fault, match=r"12.*18"):
        postgres.ensure_running()


def test_a_foreign_socket_directory_is_refused(own_home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    with pytest.raises(postgres.Fault, match="run"):
        cluster._make_socket_directory(own_home / "postgres" / "run")


def test_with_an_address_of_its_own_nothing_is_started(own_home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    assert postgres.ensure_running() == "postgresql://somewhere/else"
    assert not (own_home / "postgres").exists()


def test_without_namespaces_root_becomes_nobody(own_home: Path, monkeypatch: pytest.MonkeyPatch):
    if os.geteuid() != 0:
        pytest.skip("only root steps down")
    monkeypatch.setattr(identity, "mode", lambda: "nobody")
    own_home.chmod(0o700)
    with pytest.raises(postgres.Fault, match="nobody"):
        postgres.ensure_running()
