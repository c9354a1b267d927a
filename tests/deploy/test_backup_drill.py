"""The backup, restored: rows and pictures agree, and a picture that is lost or changed is found."""

import hashlib
import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from claims import documents
from claims.models import Claim, Document
from deploy import backup_drill
from deploy.local import wheels
from tests.claims.documents import files

pytestmark = pytest.mark.fault


@pytest.fixture
def database(monkeypatch, transactional_db):
    """The test database, by its address, and the programs of the server that holds it."""
    monkeypatch.setenv("PG_BIN", str(wheels.postgresql_programs(None)))
    given = connection.settings_dict
    password = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
    return f"postgres://{given['USER']}{password}@{given['HOST']}:{given['PORT']}/{given['NAME']}"


@pytest.fixture
def picture(cast, settings):
    """A draft with one picture, kept as the wizard keeps it."""
    claim = Claim.objects.create(filed_by=cast.maryam, contract=cast.contract, insured=cast.maryam.person)
    (image,) = documents.clean(io.BytesIO(files.saved(files.page((900, 1200)))))
    name = documents.keep(image, folder="claims")
    Document.objects.create(
        claim=claim,
        name=name,
        sha256=image.sha256,
        source_sha256=image.source_sha256,
        perceptual_hash=image.perceptual_hash,
        width=image.width,
        height=image.height,
        size=image.size,
    )
    return name


@pytest.fixture
def backup(database, picture, settings, tmp_path):
    call_command("load_catalogue", verbosity=0)
    backup_drill.backup(tmp_path / "backup", database=database, documents=Path(settings.DOCUMENT_ROOT))
    return tmp_path / "backup"


def test_a_restored_backup_agrees_and_leaves_nothing_behind(backup, database):
    assert backup_drill.drill(backup, database=database) == {"claims": 1, "pictures": 1}

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname LIKE 'portal_drill_%'")
        assert cursor.fetchone() == (0,)


def test_a_picture_that_is_missing_is_told(backup, database, picture):
    (backup / backup_drill.PICTURES / picture).unlink()

    with pytest.raises(backup_drill.DrillFailed, match="the file is missing"):
        backup_drill.drill(backup, database=database)


def test_a_picture_that_is_another_one_is_told(backup, database, picture):
    (backup / backup_drill.PICTURES / picture).write_bytes(b"another one")

    with pytest.raises(backup_drill.DrillFailed, match="the file is another one"):
        backup_drill.drill(backup, database=database)


def test_a_second_backup_takes_along_what_is_new(backup, database, settings):
    document = Document.objects.get()
    new = documents.keep(
        next(iter(documents.clean(io.BytesIO(files.saved(files.page((800, 1000))))))), folder="claims"
    )
    content = documents.open_image(new).read()
    Document.objects.create(
        claim=document.claim,
        name=new,
        sha256=hashlib.sha256(content).hexdigest(),
        source_sha256="0" * 64,
        perceptual_hash="0" * 16,
        width=800,
        height=1000,
        size=len(content),
    )

    backup_drill.backup(backup, database=database, documents=Path(settings.DOCUMENT_ROOT))

    assert backup_drill.drill(backup, database=database)["pictures"] == 2


def test_a_database_that_does_not_answer_is_told_without_its_password(tmp_path):
    address = "postgres://portal:very-secret@127.0.0.1:1/portal"

    with pytest.raises(backup_drill.DrillFailed) as failure:
        backup_drill.backup(tmp_path, database=address, documents=tmp_path)

    assert "very-secret" not in str(failure.value)
