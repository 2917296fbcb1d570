"""Storing, publishing, sweeping: on a real disk and a real database."""

import datetime as dt
import hashlib
import io
import threading

import pytest
from django.db import connection, models, transaction
from django.utils import timezone

from tests.kernel.files import make
from yiwang.kernel.files import actions, definitions, queries
from yiwang.kernel.files.definitions import DOCUMENT, PHOTO, Refused
from yiwang.kernel.files.models import Derivative, StoredFile

OLD = timezone.now() - dt.timedelta(days=3)


def contents(root) -> list[str]:
    return sorted(one.name for one in root.rglob("*") if one.is_file())


def text(words: str) -> io.BytesIO:
    return io.BytesIO(words.encode())


def test_a_photo_is_stored_under_its_digest(root):
    content = make.photo(position=make.gps()).getvalue()
    stored = actions.store(io.BytesIO(content), PHOTO)
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert (stored.size, stored.media_type, stored.width) == (len(content), "image/jpeg", 64)
    assert (stored.lon, stored.lat, stored.datum) == (pytest.approx(104.07), pytest.approx(30.66), "WGS-84")
    assert stored.taken_at == dt.datetime(2026, 11, 20, 0, 15, 30, tzinfo=dt.UTC)
    assert queries.path(stored.sha256) == root / stored.sha256[:2] / stored.sha256[2:4] / stored.sha256
    with queries.open(stored.sha256) as stream:
        assert stream.read() == content
    assert contents(root) == [stored.sha256]


def test_the_same_content_is_kept_once(root):
    first = actions.store(text("甲"), DOCUMENT)
    StoredFile.objects.update(stored_at=OLD, created_at=OLD)
    again = actions.store(text("甲"), DOCUMENT)
    assert again == first
    assert again.created_at == OLD
    assert again.stored_at > OLD
    assert contents(root) == [first.sha256]


@pytest.mark.parametrize(
    ("content", "purpose", "code"),
    [
        (b"", PHOTO, "empty"),
        (b"%PDF-1.7", PHOTO, "not-allowed"),
        (make.photo().getvalue()[:500], PHOTO, "damaged"),
        (bytes(2_000_000), definitions.Purpose("small", frozenset(), 1_000_000), "too-large"),
    ],
)
def test_what_is_refused_leaves_nothing(root, content, purpose, code):
    with pytest.raises(Refused) as refused:
        actions.store(io.BytesIO(content), purpose)
    assert refused.value.code == code
    assert contents(root) == []
    assert not StoredFile.objects.exists()


def test_an_interrupted_upload_leaves_nothing(root):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        actions.store(Broken(), PHOTO)
    assert contents(root) == []


def test_a_rolled_back_row_leaves_only_what_the_sweep_takes(root):
    with transaction.atomic():
        stored = actions.store(text("甲"), DOCUMENT)
        transaction.set_rollback(True)
    assert contents(root) == [stored.sha256]
    assert actions.sweep([], spare=dt.timedelta(0)) == 1
    assert contents(root) == []


@pytest.mark.parametrize("sha", ["", "x" * 64, "../../etc/passwd", "a" * 63, "A" * 64])
def test_odd_names_are_unknown(root, sha):
    for look in (queries.get, queries.open, queries.path, actions.publication):
        with pytest.raises(Refused) as refused:
            look(sha)
        assert refused.value.code == "unknown"


def test_a_missing_content_is_unknown(root):
    with pytest.raises(Refused, match="no stored file"):
        queries.open("a" * 64)


def test_the_public_form_is_made_once(root, django_assert_num_queries):
    source = actions.store(make.photo(3000, 1000, position=make.gps()), PHOTO)
    public, small = actions.publication(source.sha256), actions.thumbnail(source.sha256)
    assert (public.width, public.lon, public.taken_at) == (2048, None, None)
    assert (small.width, small.height) == (320, 107)
    with django_assert_num_queries(1):
        assert actions.publication(source.sha256) == public
    assert Derivative.objects.count() == 2


def test_only_photos_are_published(root):
    stored = actions.store(text("words"), DOCUMENT)
    with pytest.raises(Refused, match="only images"):
        actions.publication(stored.sha256)


def test_the_sweep_takes_only_old_files_that_nobody_refers_to(root):
    kept = actions.store(make.photo(100, 100), PHOTO)
    public = actions.publication(kept.sha256)
    gone = actions.store(make.photo(90, 90), PHOTO)
    actions.publication(gone.sha256)
    StoredFile.objects.update(stored_at=OLD)
    fresh = actions.store(text("fresh"), DOCUMENT)
    assert actions.sweep([kept.sha256]) == 2
    assert contents(root) == sorted([kept.sha256, public.sha256, fresh.sha256])
    assert set(StoredFile.objects.values_list("pk", flat=True)) == {kept.pk, public.pk, fresh.pk}


def test_the_sweep_keeps_what_a_table_refers_to_even_if_nobody_said_so(root):
    stored = actions.store(text("甲"), DOCUMENT)
    StoredFile.objects.update(stored_at=OLD)

    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE test_paper (file varchar(64) REFERENCES files_storedfile DEFERRABLE INITIALLY DEFERRED)"
        )
        cursor.execute("INSERT INTO test_paper VALUES (%s)", [stored.pk])
    assert actions.sweep([]) == 0
    assert contents(root) == [stored.sha256]


def test_the_sweep_clears_drafts_of_killed_processes(root):
    actions.store(text("甲"), DOCUMENT)
    (root / "tmp" / "draft").write_bytes(b"half")
    assert actions.sweep(StoredFile.objects.values_list("pk", flat=True)) == 0
    assert actions.sweep(StoredFile.objects.values_list("pk", flat=True), spare=dt.timedelta(0)) == 1
    assert len(contents(root)) == 1


@pytest.mark.django_db(transaction=True)
def test_storing_and_sweeping_the_same_content_at_once_never_loses_it(settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    lost, stop = [], threading.Event()

    def sweeping():
        try:
            while not stop.is_set():
                StoredFile.objects.filter(stored_at__gt=models.F("created_at")).update(stored_at=OLD)
                actions.sweep([], spare=dt.timedelta(days=1))
        finally:
            connection.close()

    sweeper = threading.Thread(target=sweeping)
    sweeper.start()
    for _ in range(40):
        with transaction.atomic():
            stored = actions.store(text("甲"), DOCUMENT)
            if not queries.path(stored.sha256).exists():
                lost.append(stored)
    stop.set()
    sweeper.join()
    assert not lost
