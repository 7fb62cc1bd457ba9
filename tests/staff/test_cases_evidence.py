"""Files in a case: text exports only, as they came in, and each look on record."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from scherp.web.audit.models import Event
from scherp.web.cases import actions
from scherp.web.cases.models import EvidenceItem
from scherp.web.cases.nouns import Received
from scherp.web.stores import LINE, STAFF

pytestmark = pytest.mark.django_db(databases=[STAFF, LINE])
CHAT = (
    b"[02-03-2026, 16:01:12] Dex: hey, jij zit toch ook in dat team?\n"
    b"[02-03-2026, 16:02:40] Mus: ja klopt\n"
    b"[02-03-2026, 16:03:02] Dex: stuur anders een foto, niet tegen je moeder zeggen\n"
)


def keep(case, by, name="chat.txt", data=CHAT):
    return actions.keep_evidence(case=case, name=name, data=data, received=Received("Mus", timezone.now()), by=by)


def zipped():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("chat.txt", CHAT)
    return made.getvalue()


def test_an_original_is_kept_byte_by_byte_and_sealed(case_of_fenna, fenna):
    item = keep(case_of_fenna, fenna)
    assert (item.sha256, item.form, item.messages) == (hashlib.sha256(CHAT).hexdigest(), "whatsapp", 3)
    assert actions.read_evidence(item=EvidenceItem.objects.get(), by=fenna) == CHAT
    with connections[STAFF].cursor() as cursor:
        cursor.execute("SELECT content FROM cases_evidenceitem")
        raw = bytes(cursor.fetchone()[0])
    assert b"foto" not in raw
    assert b"Zm90" not in raw


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("foto.jpg", b"\xff\xd8\xff\xe0 a picture"),
        ("chat.txt", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00 a picture by another name"),
        ("chat.zip", zipped()),
        ("chat.txt", zipped()),
        ("chat.html", b"<html><body>Dex: hoi</body></html>"),
        ("chat.json", b'{"picture": "data:image/png;base64,iVBORw0KGgo="}'),
        ("chat.txt", b""),
        ("boodschappen.txt", b"melk\nbrood\n"),
    ],
)
def test_what_is_no_text_export_is_refused(case_of_fenna, fenna, name, data):
    with pytest.raises(actions.NotATextExport):
        keep(case_of_fenna, fenna, name, data)
    assert not EvidenceItem.objects.exists()


def test_too_large_a_file_is_refused(case_of_fenna, fenna):
    with pytest.raises(actions.TooLarge):
        keep(case_of_fenna, fenna, data=CHAT * 30_000)


def test_the_same_original_is_kept_once(case_of_fenna, fenna):
    keep(case_of_fenna, fenna)
    with pytest.raises(actions.AlreadyThere):
        keep(case_of_fenna, fenna, name="nog eens.txt")


def test_each_look_is_on_record_and_in_the_chain_of_custody(case_of_fenna, fenna, bram, noor, signed_in):
    item = keep(case_of_fenna, fenna)
    look = reverse("case-evidence", args=[case_of_fenna.reference, item.pk])
    save = reverse("case-evidence-out", args=[case_of_fenna.reference, item.pk])
    assert "stuur anders een foto" in signed_in(bram).get(look).content.decode()
    saved = signed_in(bram).post(save)
    assert (saved.content, saved.headers["Content-Disposition"][:10]) == (CHAT, "attachment")
    assert signed_in(noor).get(look).status_code == 404
    assert signed_in(noor).post(save).status_code == 404
    deeds = [(one.deed, one.by.name) for one in item.custody.all()]
    assert deeds == [("received", "Fenna"), ("stored", "Fenna"), ("viewed", "Bram"), ("copied", "Bram")]
    assert Event.objects.filter(kind="case.evidence-read", by=f"staff:{bram.pk}").count() == 1
    assert Event.objects.filter(kind="case.refused", by=f"staff:{noor.pk}").count() == 2


def test_a_file_is_added_on_its_page_and_a_picture_is_refused_in_words(case_of_fenna, fenna, signed_in):
    browser = signed_in(fenna)
    address = reverse("case-add", args=[case_of_fenna.reference, "evidence"])
    said = {"received_from": "Mus", "received_at": "2026-03-03T10:00"}
    picture = SimpleUploadedFile("foto.jpg", b"\xff\xd8\xff")
    refused = browser.post(address, said | {"file": picture})
    assert refused.status_code == 422
    assert "geen export van een chat" in refused.content.decode()
    kept = browser.post(address, said | {"file": SimpleUploadedFile("chat.txt", CHAT)})
    assert kept.status_code == 302
    assert EvidenceItem.objects.get().name == "chat.txt"


def test_nothing_was_received_in_the_future(case_of_fenna, fenna):
    tomorrow = timezone.now() + timedelta(days=1)
    with pytest.raises(actions.NoDayLikeThat):
        actions.keep_evidence(
            case=case_of_fenna, name="chat.txt", data=CHAT, received=Received("Mus", tomorrow), by=fenna
        )
    assert not EvidenceItem.objects.exists()
