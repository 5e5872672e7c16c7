"""Public facts of the invented province: officials, decrees, candidates, campaign teams, contracts,
budgets; loaded as anybody would load them, so that every page about facts has something to show.

Names are put together from words for wind, wood and water: nobody is called so. Some people stand
in two lists under two writings, and some names are borne twice: that is what the pages are for.
"""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from timbang.registry import actions as registry
from timbang.registry import loading, numbers, people, places, reading_pairs, sources, tables
from timbang.registry.models import NamePair
from timbang.registry.reading_records import Context
from timbang.web.demo import province

Row = Mapping[str, object]

SEED: Final = 99
FIRST: Final = (
    "Angin", "Banyu", "Bayu", "Cempaka", "Damar", "Embun", "Fajar", "Gading", "Hujan", "Jati",
    "Kemuning", "Laut", "Melur", "Nila", "Ombak", "Pelangi", "Ratih", "Sagara", "Tirta", "Wira",
)  # fmt: skip
MIDDLE: Final = ("Alam", "Bahari", "Candra", "Kelana", "Lembah", "Padma", "Rimba", "Surya")
LAST: Final = (
    "Asmara", "Banuraya", "Cakrawala", "Galuh", "Karang", "Lontar", "Mandar", "Pasir", "Rinjani",
    "Samudra", "Telaga", "Wanasari",
)  # fmt: skip
POSTS: Final = ("Kepala Bidang", "Kepala Seksi", "Analis Kebijakan", "Bendahara", "Pengelola Data")
PARTIES: Final = (
    "Partai Lumbung Rakyat (rekaan)", "Partai Sauh Timbang (rekaan)", "Partai Bukit Hijau (rekaan)",
)  # fmt: skip
SUPPLIERS: Final = (
    "CV Layar Timur", "CV Damar Jaya", "PT Bukit Neraca", "CV Teluk Permai", "PT Seri Konstruksi",
    "CV Gunung Wangi Abadi", "UD Sagara", "CV Tanjung Luhur Makmur",
)  # fmt: skip
WORKS: Final = (
    "Pengadaan meja dan kursi sekolah", "Perbaikan jalan lingkungan", "Belanja alat tulis kantor",
    "Pemeliharaan gedung puskesmas", "Bantuan bibit untuk kelompok tani", "Cetak spanduk layanan",
)  # fmt: skip
ACCOUNTS: Final = (
    ("PAD", 210, 190), ("TKDD", 640, 630), ("Belanja Pegawai", 410, 400),
    ("Belanja Barang dan Jasa", 220, 205), ("Belanja Modal", 150, 120), ("Belanja Hibah", 22, 20),
    ("Belanja Bantuan Sosial", 9, 8),
)  # fmt: skip
# Region, thousands of people who are poor, and their share.
POOR: Final = (
    ("Nusa Timbang (rekaan)", 214.6, 11.8), ("Kabupaten Batu Layar", 61.4, 14.9),
    ("Kabupaten Muara Seri", 48.2, 10.1), ("Kabupaten Gunung Wangi", 79.9, 17.3),
    ("Kota Tanjung Luhur", 25.1, 6.2),
)  # fmt: skip
# Programme, title, unit, millions of rupiah for each regency and the city.
PLANNED: Final = (
    ("1.02.02", "Makanan tambahan untuk balita", "Dinas Kesehatan", (640, 910, 380, 450)),
    ("1.03.10", "Perbaikan jalan desa", "Dinas Pekerjaan Umum", (2400, 6200, 1900, 1500)),
    ("1.06.04", "Bantuan untuk keluarga miskin", "Dinas Sosial", (900, 2100, 850, 700)),
)
NAMED: Final = {
    "1.02.02": "Program pemenuhan upaya kesehatan", "1.03.10": "Program penyelenggaraan jalan",
    "1.06.04": "Program rehabilitasi sosial",
}  # fmt: skip
# Valid votes for each pair, of each regency and the city.
VOTES: Final = (
    (71_204, 64_880, 22_317), (98_451, 41_020, 30_775), (60_118, 59_402, 31_207),
    (88_930, 70_112, 45_006),
)  # fmt: skip
# Accounts that swell in the year of the election, and how much.
SWELL: Final = {"Belanja Hibah": 3.4, "Belanja Bantuan Sosial": 2.8}


@dataclass(frozen=True, slots=True)
class Listed:
    """One file: of which source, how many days ago it was loaded, what stands in it."""

    source: str
    days_ago: int
    name: str
    text: str


def load_if_missing(now: datetime) -> bool:
    """Load everything, make the index, and lay pairs of names before the officers.

    False when it is all there; a start that was broken off goes on after the files that it loaded.
    """
    if NamePair.objects.exists():
        return False
    _write_regions()
    today = timezone.localdate(now)
    done = {item["name"] for each in registry.tables_store().versions()
            for item in each.report["files"]}  # fmt: skip
    with TemporaryDirectory() as folder:
        for listed in _files(today):
            if listed.name not in done:
                _load(listed, Path(folder), now)
    opened = tables.open_tables(settings.TABLES, engine="duckdb")
    people.make_index(opened, settings.PEOPLE / people.EVERYBODY, on=today)
    links = reading_pairs.link_lists(opened, settings.PEOPLE, on=today)
    registry.offer_pairs(links, on=today)
    return True


def _write_regions() -> None:
    """The regions of the province stand in no shipped list."""
    settings.TABLES.mkdir(parents=True, exist_ok=True)
    rows = [
        {"code": code, "name": name, "kind": kind, "parent": code[:2] if "." in code else "",
         "time_zone": province.TIME_ZONE}
        for code, name, kind in province.REGIONS
    ]  # fmt: skip
    (settings.TABLES / places.OWN_FILE).write_text(_csv(rows), "utf-8")
    places.take_in(settings.TABLES / places.OWN_FILE)


def _load(listed: Listed, folder: Path, now: datetime) -> None:
    path = folder / listed.name
    path.write_text(listed.text, "utf-8")
    at = now - timedelta(days=listed.days_ago)
    context = Context(timezone.localdate(at), numbers.secret_in(settings.KEYS), province.PROVINCE)
    loading.load(
        registry.tables_store(), sources.sources()[listed.source], [path],
        context=context, at=at.astimezone(UTC).isoformat(timespec="seconds"),
    )  # fmt: skip


def _csv(rows: Sequence[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _files(today: date) -> Iterator[Listed]:
    """All files in the order of the days on which they were loaded."""
    dice = random.Random(SEED)  # noqa: S311 - the same people in every demo
    staff = [*_known(), *_invented(dice, 150)]
    makers: tuple[tuple[str, int, str, Callable[[], Iterable[Row]]], ...] = (
        ("agencies", 75, "instansi.csv", lambda: _agencies(today)),
        ("posts", 75, "jabatan.csv", lambda: _posts(today)),
        ("officials", 74, "pegawai-tahun-lalu.csv", lambda: _officials(staff, today.year - 1)),
        ("officials", 70, "pegawai.csv", lambda: _officials(staff[4:], today.year)),
        ("appointments", 65, "keputusan.csv", lambda: _decrees(staff, today)),
        ("candidates", 60, "calon.csv", lambda: _candidates(staff, dice, today.year)),
        ("campaigners", 50, "tim.csv", lambda: _team(staff, dice, today)),
        ("apbd", 45, "apbd.csv", lambda: _budgets(today.year)),
        ("figures", 44, "angka.csv", lambda: _figures(today.year)),
        ("programmes", 44, "program.csv", _programmes),
        ("sirup", 43, "rup.csv", lambda: _plans(today.year)),
        ("candidates", 42, "calon-kabupaten.csv", lambda: _heads(today.year - 2)),
    )
    for source, days_ago, name, rows in makers:
        yield Listed(source, days_ago, name, _csv(list(rows())))
    releases = list(_releases(dice, today))
    yield Listed("ocds", 40, "pengadaan.jsonl", _lines(releases))
    # What the city put right later: what was known before stays on record.
    releases[3]["awards"][0]["value"]["amount"] += 12_500_000
    yield Listed("ocds", 9, "pengadaan-perbaikan.jsonl", _lines(releases[:20]))


def _lines(releases: Sequence[Row]) -> str:
    return "".join(json.dumps(release, ensure_ascii=False) + "\n" for release in releases)


# People


def _known() -> list[dict[str, Any]]:
    """The officials of the stories."""
    born = iter(range(1966, 1999, 3))
    return [
        {"id": f"nt-{number:03}", "name": each.name, "unit": each.unit, "region": each.region,
         "born": next(born), "post": each.post, "level": each.level}
        for number, each in enumerate(province.OFFICIALS.values(), 1)
    ]  # fmt: skip


def _invented(dice: random.Random, count: int) -> list[dict[str, Any]]:
    """More of them; one in fifteen bears the name of somebody before."""
    found: list[dict[str, Any]] = []
    for number in range(count):
        code, _name, _part_of, region = dice.choice(province.UNITS)
        name = " ".join((dice.choice(FIRST), dice.choice(MIDDLE), dice.choice(LAST)))
        if number > 20 and dice.random() < 1 / 15:
            name = dice.choice(found)["name"]
        found.append(
            {"id": f"nt-{number + 101}", "name": name, "unit": code, "region": region,
             "born": dice.randint(1964, 1999), "post": dice.choice(POSTS), "level": ""}
        )  # fmt: skip
    return found


def _units() -> dict[str, str]:
    return {code: name for code, name, _part_of, _region in province.UNITS}


def _officials(staff: Iterable[Mapping[str, Any]], year: int) -> Iterator[Row]:
    units = _units()
    for each in staff:
        yield {
            "Tahun": year, "ID Pegawai": each["id"], "Nama": each["name"],
            "Kode Instansi": each["unit"], "Instansi": units[each["unit"]],
            "Kode Wilayah": each["region"], "Tahun Lahir": each["born"], "Jabatan": each["post"],
        }  # fmt: skip


def _shortened(name: str) -> str:
    """As a list that saves room writes it: one name in the middle is a letter."""
    first, *between, last = name.split()
    return " ".join((first, *(f"{each[0]}." for each in between), last))


def _titled(name: str) -> str:
    return f"Drs. H. {name}, M.Si."


def _candidates(
    staff: Sequence[Mapping[str, Any]], dice: random.Random, year: int
) -> Iterator[Row]:
    """Three pairs for governor, and thirty for the provincial council; some were officials."""
    for pair, party in enumerate(PARTIES, 1):
        for _seat in range(2):
            yield _candidate(year, "Gubernur", party, _any_name(dice), dice, pair=pair)
    for number in range(30):
        was = staff[10 + 9 * (number // 3)] if number % 3 == 0 else None
        name = _titled(was["name"]) if was else _any_name(dice)
        party = PARTIES[number % len(PARTIES)]
        born = was["born"] if was else None
        place = number // 3 + 1
        yield _candidate(year, "DPRD Provinsi", party, name, dice, number=place, born=born)


def _any_name(dice: random.Random) -> str:
    return " ".join((dice.choice(FIRST), dice.choice(LAST), dice.choice(MIDDLE)))


def _candidate(
    year: int, kind: str, party: str, name: str, dice: random.Random, *,
    pair: int | str = "", number: int | str = "", born: int | None = None,
) -> Row:  # fmt: skip
    return {
        "Tahun": year, "Pemilihan": province.ELECTION, "Jenis Pemilihan": kind,
        "Kode Wilayah": province.PROVINCE, "Dapil": "Nusa Timbang 1" if number else "",
        "Partai": party, "Nomor Pasangan": pair, "Nomor Urut": number, "Nama": name,
        "Tahun Lahir": born or dice.randint(1960, 1995), "Petahana": "Tidak",
    }  # fmt: skip


def _team(staff: Sequence[Mapping[str, Any]], dice: random.Random, today: date) -> Iterator[Row]:
    """Campaign teams; every third member is written like an official, as teams write names."""
    roles = ("Ketua", "Sekretaris", "Bendahara", "Juru kampanye", "Relawan")
    for number in range(36):
        name = _shortened(staff[6 + 4 * number]["name"]) if number % 3 == 0 else _any_name(dice)
        yield {
            "Tahun": today.year, "Pemilihan": province.ELECTION, "Jenis Pemilihan": "Gubernur",
            "Kode Wilayah": province.PROVINCE, "Pasangan Calon": number % 3 + 1,
            "Partai": PARTIES[number % 3], "Nama": name, "Kedudukan": roles[number % len(roles)],
            "Tanggal Daftar": today - timedelta(days=84),
        }  # fmt: skip


# Posts


def _agencies(today: date) -> Iterator[Row]:
    begun = date(today.year - 4, 1, 2)
    for code, name, part_of, region in province.UNITS:
        renamed = code == "nt-disdik"
        if renamed:  # it bore another name before
            yield _agency(code, "Dinas Pendidikan dan Kebudayaan Provinsi Nusa Timbang", part_of,
                          region, date(2016, 12, 30), begun - timedelta(days=1))  # fmt: skip
        yield _agency(code, name, part_of, region, begun if renamed else date(2016, 12, 30), None)


def _agency(code: str, name: str, part_of: str, region: str, first: date, last: date | None) -> Row:
    return {
        "Kode Instansi": code, "Nama": name, "Kode Induk": part_of, "Kode Wilayah": region,
        "Sejak": first, "Sampai": last or "", "Menjadi": code if last else "",
        "Perubahan": "Ganti nama" if last else "Dibentuk",
        "Peraturan": "Peraturan daerah rekaan",
    }  # fmt: skip


LEVELS: Final = {
    "high_first": "JPT Pratama", "administrator": "Administrator", "functional": "Fungsional",
    "executive": "Pelaksana",
}  # fmt: skip


def _posts(today: date) -> Iterator[Row]:
    units = _units()
    for code, each in province.OFFICIALS.items():
        yield {
            "Kode Jabatan": f"nt-j-{code}", "Jabatan": each.post, "Jenjang": LEVELS[each.level],
            "Kode Instansi": each.unit, "Instansi": units[each.unit], "Kode Wilayah": each.region,
            "Diangkat Oleh": "Pejabat Pembina Kepegawaian", "Sejak": date(today.year - 4, 1, 2),
        }  # fmt: skip


def _decrees(staff: Sequence[Mapping[str, Any]], today: date) -> Iterator[Row]:
    """Who came before the officials of the stories, who acted meanwhile, and a round of moves."""
    for number, (code, each) in enumerate(province.OFFICIALS.items()):
        begun = date(today.year - 1, 1 + number % 9, 4)
        before, acting = staff[20 + number], staff[60 + number]
        yield _decree(number, before, each, code, "Pengangkatan", "", begun - timedelta(days=900),
                      begun - timedelta(days=40))  # fmt: skip
        yield _decree(number, acting, each, code, "Pengangkatan", "Plt",
                      begun - timedelta(days=39), begun - timedelta(days=1))  # fmt: skip
        yield _decree(number, staff[number], each, code, "Promosi", "", begun, None)
    post = province.OFFICIALS["kabid"]
    for number, who in enumerate(staff[100:112]):
        moved = today - timedelta(days=140 + number)
        yield _decree(90 + number, who, post, "", "Mutasi", "", moved, None)


def _decree(
    number: int, who: Mapping[str, Any], post: province.Official, code: str, change: str,
    acting: str, first: date, last: date | None,
) -> Row:  # fmt: skip
    decreed = first - timedelta(days=3)
    return {
        "Nomor SK": f"821/{number + 1:03}-{acting or 'D'}/{decreed.year}", "Tanggal SK": decreed,
        "ID Pegawai": who["id"], "Nama": who["name"],
        "Kode Instansi": post.unit if code else who["unit"],
        "Instansi": _units()[post.unit if code else who["unit"]],
        "Kode Wilayah": post.region if code else who["region"],
        "Kode Jabatan": f"nt-j-{code}" if code else "",
        "Jabatan": post.post if code else "Kepala Seksi", "Jabatan Lama": who["post"],
        "Jenis Mutasi": change, "Status Jabatan": acting, "TMT": first, "Sampai": last or "",
        "Penandatangan": "Gubernur Nusa Timbang (rekaan)",
    }  # fmt: skip


# Money


def _budgets(year: int) -> Iterator[Row]:
    for place, (_code, name, _kind) in enumerate(province.REGIONS[1:]):
        for back in (2, 1, 0):
            for account, budget, realised in ACCOUNTS:
                swell = SWELL.get(account, 1.0) if back == 0 and place == 1 else 1.0
                scale = (1 + place / 9) * (1 - back / 25) * swell
                yield {
                    "Tahun": year - back, "Daerah": name, "Akun": account,
                    "Anggaran": f"{budget * scale:.2f}".replace(".", ",") + " M",
                    "Realisasi": f"{realised * scale:.2f}".replace(".", ",") + " M",
                }  # fmt: skip


def _figures(year: int) -> Iterator[Row]:
    """How many are poor in each region, in thousands and as a share; invented like the regions."""
    for name, poor, share in POOR:
        for back in (2, 1):
            told = {"Tahun": year - back, "Wilayah": name, "Penerbit": "Badan statistik (rekaan)"}
            yield told | {
                "Indikator": "Jumlah Penduduk Miskin", "Satuan": "Ribu Jiwa",
                "Nilai": f"{poor * (1 + back / 20):.2f}".replace(".", ","),
            }  # fmt: skip
            yield told | {
                "Indikator": "Persentase Penduduk Miskin", "Satuan": "Persen",
                "Nilai": f"{share * (1 + back / 20):.2f}".replace(".", ","),
            }  # fmt: skip


def _plans(year: int) -> Iterator[Row]:
    """What the regencies and the city mean to buy, by programme."""
    for programme, title, unit, budgets in PLANNED:
        for number, ((code, name, _kind), budget) in enumerate(
            zip(province.REGIONS[1:], budgets, strict=True), 1
        ):
            yield {
                "tahun_anggaran": year, "kd_rup": f"{programme}-{number}", "nama_paket": title,
                "nama_satker": f"{unit} {name}", "kode_wilayah": code,
                "kd_program_str": programme, "pagu": budget * 10**6,
            }  # fmt: skip


def _programmes() -> Iterator[Row]:
    """The codes of the programmes by which is planned."""
    for programme, name in NAMED.items():
        yield {"Kode": programme, "Nama": name, "Peraturan": "Daftar kode (rekaan)"}


def _heads(year: int) -> Iterator[Row]:
    """The last election of each regency's head and of the mayor, with its votes."""
    dice = random.Random(SEED + 1)  # noqa: S311 - names of its own
    for (code, _name, kind), votes in zip(province.REGIONS[1:], VOTES, strict=True):
        for pair, (party, count) in enumerate(zip(PARTIES, votes, strict=True), 1):
            contest = "Wali Kota" if kind == "city" else "Bupati"
            told = _candidate(year, contest, party, _any_name(dice), dice, pair=pair)
            won = "Ya" if count == max(votes) else "Tidak"
            yield {**told, "Kode Wilayah": code, "Suara": count, "Terpilih": won}


def _bids(
    dice: random.Random, winner: Mapping[str, str], amount: int, alone: bool
) -> list[dict[str, Any]]:
    """Who bid: the winner alone, or with two others who asked for more."""
    others = [place for place in range(len(SUPPLIERS)) if f"nt-p-{place}" != winner["id"]]
    bidders = [dict(winner)] + [
        {"id": f"nt-p-{place}", "name": SUPPLIERS[place]}
        for place in ([] if alone else dice.sample(others, 2))
    ]
    return [
        {"id": f"{bidder['id']}-{place}", "status": "valid", "tenderers": [bidder],
         "value": {"amount": round(amount * (0.98 + place / 50)), "currency": "IDR"}}
        for place, bidder in enumerate(bidders)
    ]  # fmt: skip


def _releases(dice: random.Random, today: date) -> Iterator[dict[str, Any]]:
    """Sixty purchases of two years; many lie just below the limit of 200 million rupiah."""
    for number in range(60):
        code, name, _part_of, _region = province.UNITS[number % len(province.UNITS)]
        day = today - timedelta(days=60 + number * 10)
        near = number % 4 == 0
        alone = near or number % 7 == 0
        amount = (196 + number % 4) * 1_000_000 if near else dice.randint(20, 900) * 1_000_000
        supplier = number % 3 if near else dice.randrange(len(SUPPLIERS))
        named = {"id": f"nt-p-{supplier}", "name": SUPPLIERS[supplier]}
        value = {"amount": round(amount * 0.98), "currency": "IDR"}
        yield {
            "ocid": f"ocds-nt-{number:04}", "id": f"{number:04}-1", "date": f"{day}T09:00:00+08:00",
            "tag": ["planning", "tender", "award", "contract"],
            "buyer": {"id": code, "name": name},
            "planning": {"budget": {"amount": {"amount": amount, "currency": "IDR"},
                                    "description": "APBD (rekaan)"}},
            "tender": {
                "id": f"t-{number}", "title": f"{dice.choice(WORKS)} (rekaan)",
                "procurementMethod": "direct" if amount < 200_000_000 else "open",
                "mainProcurementCategory": dice.choice(("goods", "services", "works")),
                "numberOfTenderers": 1 if alone else 3,
                "tenderPeriod": {"startDate": f"{day}",
                                 "endDate": f"{day + timedelta(days=12 if near else 21)}"},
            },
            "bids": {"details": _bids(dice, named, amount, alone)},
            "awards": [{"id": f"a-{number}", "date": f"{day + timedelta(days=20)}", "value": value,
                        "status": "active", "suppliers": [named]}],
            "contracts": [{"id": f"k-{number}", "awardID": f"a-{number}", "value": value,
                           "status": "active", "dateSigned": f"{day + timedelta(days=24)}"}],
        }  # fmt: skip
