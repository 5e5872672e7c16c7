"""Lists of purchases: every filter against a plain count, and pages that follow each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.publication.explorer.conftest import Scene
from timbang.publication.explorer import asking, reading
from timbang.publication.explorer.reading import Explorer, Purchase, Question


@pytest.fixture
def explorer(scene: Scene) -> Iterator[Explorer]:
    with reading.opened(scene.explorer) as found:
        assert found is not None
        yield found


def every(explorer: Explorer) -> list[Purchase]:
    return explorer.purchases(Question(), 1000)


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        (Question(region="32"), lambda p: True),
        (Question(region="32.73"), lambda p: p.region == "32.73"),
        (Question(region="35"), lambda p: False),
        (Question(year="2018"), lambda p: p.year == 2018),
        (Question(year="2019"), lambda p: p.year == 2019),
        (Question(method="open"), lambda p: p.method == "open"),
        (Question(detector="R003"), lambda p: p.leads > 0),
        (Question(detector="any", year="2018"), lambda p: p.leads > 0 and p.year == 2018),
        (Question(election="in"), lambda p: p.election is not None),
        (Question(election="out"), lambda p: p.election is None),
        (Question(election="pemilihan-2018"), lambda p: p.election == "pemilihan-2018"),
        (Question(words="perbaikan JALAN"), lambda p: p.title.startswith("Perbaikan jalan")),
        (Question(words="perba*"), lambda p: p.title.startswith("Perbaikan")),
        (Question(words="perba"), lambda p: False),
        (Question(words="jalan 7"), lambda p: p.title == "Perbaikan jalan 7"),
        (Question(words="gedung"), lambda p: False),
    ],
)
def test_a_question_finds_what_a_plain_look_finds(
    explorer: Explorer, asked: Question, holds: Callable[[Purchase], bool]
) -> None:
    wanted = [each.ocid for each in every(explorer) if holds(each)]
    assert [each.ocid for each in explorer.purchases(asked, 1000)] == wanted
    assert explorer.number(asked) == len(wanted)


@pytest.mark.parametrize("order", reading.ORDERS)
@pytest.mark.parametrize("words", ["", "jalan"])
def test_pages_follow_each_other_and_lose_nothing(
    explorer: Explorer, order: str, words: str
) -> None:
    whole = explorer.purchases(Question(words=words, order=order), 1000)
    paged: list[Purchase] = []
    while True:
        after = (paged[-1].by_value if order == reading.LARGEST else paged[-1].id) if paged else 0
        found = explorer.purchases(Question(words=words, order=order, after=after), 7)
        if not found:
            break
        paged += found
    assert paged == whole
    assert len({each.ocid for each in paged}) == len(whole)


def test_the_newest_and_the_largest_come_first(explorer: Explorer) -> None:
    days = [each.day for each in every(explorer)]
    assert days == sorted(days, reverse=True)  # type: ignore[type-var]
    amounts = [each.amount for each in explorer.purchases(Question(order=reading.LARGEST), 1000)]
    assert amounts == sorted(amounts, reverse=True)  # type: ignore[type-var]
    assert amounts[0] == 7e9  # the contract, not the award


def test_an_office_and_a_firm_can_be_asked_for(explorer: Explorer) -> None:
    [cloud] = [each for each in explorer.agencies() if each.name == "Dinas <Awan>"]
    [found] = explorer.purchases(Question(agency=cloud.key), 50)
    assert found.ocid == "ocds-test-03"
    assert cloud.number == 1
    [(key, name)] = found.suppliers
    assert name == "PT. Karang Maju"
    assert explorer.supplier(key) == name
    assert explorer.number(Question(supplier=key)) == 39


def test_a_supplier_without_a_form_is_not_named(explorer: Explorer) -> None:
    known = explorer.purchase("ocds-test-00")
    assert known is not None
    assert (known[0].suppliers, known[0].withheld) == ((), True)
    [award] = explorer.outcomes(known[0].id)
    assert (award.supplier, award.withheld, award.value) == (None, True, 1e6)


@pytest.mark.parametrize(
    "address",
    [
        {"wilayah": "32.73' OR 1"}, {"instansi": "x"}, {"tahun": "20180"}, {"pemilu": "A B"},
        {"metode": "1"}, {"indikasi": "R003 OR R018"}, {"tahun": '" OR "'},
    ],
)  # fmt: skip
def test_a_filter_of_no_possible_shape_fits_nothing(
    explorer: Explorer, address: dict[str, str]
) -> None:
    asked = asking.read(address)
    assert asked.impossible
    assert asking.not_understood(address) == [f"{k}={v}" for k, v in address.items()]
    assert explorer.number(asked) == 0
    assert explorer.purchases(asked, 5) == []


@pytest.mark.parametrize("address", [{"setelah": "-1"}, {"urut": "sandi"}])
def test_an_order_of_no_possible_shape_is_left_out(address: dict[str, str]) -> None:
    assert asking.read(address) == Question()


@pytest.mark.parametrize(
    "words", ['"', "AND", "a OR b", "NEAR(", "-jalan", "title:x", "*", "jalan*"]
)
def test_no_words_break_the_index(explorer: Explorer, words: str) -> None:
    explorer.purchases(Question(words=words), 5)
    explorer.number(Question(words=words))


def test_a_question_survives_its_address() -> None:
    asked = Question(words="jalan raya", region="32.73", detector="R003", order="nilai", after=9)
    query = asking.query(asked)
    from urllib.parse import parse_qsl

    assert asking.read(dict(parse_qsl(query))) == asked
