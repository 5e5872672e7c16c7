"""How much a part and a paper must say, and what stands twice."""

from __future__ import annotations

from typing import Any

import pytest

from tests.policy import scene
from timbang.policy import papers, parts

NOBODY = {
    "rows": [{"who": "Tidak ada yang diketahui", "how": "Dicari lewat survei di enam kecamatan"}]
}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("x", 0),
        ("x y z a b c d e f", 0),
        ("xxxxx aaa", 0),
        ("kajian kajian Kajian KAJIAN.", 1),
        ("... --- !!!", 0),
        ("UU 23/2014", 2),
        ("1.01.02", 1),
        ("Tidak ada", 2),
        ("Jum'at, 2 kali", 2),
    ],
)
def test_only_different_words_count(text: str, count: int) -> None:
    assert parts.different_words(text) == count


@pytest.mark.parametrize("kind", sorted(scene.PARTS))
def test_a_part_of_single_letters_is_never_complete(kind: str) -> None:
    def letters(value: Any) -> Any:
        if isinstance(value, list):
            return [letters(row) for row in value]
        if isinstance(value, dict):
            return {key: letters(each) for key, each in value.items()}
        return "x"

    assert parts.complete(kind, parts.read(kind, scene.PARTS[kind]))
    fields = (*parts.KINDS[kind].fields, *parts.KINDS[kind].row)
    written = {field.code for field in fields if field.asked in ("text", "line")}
    body = parts.read(kind, scene.PARTS[kind])
    for at in body.get("rows", [body]):
        for code in written:
            kept, at[code] = at[code], letters(at[code])
            assert not parts.complete(kind, body), (kind, code)
            at[code] = kept
    assert parts.complete(kind, body)


def test_every_text_of_a_part_asks_for_words() -> None:
    for kind in parts.KINDS.values():
        for field in (*kind.fields, *kind.row):
            assert (field.words > 0) is (field.asked in ("text", "line")), (kind.code, field.code)


def test_what_is_missing_is_said_with_its_place_and_what_is_allowed() -> None:
    body = parts.read("risks", {"rows": [{"risk": "Makanan basi", "answer": "x"}]})
    (fault,) = parts.faults("risks", body)
    assert fault.en == "row 1, “What is done about it”: 0 different words, 3 at least"
    assert parts.faults("risks", None) == [parts.NOT_WRITTEN]
    assert parts.faults("options", {"rows": []})[0].en == "0 rows, 3 at least"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("loses", NOBODY),
        ("gains", NOBODY),
        ("dissent", {"text": "Dicari pada dua universitas; tidak ada yang berbeda."}),
        (
            "experts",
            {"rows": [{"who": "Universitas Contoh", "field": "Gizi", "interest": "Tidak ada"}]},
        ),
        ("experts", {"rows": [{"who": "Two economists", "field": "Trade", "interest": "None"}]}),
        ("hierarchy", {"rows": [{"norm": "UU 23/2014", "text": "Sejalan"}]}),
    ],
)
def test_an_honest_short_answer_is_complete(kind: str, body: dict[str, Any]) -> None:
    assert parts.complete(kind, parts.read(kind, body))


def test_a_text_stands_in_one_place_of_a_dossier() -> None:
    same = {"text": "Sepuluh kata yang sama di mana-mana, tidak khusus untuk apa pun."}
    bodies = {
        "problem": same | {"since": "Survei sekolah 2025"},
        "dissent": {"text": "SEPULUH kata yang sama di mana-mana tidak khusus untuk apa pun"},
        "review": same,
    }
    found = parts.repeated(bodies)
    assert set(found) == {"dissent", "review"}
    assert "Apa masalahnya" in found["review"][0].id
    assert {"dissent", "review"} <= parts.lacking(bodies).keys()
    two = {"rows": [{"risk": "Banjir besar", "answer": "Diperiksa setiap pagi"}] * 2}
    assert set(parts.repeated({"risks": two})) == {"risks"}


def test_a_source_a_quoted_promise_and_short_words_may_stand_twice() -> None:
    evidence = scene.PARTS["evidence"]["rows"][0]
    bodies = {
        "evidence": {"rows": [evidence, evidence | {"claim": "Kupon ditukar dengan barang lain."}]},
        "proposal": scene.PARTS["proposal"],
        "evaluation": scene.PARTS["evaluation"],
        "hierarchy": {"rows": [{"norm": "UU 23/2014", "text": "Sejalan"}] * 2},
    }
    assert scene.PARTS["evaluation"]["promised"] == scene.PARTS["proposal"]["promised"]
    assert parts.repeated(bodies) == {}


def test_a_part_is_known_by_its_words_not_by_signs_or_case() -> None:
    text = {"text": "Dicari pada dua universitas; tidak ada yang berbeda."}
    known = parts.print_of("dissent", text)
    assert known == parts.print_of("dissent", {"text": f"  {text['text'].upper()}!! "})
    assert known != parts.print_of("dissent", {"text": text["text"] + " Lagi."})
    # The same panel may sit twice.
    assert parts.print_of("experts", scene.PARTS["experts"]) == ""


# --- papers ---------------------------------------------------------------------------------------

PAPER = {
    "title": "Laporan kepada bupati",
    "says": scene.paper("report").says,
    "source": "Arsip dinas, nomor 700/12",
    "url": "",
}


@pytest.mark.parametrize("code", papers.PAPERS)
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": "x"}, "title: 0"),
        ({"title": "Laporan laporan"}, "title: 1"),
        ({"says": ""}, "what it says"),
        ({"says": "Sudah dilaksanakan."}, "what it says"),
        ({"says": "kata " * 40}, "what it says"),
        ({"source": "Arsip dinas"}, "where it can be read"),
        ({"source": "7"}, "where it can be read"),
    ],
)
def test_a_paper_that_says_too_little_pays_nothing(
    code: str, change: dict[str, str], said: str
) -> None:
    assert papers.lacking(code, **PAPER) == []
    (fault,) = papers.lacking(code, **(PAPER | change))
    assert fault.en.startswith(said)


def test_an_address_stands_for_the_number_and_the_same_words_pay_once() -> None:
    unnumbered = PAPER | {"source": "Situs dinas", "url": "https://dinas.example/laporan"}
    assert papers.lacking("audit", **unnumbered) == []
    (fault,) = papers.lacking("audit", **PAPER, before=[PAPER["says"].upper()])
    assert fault == papers.SAID_BEFORE
    # What stands in the dossier itself needs no words about it.
    bare = PAPER | {"says": "", "source": "Berkas ini"}
    assert papers.lacking("study", **bare) == []
    assert papers.lacking("study", **(bare | {"title": "x"})) != []
