"""Who may be named: firms and offices, and no person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timbang.publication.explorer import naming


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("PT. Karang Maju", "PT. Karang Maju"),
        ("CV.MITRA", "CV.MITRA"),
        ("P.T. Karang", "P.T. Karang"),
        ("cv.mulya karya", "cv.mulya karya"),
        ("Karang Maju, PT", "Karang Maju, PT"),
        ("PT Karang (Persero) Tbk", "PT Karang (Persero) Tbk"),
        ("Koperasi Sagara", "Koperasi Sagara"),
        ("PT Karang (Melati Samudra)", "PT Karang"),
        ("CV Karang a.n. Melati Samudra", "CV Karang a.n. […]"),
        ("Melati Samudra", None),
        ("Melati Samudra, PT Karang Maju", None),
        ("UD Sagara", None),
        ("Toko Sagara", None),
        ("Ptolemeus Samudra", None),
        ("", None),
        (None, None),
    ],
)
def test_a_supplier_is_named_where_its_name_says_a_legal_form(
    written: str | None, shown: str | None
) -> None:
    assert naming.firm(written) == shown


def test_writings_of_one_firm_are_alike() -> None:
    assert naming.alike("PT. Karang Maju") == naming.alike("P.T. KARANG  MAJU")
    assert naming.alike("PT Karang Maju") != naming.alike("CV Karang Maju")


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Honor a.n. Melati Samudra, Mei", "Honor a.n. […], Mei"),
        ("Honor A.N Melati Samudra", "Honor A.N […]"),
        ("Belanja jasa an. Melati", "Belanja jasa an. […]"),
        ("Tenaga ahli atas nama Melati (tahap 2)", "Tenaga ahli atas nama […](tahap 2)"),
        ("Sewa rumah Sdri. Melati", "Sewa rumah Sdri. […]"),
        ("hubungi 0812-3456-7890", "hubungi […]"),
        ("NIP 198403122010011004", "NIP […]"),
        ("surel melati@contoh.id", "surel […]"),
        ("Rumah Sakit dr. Sagara, kesehatan ibu dan anak", "Rumah Sakit dr. Sagara, kesehatan ibu dan anak"),
        ("Jalan\n 12 km", "Jalan 12 km"),
    ],
)  # fmt: skip
def test_a_title_is_shown_without_names_that_it_announces_and_without_numbers(
    title: str, shown: str
) -> None:
    assert naming.shown_text(title) == shown


@given(st.text(max_size=60))
def test_nothing_that_looks_like_a_number_of_a_person_passes(text: str) -> None:
    shown = naming.shown_text(f"{text} 3273012345678901 {text}")
    assert "3273012345678901" not in shown


@given(st.text(alphabet=st.characters(categories=["L", "Zs"]), max_size=40))
def test_no_name_without_a_form_is_shown(name: str) -> None:
    words = {word.upper() for word in name.split()}
    if not words & (naming.FIRST | naming.LAST):
        assert naming.firm(name) is None
