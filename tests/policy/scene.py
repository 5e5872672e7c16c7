"""A dossier brought to any step, by the acts that officers take."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from tests.policy.conftest import AT, Cast
from timbang.accounts.models import Officer
from timbang.law import policy
from timbang.law.guards import COMMENT_DAYS
from timbang.policy import actions, parts
from timbang.policy.actions import About, Came, Planned, Seen, Told
from timbang.policy.models import Dossier, Mode

# How long comments stay open before they may be closed.
OPEN = timedelta(days=COMMENT_DAYS)
PARTS: dict[str, dict[str, Any]] = {
    "problem": {
        "text": "Anak berangkat sekolah tanpa sarapan. Tiga dari sepuluh, terutama pada hari pasar.",
        "since": "Survei 2025 (rekaan).",
    },
    "options": {
        "rows": [
            {"title": "Dapur sekolah", "text": "Setiap sekolah memasak.", "cost": "5.000.000.000"},
            {"title": "Kupon", "text": "Keluarga menerima kupon.", "cost": "4.000.000.000"},
            {"title": "Tidak berbuat apa-apa", "text": "Tetap seperti sekarang.", "nothing": "on"},
        ]
    },
    "evidence": {
        "rows": [
            {
                "claim": "Sarapan menaikkan kehadiran di sekolah.",
                "grade": "compared",
                "source": "Uji X, Universitas Contoh, 2024",
            }
        ]
    },
    "cost": {"amount": "5.000.000.000", "text": "Harga satuan daerah; ditanggung APBD."},
    "gains": {"rows": [{"who": "Warga Contoh", "how": "Sekitar 1.000 keluarga"}]},
    "loses": {"rows": [{"who": "Pedagang sarapan", "how": "Sekitar 30 orang kehilangan pembeli"}]},
    "risks": {"rows": [{"risk": "Makanan basi.", "answer": "Diperiksa setiap pagi."}]},
    "dissent": {"text": "Dicari pada dua universitas; tidak ada yang berbeda."},
    "experts": {"rows": [{"who": "Universitas Contoh", "field": "Gizi", "interest": "Tidak ada"}]},
    "proposal": {
        "title": "Dapur sekolah",
        "text": "Hasil terukur dan tidak dapat ditukar.",
        "promised": "1.000 anak sarapan setiap hari",
    },
    "review": {"text": "Buktinya kuat, biayanya perlu diperiksa tiap tahun oleh orang lain lagi."},
    "authority": {"norm": "UU 23/2014 ps 12", "text": "Urusan wajib pelayanan dasar."},
    "hierarchy": {"rows": [{"norm": "UU 23/2014", "text": "Sejalan."}]},
    "budget": {"line": "1.01.02", "amount": "5.000.000.000", "year": "2027"},
    "considering": {"text": "a. bahwa banyak anak belajar tanpa sarapan;"},
    "regard": {"text": "1. Undang-Undang Nomor 23 Tahun 2014;"},
    "decides": {"text": "KESATU: Dapur dibuka pada sepuluh sekolah dasar."},
    "legal_clearance": {"text": "Tidak bertentangan dengan peraturan di atasnya."},
    "budget_clearance": {"text": "Tersedia untuk satu tahun anggaran saja."},
    "evaluation": {
        "promised": "1.000 anak sarapan setiap hari",
        "came": "900 anak sampai sekarang",
        "text": "Satu dapur terlambat karena air bersih.",
    },
}
STUDY = (
    "problem", "options", "evidence", "cost", "gains", "loses", "risks", "dissent", "experts",
    "proposal",
)  # fmt: skip
DRAFT = ("authority", "hierarchy", "budget", "considering", "regard", "decides")
LANE = {
    "ground": "disaster",
    "because": "Banjir memutus jalan ke tiga desa.",
    "scope": "Jembatan sementara di satu sungai.",
    "rights": "Lahan dua keluarga dipakai sementara; mereka diberi ganti.",
    "sunset_on": "2027-01-31",
}


def about(**changes: Any) -> About:
    told: dict[str, Any] = {
        "title": "Makan pagi di sekolah", "summary": "Rekaan.", "region_code": "32.04",
        "duties": ("service",), "groups": ("children",),
    }  # fmt: skip
    return About(**(told | changes))


def opened(cast: Cast, *, at: datetime = AT, **changes: Any) -> Dossier:
    return actions.open_dossier(
        about(**changes), mode=Mode.OFFICE, by=cast.analyst, at=at, once=uuid4(),
        clearers=[("legal_clearance", cast.legal), ("budget_clearance", cast.money)],
    )  # fmt: skip


def observed(cast: Cast, *, at: datetime = AT, **changes: Any) -> Dossier:
    told = {"office": "Pemerintah Kabupaten Contoh"} | changes
    return actions.open_dossier(
        about(**told), mode=Mode.OBSERVER, by=cast.watcher, at=at, once=uuid4()
    )


def now(dossier: Dossier) -> Seen:
    dossier.refresh_from_db()
    return Seen.now(dossier)


def write(dossier: Dossier, by: Officer, *kinds: str, at: datetime = AT) -> None:
    for kind in kinds:
        actions.write_part(dossier, kind, body_of(kind, dossier), seen=now(dossier), by=by, at=at)


def body_of(kind: str, dossier: Dossier) -> dict[str, Any]:
    """The words of a part; those of a second study are its own."""
    body = PARTS[kind]
    if dossier.serial == 1 or kind not in STUDY:
        return body
    more = {
        each.code: f"Khusus {dossier.number}"
        for each in (*parts.KINDS[kind].fields, *parts.KINDS[kind].row)
        if each.asked == "text" and each.stands_once
    }
    rows = [{**row, **_longer(row, more)} for row in body.get("rows", [])]
    return {**body, **_longer(body, more)} | ({"rows": rows} if rows else {})


def _longer(told: dict[str, Any], more: dict[str, str]) -> dict[str, str]:
    return {code: f"{told[code]} {words}" for code, words in more.items() if code in told}


def untied(dossier: Dossier, by: Officer, *, at: datetime = AT) -> None:
    actions.declare_tie(dossier, "", "", seen=now(dossier), by=by, at=at)


def step(dossier: Dossier, outcome: str, by: Officer, words: str = "", at: datetime = AT) -> None:
    actions.take_step(dossier, outcome, words=words, seen=now(dossier), by=by, at=at)


def studied(dossier: Dossier, cast: Cast, *, at: datetime = AT) -> None:
    write(dossier, cast.analyst, *STUDY, at=at)
    untied(dossier, cast.analyst, at=at)
    step(dossier, "submitted", cast.analyst, at=at)


def drafted(dossier: Dossier, cast: Cast, *, at: datetime = AT) -> None:
    studied(dossier, cast, at=at)
    write(dossier, cast.reviewer, "review", at=at)
    untied(dossier, cast.reviewer, at=at)
    step(dossier, "accepted", cast.reviewer, at=at)
    write(dossier, cast.drafter, *DRAFT, at=at)
    untied(dossier, cast.drafter, at=at)
    step(dossier, "drafted", cast.drafter, at=at)


def cleared(dossier: Dossier, cast: Cast, *, at: datetime = AT) -> None:
    """Cleared on the day on which its comments may be closed: `OPEN` later."""
    drafted(dossier, cast, at=at)
    at += OPEN
    step(dossier, "concluded", cast.analyst, at=at)
    for kind, officer in (("legal_clearance", cast.lawyer), ("budget_clearance", cast.treasurer)):
        write(dossier, officer, kind, at=at)
        untied(dossier, officer, at=at)
        step(dossier, "cleared", officer, at=at)


def planned(dossier: Dossier, cast: Cast, *, at: datetime = AT) -> None:
    plan = Planned(
        "Dapur di sepuluh sekolah", "Dinas Contoh", date(2027, 3, 1), 1_000_000_000, "anak",
        Decimal(1000),
    )  # fmt: skip
    actions.set_milestone(dossier, plan, seen=now(dossier), by=cast.executor, at=at)


def executed(dossier: Dossier, cast: Cast, *, at: datetime = AT) -> None:
    cleared(dossier, cast, at=at)
    at += OPEN
    planned(dossier, cast, at=at)
    untied(dossier, cast.head, at=at)
    step(dossier, "enacted", cast.head, "Sesuai kajian.", at=at)
    came = Came(at.date(), "Sepuluh dapur berjalan.", 900_000_000, Decimal(900))
    milestone = dossier.milestones.get()
    actions.finish_milestone(milestone, came, seen=now(dossier), by=cast.executor, at=at)
    step(dossier, "finished", cast.executor, at=at)


def evaluated(dossier: Dossier, cast: Cast, *, at: datetime = AT) -> None:
    executed(dossier, cast, at=at)
    at += OPEN
    write(dossier, cast.evaluator, "evaluation", at=at)
    untied(dossier, cast.evaluator, at=at)
    step(dossier, "evaluated", cast.evaluator, at=at)


def signed(dossier: Dossier, by: Officer, *, at: datetime = AT) -> None:
    """Signed beside, by somebody who declared before."""
    untied(dossier, by, at=at)
    actions.co_sign(dossier, seen=now(dossier), by=by, at=at)


def in_lane(dossier: Dossier, cast: Cast, *, at: datetime = AT, **changes: str) -> None:
    body = LANE | changes
    actions.write_part(dossier, "lane", body, seen=now(dossier), by=cast.head, at=at)
    signed(dossier, cast.deputy, at=at)
    untied(dossier, cast.head, at=at)
    step(dossier, f"use_lane_{body['ground']}", cast.head, "Tidak dapat menunggu.", at=at)


def paper(code: str, at: datetime = AT, number: str = "K-1") -> Told:
    """A document that pays a debt."""
    return Told(
        stage=policy.DOCUMENTS[code].stage, kind=code, title=f"Berkas {code} Dinas Contoh",
        issuer="Dinas Contoh", issued_on=at.date(), source="Arsip Dinas Contoh, nomor 12/2026",
        read_on=at.date(),
        says=(
            f"Dokumen {code} berkas {number}. Menerangkan tindakan yang sudah dilakukan, siapa yang "
            "melakukannya, mengapa tidak dapat menunggu, dan sampai kapan berlaku."
        ),
    )  # fmt: skip


def pay(dossier: Dossier, code: str, by: Officer, *, at: datetime = AT) -> None:
    debt = dossier.debts.get(code=code)
    told = paper(code, at, dossier.number)
    actions.pay_debt(debt, told, seen=now(dossier), by=by, at=at)
