"""What a draft says from facts and norms: of each status its own range, and nothing as proven."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from timbang.accounts.models import Organ
from timbang.cases import drafting, facts
from timbang.cases.drafting import Basis
from timbang.cases.models import Case, DocumentKind
from timbang.cases.vault import Person
from timbang.law.letter_forms import Kind

HANDLED = date(2026, 11, 20)
FACTS: dict[str, object] = {
    "act_on": date(2026, 11, 13),
    "conduct": ["social_media_support", "campaign_team"],
    "object": "candidate",
    "candidates_confirmed_on": date(2026, 8, 24),
    "contest_kind": "governor",
}
PNS = Person("Ana", "Camat", "Kecamatan Satu", "32.04", "PNS")
PPPK = Person("Beni", "Guru", "Sekolah Satu", "32.04", "PPPK")


def basis(people: Sequence[Person], told: dict[str, object] = FACTS) -> Basis:
    found = facts.findings(told, people, decided_on=HANDLED)
    return Basis(Case(number="0001/SATGAS/2026"), people, told, found)


def decided(people: Sequence[Person], kind: DocumentKind = DocumentKind.STUDY) -> tuple[str, ...]:
    return drafting.draft(kind, basis(people)).decides


def test_each_status_has_its_own_range_in_whatever_order_they_stand() -> None:
    for people in ([PNS, PPPK], [PPPK, PNS]):
        [ana] = [line for line in decided(people) if "Ana" in line and "rentang" in line]
        [beni] = [line for line in decided(people) if "Beni" in line and "rentang" in line]
        assert "penurunan jabatan" in ana
        assert "PPPK" not in ana
        assert "aturan disiplin PPPK" in beni
        assert "penurunan jabatan" not in beni
        assert "PP 94/2021" not in beni


def test_several_breaches_give_one_range() -> None:
    ranges = [line for line in decided([PNS]) if "rentang" in line]
    assert len(ranges) == 1
    assert "PP 94/2021 ps 35" in ranges[0]


def test_nothing_is_said_to_be_proven() -> None:
    for line in decided([PNS]):
        assert "jika terbukti" in line or "belum dapat ditentukan" in line


def test_a_recommendation_goes_to_the_authority_of_the_day_of_handling() -> None:
    told = FACTS | {"act_on": date(2023, 12, 1), "candidates_confirmed_on": date(2023, 11, 3)}
    text = drafting.draft(DocumentKind.RECOMMENDATION, basis([PNS], told)).decides[-1]
    assert "merekomendasikan" in text
    assert "KASN" not in text
    before = told | {"decided_on": date(2024, 1, 10)}
    assert "KASN" in drafting.draft(DocumentKind.RECOMMENDATION, basis([PNS], before)).decides[-1]


@pytest.mark.django_db
def test_the_fields_of_a_channel_name_the_norms_of_that_person_only() -> None:
    head = Person("Cici", "Kepala Desa", "Desa Satu", "32.04", "village_head")
    fields = drafting.channel_fields(basis([PNS, head]), (), None, "sbt")
    assert len([value for _label, value in fields if "PP 94/2021" in value]) == 1


@pytest.mark.django_db
def test_a_clearing_names_nobody_beside_the_one_who_is_cleared() -> None:
    cover = drafting.Cover(Kind.CLOSING_NOT_PROVEN, dated_on=HANDLED, about=frozenset({1}))
    made = drafting.letter(
        cover, basis([PNS, PPPK]), organ=Organ(name="Bawaslu"),
        study=None, recommendation=None, exhibits=(),
    )  # fmt: skip
    assert [person.name for person in made.reported] == ["Beni"]
