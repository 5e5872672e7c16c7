"""Who had a piece of evidence in hand: nothing can be changed, taken out or exchanged unnoticed."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tests.cases.conftest import AT, Office, days_later, log_in
from tests.cases.writing import chosen, write_all
from timbang.cases import actions, custody, evidence, redaction
from timbang.cases.actions import Given, Seen, Taking
from timbang.cases.custody import Kept, Link
from timbang.cases.models import Case, CustodyAct, CustodyEntry, Exhibit
from timbang.cases.redaction import Box
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.ledger.models import Entry
from timbang.reports import actions as reports

SEALED = b"the sealed bytes of an exhibit"


def chain(length: int = 4) -> list[Kept]:
    """A sound chain, with the hashes worked out here by the formula of the docstring."""
    found: list[Kept] = []
    before = b"\0" * 32
    for place in range(1, length + 1):
        link = Link(
            "exhibit", place, "opened", "organ", f"officer {place}", "", "2026-11-02",
            "2026-11-02", "00", hashlib.sha256(SEALED).hexdigest(),
        )  # fmt: skip
        text = json.dumps(
            {name: getattr(link, name) for name in sorted(Link.__dataclass_fields__)},
            separators=(",", ":"),
        )
        before = hashlib.sha256(b"timbang/custody\0" + before + text.encode()).digest()
        found.append(Kept(link, before, before.hex()))
    return found


def test_a_sound_chain_has_no_fault() -> None:
    assert custody.faults(chain(), SEALED) == ()


def changed(place: int, **changes: Any) -> list[Kept]:
    found = chain()
    kept = found[place - 1]
    found[place - 1] = replace(kept, link=replace(kept.link, **changes))
    return found


def rewritten(place: int) -> list[Kept]:
    """A link changed and every later hash made anew: only the ledger knows."""
    found = changed(place, officer="somebody else")
    before = found[place - 2].hash if place > 1 else custody.BEGINNING
    for at in range(place - 1, len(found)):
        before = custody.digest(found[at].link, before)
        found[at] = replace(found[at], hash=before)
    return found


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        (changed(2, officer="somebody else"), "hash"),
        (changed(2, done_on="2026-11-01"), "hash"),
        (changed(2, content="00"), "content"),
        (changed(1, words="11"), "hash"),
        (chain()[1:], "place"),
        ([*chain()[:1], *chain()[2:]], "place"),
        ([chain()[1], chain()[0], *chain()[2:]], "hash"),
        (rewritten(1), "entry"),
        (rewritten(4), "entry"),
        ([], "empty"),
    ],
)
def test_every_change_of_a_chain_is_seen(broken: list[Kept], fault: str) -> None:
    assert fault in {wrong.fault for wrong in custody.faults(broken, SEALED)}


def test_another_file_in_the_place_of_the_exhibit_is_seen() -> None:
    found = custody.faults(chain(), b"another file")
    assert [wrong.fault for wrong in found] == ["content"] * 4


# redaction


def test_passages_are_gone_from_a_text() -> None:
    text = b"Saksi Bu  Sum\nmelihat Pak Camat; bu sum diam."
    assert redaction.words(text, ["Bu Sum"]) == (
        b"Saksi [disamarkan]\nmelihat Pak Camat; [disamarkan] diam."
    )
    with pytest.raises(Refusal, match="Tidak ditemukan dalam teks: Pak Lurah"):
        redaction.words(text, ["Bu Sum", "Pak Lurah"])
    with pytest.raises(Refusal, match="Sebutkan apa"):
        redaction.words(text, ["  "])


@pytest.mark.parametrize("text", ["", "1,2,3", "90,0,20,10", "0,0,0,5", "a,b,c,d"])
def test_a_region_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        redaction.boxes(text)


def test_a_region_of_a_picture_is_gone_and_so_is_what_hung_on_it() -> None:
    picture = Image.new("RGB", (100, 50), "white")
    picture.putpixel((30, 20), (250, 10, 10))
    exif = Image.Exif()
    exif[315] = "Rahasia Pelaporwati"
    out = io.BytesIO()
    picture.save(out, "PNG", exif=exif)
    made, media = redaction.picture(out.getvalue(), [Box(20, 30, 20, 30)])
    drawn = Image.open(io.BytesIO(made))
    assert media == "image/png"
    assert b"Pelaporwati" not in made
    assert drawn.getpixel((30, 20)) == (0, 0, 0)
    assert drawn.getpixel((5, 5)) == (255, 255, 255)
    assert not drawn.getexif()


def pdf(*texts: str) -> bytes:
    """A PDF whose pages hang together: shared resources, a link from the first to the last."""
    made = pikepdf.new()
    secret = made.make_stream(b"secret picture of page 2", Type=pikepdf.Name.XObject)
    shared = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im1=secret))
    for text in texts:
        page = made.add_blank_page(page_size=(200, 200))
        page.Contents = made.make_stream(f"BT ({text}) Tj ET".encode())
        page.Resources = shared
    made.pages[1].Contents = made.make_stream(f"BT ({texts[1]}) Tj ET /Im1 Do".encode())
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Dest=[made.pages[1].obj])
    made.pages[0].Annots = made.make_indirect(pikepdf.Array([made.make_indirect(link)]))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def everything_in(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as found:
        parts = [
            item.read_bytes() if isinstance(item, pikepdf.Stream) else repr(item).encode()
            for item in found.objects
        ]
    return b" ".join(parts)


def test_of_a_pdf_only_the_pages_that_stay_are_left() -> None:
    made = redaction.pages(pdf("satu", "rahasia", "tiga"), "1, 3")
    left = everything_in(made)
    assert b"satu" in left
    assert b"tiga" in left
    assert b"rahasia" not in left
    assert b"secret picture" not in left
    with pytest.raises(Refusal, match="Sebutkan apa"):
        redaction.pages(pdf("satu", "rahasia"), "1-2")
    for wrong in ("", "0", "4", "2-1", "x"):
        with pytest.raises(Refusal, match="Tulis halaman"):
            redaction.pages(pdf("satu", "rahasia", "tiga"), wrong)


# with real rows


def words(case: Case, desk: Desk, text: str = "Bu Sum melihatnya.") -> Exhibit:
    case.refresh_from_db()
    report = case.reports.get().report
    opened = reports.open_report(report, desk.private)
    return actions.choose_words(
        case, opened, title="Kutipan", text=text, seen=Seen.now(case), by=desk, at=AT
    )


def acts(exhibit: Exhibit) -> list[str]:
    return list(exhibit.custody.values_list("act", flat=True))


def test_an_exhibit_begins_its_chain_with_the_entry_by_which_it_was_taken(
    case: Case, alice: Desk
) -> None:
    before = Entry.objects.count()
    exhibit = words(case, alice)
    assert Entry.objects.count() == before + 1
    [first] = exhibit.custody.all()
    assert (first.act, first.entry) == ("received", exhibit.journal.entry)
    assert evidence.held(exhibit, alice).sound  # type: ignore[union-attr]


def test_opening_is_entered_once_a_day_for_each_officer(case: Case, alice: Desk, bob: Desk) -> None:
    exhibit = words(case, alice)
    for desk in (alice, alice, bob, alice):
        assert actions.open_exhibit(exhibit, by=desk, at=AT) == b"Bu Sum melihatnya."
    assert acts(exhibit) == ["received", "opened", "opened"]
    actions.open_exhibit(exhibit, by=alice, at=days_later(1))
    assert len(acts(exhibit)) == 4
    version = case.version
    case.refresh_from_db()
    assert case.version == version + 1  # choosing it, not looking at it


def test_whoever_changes_the_database_is_found_out(case: Case, alice: Desk) -> None:
    exhibit = words(case, alice)
    actions.open_exhibit(exhibit, by=alice, at=AT)
    rows = CustodyEntry.objects.filter(exhibit=exhibit)
    rows.filter(place=2).update(done_on=AT.date() - timedelta(days=1))
    found = evidence.held(exhibit, alice)
    assert found is not None
    assert [wrong.fault for wrong in found.faults] == ["hash"]
    rows.filter(place=2).update(done_on=AT.date())
    assert evidence.held(exhibit, alice).sound  # type: ignore[union-attr]
    Entry.objects.filter(pk=rows.get(place=2).entry_id).update(body={"custody": "00"})
    assert [w.fault for w in evidence.held(exhibit, alice).faults] == ["entry"]  # type: ignore[union-attr]


def test_a_thing_is_given_away_and_comes_back(case: Case, alice: Desk) -> None:
    thing = actions.describe_exhibit(
        case, title="Spanduk", description="Spanduk 3 m", kept_at="Gudang A, rak 2",
        provenance="Disita di lapangan", seen=Seen.now(case), by=alice, at=AT,
    )  # fmt: skip
    found = evidence.held(thing, alice)
    assert found is not None
    assert (found.kept_at, found.lines[0].words) == ("Gudang A, rak 2", "Disita di lapangan")

    def enter(act: CustodyAct, text: str = "Kepada penyidik, berita acara 7") -> None:
        actions.record_custody(
            thing, act, words=text, done_on=AT.date(), seen=Seen.now(case), by=alice, at=AT
        )

    with pytest.raises(Refusal, match="cannot come back"):
        enter(CustodyAct.RETURNED)
    with pytest.raises(Refusal, match="Write down who"):
        enter(CustodyAct.RELEASED, " ")
    with pytest.raises(Refusal, match="by the act itself"):
        enter(CustodyAct.OPENED)
    enter(CustodyAct.RELEASED)
    with pytest.raises(Refusal, match="given away already"):
        enter(CustodyAct.HANDED_OVER)
    enter(CustodyAct.RETURNED)
    enter(CustodyAct.COPIED)
    assert acts(thing) == ["received", "released", "returned", "copied"]


def test_a_form_sent_twice_enters_once(case: Case, alice: Desk) -> None:
    exhibit, seen = words(case, alice), Seen.now(case)
    told = {"words": "Salinan", "done_on": AT.date(), "seen": seen, "by": alice, "at": AT}
    first = actions.record_custody(exhibit, CustodyAct.COPIED, **told)  # type: ignore[arg-type]
    again = actions.record_custody(exhibit, CustodyAct.COPIED, **told)  # type: ignore[arg-type]
    assert first == again
    assert acts(exhibit) == ["received", "copied"]


def test_a_redacted_copy_goes_on_alone_and_tells_nothing_of_the_first_office(
    case: Case, alice: Desk, dewi: Desk
) -> None:
    exhibit = words(case, alice, "Bu Sum melihat Pak Camat.")
    case.refresh_from_db()
    copy = actions.redact_exhibit(
        exhibit, passages=["Bu Sum"], reason="Nama saksi", seen=Seen.now(case), by=alice, at=AT
    )
    assert (copy.source, copy.origin) == (exhibit, "redacted")
    assert acts(exhibit) == ["received", "opened", "redacted"]
    case.refresh_from_db()
    write_all(case, alice)
    give = Given(dewi.organ, documents=chosen(case, alice), exhibits=frozenset({copy.pk}))
    actions.take_step(case, Taking("recommend", give=give), seen=Seen.now(case), by=alice, at=AT)
    assert evidence.held(exhibit, dewi) is None
    found = evidence.held(copy, dewi)
    assert found is not None
    assert found.sound
    assert [line.row.act for line in found.lines] == ["received", "handed_over"]
    assert {line.officer for line in found.lines} == {""}
    assert "Nama saksi" not in str(found.lines)
    data = actions.open_exhibit(copy, by=dewi, at=AT)
    assert data == b"[disamarkan] melihat Pak Camat."
    with pytest.raises(Refusal, match="not given to your office"):
        actions.open_exhibit(exhibit, by=dewi, at=AT)


@pytest.mark.parametrize("text", ["", "   "])
def test_what_an_officer_brings_says_where_it_comes_from(
    case: Case, alice: Desk, text: str
) -> None:
    with pytest.raises(Refusal, match="from whom it came"):
        actions.bring_exhibit(
            case, b"x", title="T", provenance=text, seen=Seen.now(case), by=alice, at=AT
        )


def test_evidence_through_the_pages(case: Case, bawaslu: Office) -> None:
    alice = log_in("alice")
    bring = reverse("cases:exhibit-bring", args=[case.pk])
    form = alice.get(bring).context["form"]
    sent = {"once": form.initial["once"], "version": case.version, "title": "Foto"}
    sent |= {"provenance": "Dari saksi", "file": SimpleUploadedFile("a.txt", b"Bu Sum di sini")}
    assert alice.post(bring, sent).status_code == 302
    exhibit = case.exhibits.get()
    page = reverse("cases:exhibit", args=[case.pk, exhibit.pk])
    before = Entry.objects.count()
    assert "The chain holds" in alice.get(page).content.decode()
    assert Entry.objects.count() == before
    opened = alice.post(page)
    assert opened.content == b"Bu Sum di sini"
    assert opened["Content-Type"] == "text/plain"
    assert acts(exhibit) == ["received", "opened"]
    redact = reverse("cases:redact", args=[case.pk, exhibit.pk])
    form = alice.get(redact).context["form"]
    case.refresh_from_db()
    sent = {"once": form.initial["once"], "version": case.version, "title": "Foto samar"}
    wrong = alice.post(redact, sent | {"passages": "Pak Lurah", "reason": "Nama"})
    assert wrong.status_code == 409
    assert alice.post(redact, sent | {"passages": "Bu Sum", "reason": "Nama"}).status_code == 302
    assert case.exhibits.count() == 2
