"""Every source that is a table: one small file as the publisher writes it, and its rows."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.registry.loader import Loader, csv_of
from timbang.law.yaml_file import YamlError
from timbang.registry import numbers, schema, sources

NIP = "197002151995032001"
ANY = {"refused_at_most": "small test", "unknown_at_most": "small test"}


def test_budgets_are_read_in_every_manner_of_writing(loader: Loader) -> None:
    rows = [
        {"Tahun": "2022", "Daerah": "Kab. Gresik", "Akun": "Belanja Hibah", "Anggaran": "2.277,20 M", "Realisasi": "(1,50 M)"},
        {"Tahun": "2022", "Daerah": "Kota_Blitar", "Akun": "Belanjaodal", "Anggaran": "Rp 1.000.000,00", "Realisasi": "-"},
        {"Tahun": "2022", "Daerah": "Blitar", "Akun": "Belanja Aneh", "Anggaran": "1.500", "Realisasi": ""},
    ]  # fmt: skip
    report = loader.load("apbd", loader.write("b.csv", csv_of(rows, ";")), accepted=ANY)
    found = {row["region_label"]: row for row in loader.rows("budgets")}
    assert found["Kab. Gresik"]["budget"] == 2_277_200_000_000.0
    assert found["Kab. Gresik"]["realised"] == -1_500_000_000.0
    assert found["Kota_Blitar"]["account_code"] == "Belanja Modal"
    assert found["Kota_Blitar"]["account"] == "Belanjaodal"
    assert found["Kota_Blitar"]["region_code"] == "35.72"
    assert found["Kota_Blitar"]["doubts"] == "amount_missing,spelling"
    assert found["Blitar"]["region_code"] == "35.05"
    assert found["Blitar"]["budget"] is None
    assert found["Blitar"]["budget_written"] == "1.500"
    assert (
        found["Blitar"]["doubts"]
        == "amount_ambiguous,amount_missing,region_by_convention,word_unknown"
    )
    assert any(f.check == "spellings_at_most" and f.holds for f in report.findings)


def test_a_figure_that_differs_from_its_text_is_doubtful(loader: Loader) -> None:
    head = "tahun,kab,akun,anggaran_raw,realisasi_raw,anggaran_miliar,realisasi_miliar\n"
    text = (
        head
        + '2022,Gresik,PAD,"2.277,20 M","0,50 M",2277.2,0.5\n2022,Gresik,TKDD,"2,00 M",3.1,20.0,3.1\n'
    )
    loader.load("apbd", loader.write("b.csv", text))
    assert loader.column("budgets", "doubts") == [None, "amount_differs"]
    assert loader.column("budgets", "budget") == [2_277_200_000_000.0, 20_000_000_000.0]


SPSE = {
    "tahun_anggaran": 2024, "kd_klpd": "D1", "nama_klpd": "Pemda", "kd_satker": "77",
    "kd_satker_str": "1.01.01", "nama_satker": "Dinas PU", "kd_lpse": 5, "kd_tender": 900,
    "kd_rup": 31, "nama_paket": "Jalan", "pagu": 1500000000, "hps": 1400000000.5,
    "sumber_dana": "APBD", "mtd_pemilihan": "Tender", "jenis_pengadaan": "Pekerjaan Konstruksi",
    "status_tender": "Selesai", "tgl_pengumuman_tender": "2024-03-01 08:00:00",
    "nip_ppk": NIP, "nama_ppk": "Dra. Ani, M.Si", "url_lpse": "x",
}  # fmt: skip
RESULT = {
    "nilai_kontrak": 1350000000, "kd_penyedia": 4, "nama_penyedia": "PT Jalan",
    "npwp_penyedia": "01.2",
}  # fmt: skip


def test_stages_of_one_tender_stand_beside_each_other(loader: Loader) -> None:
    signed = {
        **{key: SPSE[key] for key in ("kd_lpse", "kd_tender", "nama_paket", "kd_satker_str")},
        "no_kontrak": "K/1", "tgl_kontrak": "2024-05-02", "nilai_kontrak": 1350000000,
        "nama_penyedia": "PT Jalan", "npwp_penyedia": "01.2", "wakil_sah_penyedia": "Budi",
        "tgl_kontrak_awal": "2024-05-02", "tgl_kontrak_akhir": "2024-12-01",
        "status_kontrak": "Berjalan",
    }  # fmt: skip
    loader.load("spse", loader.write("notice.json", json.dumps([SPSE])))
    loader.load("spse", loader.write("result.json", json.dumps([SPSE | RESULT])))
    loader.load("spse", loader.write("contract.json", json.dumps([signed])))
    rows = loader.rows("procurements")
    assert [row["tags"] for row in rows] == ["contract", "notice", "result"]
    assert {row["ocid"] for row in rows} == {"spse-5-tender-900"}
    notice = rows[1]
    assert (notice["method"], notice["method_details"], notice["category"]) == (
        "open", "Tender", "works",
    )  # fmt: skip
    assert (notice["budget"], notice["value"], notice["plan_code"]) == (1.5e9, 1400000000.5, "31")
    assert notice["released_on"] == date(2024, 3, 1)
    assert loader.column("contracts", "signatory") == ["Budi"]
    assert set(loader.column("awards", "supplier_name")) == {"PT Jalan"}


def test_the_number_of_an_officer_is_never_kept_as_written(loader: Loader) -> None:
    report = loader.load("spse", loader.write("a.json", json.dumps([SPSE])))
    person = loader.rows("people")[0]
    assert person["name"] == "Dra. Ani, M.Si"
    assert person["number_hash"] == numbers.keyed_hash(NIP, b"s" * 32)
    assert person["number_shown"] == "*" * 15 + "001"
    assert (person["number_kind"], person["birth_year"]) == ("NIP", 1970)
    kept = b"".join(p.read_bytes() for p in loader.store.folder.rglob("*") if p.is_file())
    assert NIP.encode() not in kept
    assert report.not_kept == {"url_lpse": 1, "kd_satker": 1}  # kd_satker_str stands beside it


def test_what_is_no_export_of_spse_is_refused(loader: Loader) -> None:
    report = loader.load("spse", loader.write("a.json", json.dumps([{"x": 1}, SPSE])), accepted=ANY)
    assert "not an export of SPSE" in report.refusals[0]["why"]


def test_plans_of_sirup(loader: Loader) -> None:
    plan = {
        "tahun_anggaran": 2024, "kd_klpd": "D1", "nama_klpd": "Kota", "kd_satker": 7,
        "nama_satker": "Dinas", "kd_rup": 123, "nama_paket": "Laptop", "pagu": 95000000,
        "metode_pengadaan": "E-Purchasing", "tgl_pengumuman_paket": "2024-01-05T10:00:00",
        "tgl_awal_pemilihan": "2024-04-01", "tgl_akhir_pemilihan": "2024-03-01",
        "status_aktif_rup": True, "status_delete_rup": False, "nip_ppk": "12",
    }  # fmt: skip
    loader.load("sirup", loader.write("a.json", json.dumps({"data": [plan]})))
    row = loader.rows("plans")[0]
    assert (row["budget"], row["active"], row["deleted"]) == (95e6, True, False)
    assert row["officer_number"] == "**"
    assert row["doubts"] == "number_odd,period_reversed"
    corrected = plan | {"pagu": 99000000}
    report = loader.load("sirup", loader.write("b.json", json.dumps({"data": [corrected]})))
    assert report.tables["plans"].corrected == 1


def test_candidates_are_people_too(loader: Loader) -> None:
    rows = [
        {"Tahun": 2024, "Jenis Pemilihan": "Bupati", "Wilayah": "Kab. Gresik", "Partai": "P", "Nomor Urut": "1", "Nama": "H. Budi", "Jenis Kelamin": "Laki-laki", "Tanggal Lahir": "1 Mei 1970", "Petahana": "ya"},
        {"Tahun": 2024, "Jenis Pemilihan": "Raja", "Wilayah": "Kab. Gresik", "Partai": "P", "Nomor Urut": "2", "Nama": "Ani", "Jenis Kelamin": "P", "Tanggal Lahir": "", "Petahana": ""},
    ]  # fmt: skip
    loader.load("candidates", loader.write("d.csv", csv_of(rows)))
    first = loader.rows("candidacies")[1]
    assert (first["contest_kind"], first["incumbent"], first["birth_year"], first["sex"]) == (
        "regent", True, 1970, "L",
    )  # fmt: skip
    assert loader.rows("candidacies")[0]["doubts"] == "word_unknown"
    assert {row["name"] for row in loader.rows("people")} == {"H. Budi", "Ani"}
    assert set(loader.column("people", "list_kind")) == {"candidate"}


def test_a_campaign_team(loader: Loader) -> None:
    rows = [{"Tahun": 2024, "Pemilihan": "pilkada-2024", "Wilayah": "Gresik", "Calon": "A-B", "Nama": "Cici", "Kedudukan": "Ketua", "Telepon": "0812"}]  # fmt: skip
    report = loader.load("campaigners", loader.write("t.csv", csv_of(rows)))
    assert loader.column("campaigners", "role") == ["Ketua"]
    assert report.not_kept == {"Telepon": 1}


def test_appointments_say_the_acting_kind_and_the_change(loader: Loader) -> None:
    rows = [
        {"Nomor SK": "821/1", "Tanggal SK": "02-01-2024", "Nama": "Ani", "NIP": NIP, "Instansi": "Dinas", "Wilayah": "35.25", "Jabatan Lama": "Kabid", "Jabatan Baru": "Kepala Dinas", "Jenis Mutasi": "Promosi", "Status Jabatan": "Plt.", "TMT": "3 Januari 2024", "Penandatangan": "Bupati"},
        {"Nomor SK": "821/2", "Tanggal SK": "", "Nama": "", "NIP": "", "Instansi": "", "Wilayah": "", "Jabatan Lama": "", "Jabatan Baru": "x", "Jenis Mutasi": "", "Status Jabatan": "", "TMT": "", "Penandatangan": ""},
    ]  # fmt: skip
    report = loader.load("appointments", loader.write("s.csv", csv_of(rows)), accepted=ANY)
    row = loader.rows("appointments")[0]
    assert (row["acting"], row["change"], row["from_on"]) == ("Plt", "appointed", date(2024, 1, 3))
    assert (row["post"], row["former_post"], row["region_code"]) == (
        "Kepala Dinas",
        "Kabid",
        "35.25",
    )
    assert report.refusals[0]["why"] == "'Nama' is empty or not readable: ''"
    assert loader.column("people", "post") == ["Kepala Dinas"]


def test_a_list_of_officials_replaces_the_one_before(loader: Loader) -> None:
    def listed(*names: str) -> str:
        return csv_of([{"Tahun": 2024, "Nama": n, "NIP": NIP, "Kode Instansi": "d1", "Instansi": "D", "Jabatan": "Staf"} for n in names])  # fmt: skip

    loader.load("officials", loader.write("o.csv", listed("Ani", "Budi", "Cici", "Cici")))
    assert [row["doubts"] for row in loader.rows("people") if row["name"] == "Cici"] == [
        None, "repeated_key",
    ]  # fmt: skip
    report = loader.load("officials", loader.write("p.csv", listed("Ani", "Budi", "Dedi")))
    assert (report.tables["people"].gone, report.tables["people"].added) == (2, 1)
    assert {row["name"] for row in loader.rows("people")} == {"Ani", "Budi", "Dedi"}
    assert {row["birth_year"] for row in loader.rows("people")} == {1970}
    assert set(loader.rows("people")[0]) >= {
        "person_id", "name", "agency_code", "agency_name", "region_code", "birth_year", "post",
        "source", "version",
    }  # fmt: skip


def test_a_wealth_summary_has_to_add_up(loader: Loader) -> None:
    row = {"Tahun": 2023, "Nama": "Ani", "Jabatan": "Kadis", "Lembaga": "Pemda", "Tanggal Lapor": "2024-01-09", "Tanah dan Bangunan": "1.000.000.000,00", "Alat Transportasi dan Mesin": "0", "Harta Bergerak Lainnya": "0", "Surat Berharga": "0", "Kas dan Setara Kas": "50.000.000,00", "Harta Lainnya": "0", "Utang": "10.000.000,00", "Total Harta Kekayaan": "1.040.000.000,00"}  # fmt: skip
    wrong = row | {"Nama": "Budi", "Total Harta Kekayaan": "9.040.000.000,00"}
    loader.load("wealth", loader.write("l.csv", csv_of([row, wrong])))
    assert loader.column("wealth", "doubts") == [None, "sum_differs"]


def test_a_register_of_permits_hides_who_applied(loader: Loader) -> None:
    rows = [
        {"Nomor Register": "1", "Layanan": "IMB", "Instansi": "DPMPTSP", "Wilayah": "35.25", "Pemohon": "Ani", "Kelompok": "Masyarakat miskin", "Tanggal Permohonan": "2024-02-01", "Tanggal Jawaban": "2024-01-30", "Hasil": "Ditolak", "Alasan": "Kurang berkas", "Pejabat": "Kabid"},
    ]  # fmt: skip
    loader.load("services", loader.write("r.csv", csv_of(rows)))
    row = loader.rows("services")[0]
    assert (row["outcome"], row["applicant_group"], row["decided_by"]) == (
        "refused",
        "poor",
        "Kabid",
    )
    assert row["doubts"] == "answer_before_application"
    sights = {column.name: column.sight for column in schema.tables()["services"].columns}
    assert sights["applicant"] == "sealed"


def test_programme_codes_know_level_parent_duty_and_group(loader: Loader) -> None:
    rows = [
        {"Kode": "1.06.05", "Nama": "Program Perlindungan dan Jaminan Sosial", "Peraturan": "Permendagri 90/2019"},
        {"Kode": "1.06.05.2.02", "Nama": "Pengelolaan Data Fakir Miskin", "Peraturan": "Permendagri 90/2019"},
        {"Kode": "1.03.10", "Nama": "Program Penyelenggaraan Jalan", "Peraturan": "Permendagri 90/2019"},
        {"Kode": "2.17.07", "Nama": "Program Pemberdayaan Usaha Menengah, Usaha Kecil, dan Usaha Mikro (UMKM)", "Peraturan": "Permendagri 90/2019"},
        {"Kode": "1.02.01", "Nama": "Program Penunjang Urusan Pemerintahan Daerah", "Peraturan": "Permendagri 90/2019"},
    ]  # fmt: skip
    loader.load("programmes", loader.write("k.csv", csv_of(rows)))
    found = {row["code"]: row for row in loader.rows("programmes")}
    assert found["1.06.05"]["duty"] == "service"
    assert found["1.06.05.2.02"]["group_served"] == "poor"
    assert found["1.06.05.2.02"]["parent_code"] == "1.06.05"
    assert found["1.06.05.2.02"]["level"] == "activity"
    assert found["1.03.10"]["duty"] == "development"
    assert (found["2.17.07"]["duty"], found["2.17.07"]["group_served"]) == (
        "empowerment",
        "small_business",
    )
    assert found["1.02.01"]["duty"] == "support"


def test_posts_and_agencies_have_a_history(loader: Loader) -> None:
    posts = [{"Kode Jabatan": "kadis-pu", "Jabatan": "Kepala Dinas PU", "Eselon": "II.b", "Kode Instansi": "dpu", "Diangkat Oleh": "bupati", "Pendahulu": "kadis-binamarga", "Penerus": "", "Sejak": "2017-01-01", "Sampai": ""}]  # fmt: skip
    agencies = [
        {"Kode Instansi": "dbm", "Nama": "Dinas Bina Marga", "Sejak": "2009-01-01", "Sampai": "2017-01-01", "Menjadi": "dpu", "Perubahan": "Digabung"},
        {"Kode Instansi": "dpu", "Nama": "Dinas PU", "Sejak": "2017-01-01", "Sampai": "", "Menjadi": "", "Perubahan": ""},
    ]  # fmt: skip
    loader.load("posts", loader.write("p.csv", csv_of(posts)))
    loader.load("agencies", loader.write("a.csv", csv_of(agencies)))
    post = loader.rows("posts")[0]
    assert (post["level"], post["appointed_by"], post["predecessor"]) == (
        "high_first", "bupati", "kadis-binamarga",
    )  # fmt: skip
    assert loader.column("agencies", "became") == ["dpu", None]
    assert loader.column("agencies", "change") == ["merged", None]


def test_region_codes(loader: Loader) -> None:
    rows = [{"kode": "35.25", "nama": "Gresik"}, {"kode": "35.25.01", "nama": "Dukun"}]
    report = loader.load("region_codes", loader.write("w.csv", csv_of(rows)))
    assert report.kept == 2


def test_entities_of_followthemoney(loader: Loader) -> None:
    entity = {"id": "Q1", "schema": "Person", "caption": "Ani", "properties": {"name": ["Ani"], "country": ["id"]}, "datasets": ["x"], "last_seen": "2026-01-02", "referents": []}  # fmt: skip
    bad = [
        {"id": "Q2"},
        {"id": "Q3", "schema": "person", "properties": {}},
        {"id": "Q4", "schema": "Person", "properties": {"name": "x"}},
    ]
    text = "".join(json.dumps(item) + "\n" for item in [entity, *bad])
    report = loader.load("entities", loader.write("e.json", text), accepted=ANY)
    row = loader.rows("entities")[0]
    assert (row["schema"], row["name"], row["seen_on"]) == ("Person", "Ani", date(2026, 1, 2))
    assert json.loads(row["properties"]) == entity["properties"]
    assert report.refused_records == 3
    assert report.not_kept == {"referents": 1}


MAPPING = """
repeats: number
tables:
  - table: people
    key: [name]
    fields:
      name: {from: [peserta], required: true}
      agency_name: {from: [kantor]}
      list_kind: {read: constant, value: official}
"""


def test_a_plain_file_brings_its_own_mapping(loader: Loader) -> None:
    mapping = loader.write("m.yaml", MAPPING)
    path = loader.write("x.csv", "Peserta;Kantor;Lain\nAni;D1;z\nAni;D1;\n")
    report = loader.load("plain", path, mapping=mapping)
    assert (report.kept, report.numbered, report.not_kept) == (2, 1, {"Lain": 1})
    assert loader.column("people", "agency_name") == ["D1", "D1"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("name:", "nama:"), "m.yaml:7: 'nama' is not a column of people"),
        (("key: [name]", "key: [post]"), "'post' is in no field"),
        (("people", "persons"), "'persons' is not one of"),
        (("required: true", "required: maybe"), "expected true or false"),
        (("{from: [kantor]}", "{}"), "a field has 'from'"),
        (("{from: [kantor]}", "{from: [kantor], as: x}"), "unknown key 'as'"),
    ],
)
def test_a_mapping_that_is_wrong_says_file_and_line(
    loader: Loader, change: tuple[str, str], why: str
) -> None:
    path = loader.write("m.yaml", MAPPING.replace(*change, 1))
    with pytest.raises(YamlError) as error:
        sources.with_mapping(sources.sources()["plain"], path)
    assert why in str(error.value)


@pytest.mark.parametrize("code", list(sources.sources()))
def test_each_source_says_whose_it_is_and_has_a_page(code: str) -> None:
    source = sources.sources()[code]
    for said in (source.title, source.publisher, source.licence, source.coverage, source.personal):
        assert said.id
        assert said.en
    assert {a.check for a in source.assertions} >= {"records_at_least", "refused_at_most"}
    root = Path(__file__).resolve().parents[3]
    page = (root / "docs" / "how-to" / "sources" / f"{code}.md").read_text("utf-8")
    assert f"timbang load {code}" in page
    for mapped in source.mappings:
        for field in mapped.fields:
            assert all(f"`{name}`" in page for name in field.names), "run python scripts/sources.py"
    tests = "".join(p.read_text("utf-8") for p in Path(__file__).parent.glob("test_*.py"))
    assert f'load("{code}"' in tests
    assert callable(source.make) or code == "plain"


def test_a_year_that_is_none_is_refused_and_never_kept_as_one(loader: Loader) -> None:
    rows = [
        {"Tahun": "-0001", "Daerah": "Kab. Gresik", "Akun": "PAD", "Anggaran": "1", "Realisasi": "1"},
        {"Tahun": "2022", "Daerah": "Kab. Gresik", "Akun": "PAD", "Anggaran": "1", "Realisasi": "1"},
    ]  # fmt: skip
    report = loader.load("apbd", loader.write("b.csv", csv_of(rows, ";")), accepted=ANY)
    assert report.refusals[0]["why"] == "'Tahun' is empty or not readable: '-9999'"
    assert loader.column("budgets", "year") == [2022]


def test_a_message_shows_the_shape_of_a_cell_and_no_number_of_a_person(loader: Loader) -> None:
    head = "Nama,NIK,Partai,Tahun,Jenis\n"
    formula = '"=""3525010101700001"""'
    text = head + f"Ani,{formula},Partai Contoh,2024,DPRD Provinsi\n"
    text += "Budi,,Partai Contoh,2024,DPRD Provinsi\n"
    loader.load("candidates", loader.write("c.csv", text), accepted=ANY)
    kept = [path.read_bytes() for path in loader.store.folder.rglob("*") if path.is_file()]
    assert any(b"9999999999999999" in content for content in kept)
    assert not any(b"3525010101700001" in content for content in kept)


def test_a_day_of_birth_with_an_hour_gives_the_year(loader: Loader) -> None:
    rows = [
        {"Tahun": "2025", "Nama": "Ani", "Instansi": "Dinas", "Tanggal Lahir": "1975-01-01 00:00:00"},
        {"Tahun": "2025", "Nama": "Budi", "Instansi": "Dinas", "Tanggal Lahir": "02/03/1980"},
        {"Tahun": "2025", "Nama": "Cici", "Instansi": "Dinas", "Tanggal Lahir": "123456789012"},
    ]  # fmt: skip
    loader.load("officials", loader.write("p.csv", csv_of(rows)), accepted=ANY)
    found = {row["name"]: (row["birth_year"], row["doubts"]) for row in loader.rows("people")}
    assert found["Ani"] == (1975, None)
    assert found["Budi"] == (1980, None)
    assert found["Cici"] == (None, "number_odd")


def test_a_region_that_nobody_knows_is_not_the_one_of_the_command(loader: Loader) -> None:
    rows = [
        {"Tahun": "2025", "Nama": "Ani", "Instansi": "Dinas", "Wilayah": "Entah"},
        {"Tahun": "2025", "Nama": "Budi", "Instansi": "Dinas", "Wilayah": ""},
    ]
    path = loader.write("p.csv", csv_of(rows))
    loader.load("officials", path, accepted=ANY, region="32.73")
    found = {
        row["name"]: (row["region_code"], row["region_written"]) for row in loader.rows("people")
    }
    assert found == {"Ani": (None, "Entah"), "Budi": ("32.73", None)}


def test_figures_of_regions_are_kept_in_the_unit_of_their_measure(loader: Loader) -> None:
    def row(region: str, measure: str, value: str, unit: str) -> dict[str, object]:
        return {"Tahun": "2025", "Wilayah": region, "Indikator": measure, "Nilai": value,
                "Satuan": unit, "Penerbit": "BPS"}  # fmt: skip

    rows = [
        row("Pacitan", "Jumlah Penduduk Miskin", "76,93", "Ribu Jiwa"),
        row("Kota Blitar", "Persentase Penduduk Miskin", "7,3", "Persen"),
        row("Blitar", "Persentase Penduduk Miskin", "173", "%"),
        row("Blitar", "Jalan Rusak", "120,5", "Jiwa"),
        row("Blitar", "Indeks Rahasia", "1", "Jiwa"),
        row("Blitar", "Jumlah Penduduk", "", "Jiwa"),
    ]
    loader.load("figures", loader.write("f.csv", csv_of(rows, ";")), accepted=ANY)
    found = {
        (each["region_label"], each["measure"]): each for each in loader.rows("region_figures")
    }
    poor = found["Pacitan", "poor"]
    assert (poor["region_code"], poor["value"], poor["unit"]) == ("35.01", 76_930.0, "people")
    share = found["Kota Blitar", "poor_share"]
    assert (share["region_code"], share["value"], share["unit"]) == ("35.72", 7.3, "percent")
    for measure in ("poor_share", "bad_roads", "Indeks Rahasia"):
        odd = found["Blitar", measure]
        assert odd["value"] is None
        assert "figure_odd" in odd["doubts"].split(",")
    assert "figure_odd" not in found["Blitar", "people"]["doubts"]
    assert found["Blitar", "people"]["region_code"] == "35.05"
