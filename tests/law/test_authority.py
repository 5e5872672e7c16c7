"""Whether an act lay within the competence of its office: the table of PP 94/2021 ps 17-23."""

from __future__ import annotations

from datetime import date

import pytest

from timbang.law.authority import of_sanction, of_step
from timbang.law.procedure import procedures

DAY = date(2026, 10, 1)
DISMISSAL = "honourable_dismissal_not_at_own_request"


@pytest.mark.parametrize(
    ("level", "kind", "signer", "post", "government", "verdict", "article"),
    [
        ("sedang", "x", "appointing_officer", "administrator", "regency", "within", "18 ayat (3)"),
        ("sedang", "x", "appointing_officer", "administrator", "province", "beyond", "20"),
        ("ringan", "x", "appointing_officer", "administrator", "regency", "beyond", "20"),
        ("ringan", "x", "punishing_officer", "administrator", "regency", "within", "20"),
        ("berat", "x", "appointing_officer", "jpt_madya", "central", "within", "18 ayat (1)"),
        ("berat", DISMISSAL, "appointing_officer", "jpt_madya", "central", "beyond", "17 ayat (2)"),
        ("berat", "x", "punishing_officer", "jpt_pratama", "province", "beyond", "18 ayat (2)"),
        ("ringan", "x", "appointing_officer", "jpt_utama", "central", "beyond", "17 ayat (1)"),
    ],
)
def test_who_signs_may_impose_what_the_article_gives_him(
    level: str, kind: str, signer: str, post: str, government: str, verdict: str, article: str
) -> None:
    found = of_sanction(
        level=level, kind=kind, signer=signer, on=DAY, status="PNS", post_level=post,
        government_level=government,
    )  # fmt: skip
    assert found.verdict == verdict
    assert any(f"ps {article}" in text for text in found.citations)


def test_what_is_not_known_is_not_guessed() -> None:
    told = {"level": "sedang", "kind": "x", "on": DAY, "status": "PNS"}
    found = of_sanction(signer="appointing_officer", government_level="regency", **told)  # type: ignore[arg-type]
    assert (found.verdict, "post_level" in found.missing) == ("unknown", True)
    assert of_sanction(signer="", **told).verdict == "unknown"  # type: ignore[arg-type]
    moral = of_sanction(level="moral", kind="x", signer="ethics_council", on=DAY)
    assert moral.verdict == "unknown"


def test_whom_the_norm_itself_calls_upon_is_competent() -> None:
    found = of_sanction(
        level="ringan", kind="x", signer="appointing_officer", on=DAY, status="PNS",
        post_level="administrator", government_level="regency", named=("appointing_officer",),
    )  # fmt: skip
    assert found.verdict == "within"


@pytest.mark.parametrize(
    ("organ", "verdict"), [("appointing_officer", "within"), ("bawaslu", "beyond")]
)
def test_a_step_belongs_to_its_actor_and_who_records_for_him(organ: str, verdict: str) -> None:
    found = of_step(procedures()["discipline_pp_94"], "decide", "light", organ)
    assert (found.verdict, found.citations[0][:10]) == (verdict, "PP 94/2021")
    assert of_step(procedures()["discipline_pp_94"], "nowhere", "x", organ).verdict == "unknown"
