"""Files from strangers: what is refused, where, and that the rest still counts."""

from __future__ import annotations

import gzip
import json
import os
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from timbang.registry import opening
from timbang.registry.opening import BadFile, Record


def records(path: Path, **how: str) -> list[Record]:
    with opening.open_file(path, **how) as opened:
        return list(opened.records)


def write(folder: Path, content: bytes | str, name: str = "file") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_each_line_of_json_is_one_record_with_its_line(tmp_path: Path) -> None:
    found = records(write(tmp_path, '{"a": 1}\n\n{"a": 2}\n'))
    assert [(r.line, r.value) for r in found] == [(1, {"a": 1}), (3, {"a": 2})]


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    assert records(write(tmp_path, b'\xef\xbb\xbf{"a": 1}\n'))[0].value == {"a": 1}
    assert records(write(tmp_path, b"\xef\xbb\xbfa,b\n1,2\n"))[0].value == {"a": "1", "b": "2"}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b'{"a": 1, "a": 2}', "stands twice"),
        (b'{"b": {"a": 1, "a": 2}}', "stands twice"),
        (b'{"a": NaN}', "NaN is not a number"),
        (b'{"a": 1', "not JSON"),
        (b"[1]", "not an object"),
        (b'{"a": 1} x', "something follows"),
        (b'{"a": "\xe9"}', "not UTF-8: byte 0xe9 at place 8"),
        (b'{"a": "\\ud800"}', "half a character"),
        (b'{"a": "x\\u0000y"}', "zero byte"),
        (b'{"a": ' + b"9" * 5000 + b"}", "not readable"),
        (b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deeply"),
    ],
)
def test_a_bad_line_is_refused_and_the_rest_goes_on(tmp_path: Path, line: bytes, why: str) -> None:
    found = records(write(tmp_path, b'{"a": 0}\n' + line + b'\n{"a": 3}\n'))
    assert [r.line for r in found] == [1, 2, 3]
    assert found[1].value is None
    assert why in (found[1].why or "")
    assert found[2].value == {"a": 3}


def test_a_line_that_is_too_long_is_refused_without_being_held(tmp_path: Path) -> None:
    path = tmp_path / "long"
    with path.open("wb") as out:
        out.write(b'{"a": 0}\n{"a": "')
        for _ in range(200):
            out.write(b"x" * (1 << 20))
        out.write(b'"}\n{"a": 2}\n')
    script = (
        "import resource, sys; from pathlib import Path; from timbang.registry import opening;"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss;"
        "found = list(opening.open_file(Path(sys.argv[1])).records);"
        "print([r.line for r in found if r.value], found[1].why);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    said, grown = done.stdout.splitlines()
    assert said == "[1, 3] longer than 16 MB"
    assert int(grown) < 120_000  # kB, of a line of 200 MB


def test_a_package_is_read_record_by_record(tmp_path: Path) -> None:
    package = {
        "publisher": {"name": "Kota Contoh"},
        "releases": [{"ocid": str(n), "text": "}],{[" * 50} for n in range(40_000)],
        "license": "after",
    }
    path = write(tmp_path, json.dumps(package, indent=1))
    with opening.open_file(path) as opened:
        found = list(opened.records)
    assert opened.format == "json"
    assert opened.about == {"publisher": {"name": "Kota Contoh"}}
    assert [r.value["ocid"] for r in found if r.value] == [str(n) for n in range(40_000)]
    assert (found[0].line, found[1].line) == (6, 10)


def test_a_list_of_objects_is_read_and_what_is_no_object_is_refused(tmp_path: Path) -> None:
    found = records(write(tmp_path, '[{"a": 1}, 5, {"a": "é"}]'))
    assert [r.value for r in found] == [{"a": 1}, None, {"a": "é"}]


def test_a_bad_object_of_a_list_is_refused_alone_with_its_line(tmp_path: Path) -> None:
    items = ['{"a": 1}', '{"a": 1, "a": 2}', '{"b": {"c": NaN}}', '{"a": "\\ud800"}', '{"a": 5}']
    found = records(write(tmp_path, "[\n" + ",\n".join(items) + "\n]"))
    assert [(r.line, r.value is None) for r in found] == [
        (2, False), (3, True), (4, True), (5, True), (6, False),
    ]  # fmt: skip
    assert "stands twice" in (found[1].why or "")


def test_an_object_may_lie_across_chunks_wherever_they_are_cut(tmp_path: Path) -> None:
    items = [{"n": n, "text": "é" * (n * 7919 % 60_000)} for n in range(120)]
    text = json.dumps(items, ensure_ascii=False, indent=0)
    found = records(write(tmp_path, text))
    assert [r.value for r in found] == items
    first = [line for line, said in enumerate(text.split("\n"), start=1) if said == "{"]
    assert [r.line for r in found] == first


def test_an_object_without_end_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, '[{"a": "' + "x" * (40 << 20))
    with pytest.raises(BadFile, match="one record longer than 16 MB"):
        records(path)


def test_a_list_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="not UTF-8: byte 0xe9"):
        records(write(tmp_path, b'[{"a": 1}, {"a": "\xe9"}]'))


def test_packages_one_a_line_stay_lines(tmp_path: Path) -> None:
    found = records(write(tmp_path, '{"releases": [{"ocid": "1"}]}\n{"releases": []}\n'))
    assert len(found) == 2


@pytest.mark.parametrize("cut", [30, 60, 90])
def test_a_package_that_breaks_off_is_refused(tmp_path: Path, cut: int) -> None:
    text = json.dumps({"releases": [{"ocid": f"{n:04}"} for n in range(9)]})
    with pytest.raises(BadFile, match=r"breaks off|nothing in it"):
        records(write(tmp_path, text[:cut]))


def test_gz_and_zip_are_opened_by_what_is_in_them(tmp_path: Path) -> None:
    packed = write(tmp_path, gzip.compress(b'{"a": 1}\n'), "no-name")
    assert records(packed)[0].value == {"a": 1}
    with zipfile.ZipFile(tmp_path / "x", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside.csv", "a\n1\n")
    assert records(tmp_path / "x")[0].value == {"a": "1"}


def test_a_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    path = tmp_path / "bomb.gz"
    with gzip.open(path, "wb", compresslevel=9) as out:
        for _ in range(300):
            out.write(b" " * (1 << 20))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(BadFile, match=r"nothing in it|bomb"):
        records(path)
    line = b'{"a": "' + b"x" * 1000 + b'"}\n'
    with gzip.open(path, "wb", compresslevel=9) as out:
        for _ in range(300):
            out.write(line * 1024)
    times = pytest.raises(BadFile, match="more than 200 times its size")
    with times, opening.open_file(path) as opened:
        for _ in opened.records:
            pass
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


def test_archives_of_several_files_and_workbooks_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "two", "w") as archive:
        archive.writestr("a", "1")
        archive.writestr("b", "2")
    with pytest.raises(BadFile, match="a zip with 2 files"):
        opening.open_file(tmp_path / "two")
    with zipfile.ZipFile(tmp_path / "book", "w") as archive:
        archive.writestr("xl/workbook.xml", "1")
    with pytest.raises(BadFile, match="an Excel workbook; save its sheet as CSV"):
        opening.open_file(tmp_path / "book")
    inner = gzip.compress(gzip.compress(b'{"a": 1}\n'))
    with pytest.raises(BadFile, match="archive within an archive"):
        opening.open_file(write(tmp_path, inner, "nested"))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [(6, 1, "a zip with a password; unpack it first"), (8, 9, "a method that is not read here")],
    ids=["password", "deflate64"],
)
def test_a_zip_that_cannot_be_unpacked_says_why(
    tmp_path: Path, field: int, value: int, said: str
) -> None:
    """`field`: where the local header has it; in the directory it lies two bytes further."""
    with zipfile.ZipFile(tmp_path / "x", "w") as archive:
        archive.writestr("inside.csv", "a\n1\n")
    content = bytearray((tmp_path / "x").read_bytes())
    content[field] = content[content.index(b"PK\x01\x02") + field + 2] = value
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(BadFile, match=said):
        opening.open_file(tmp_path / "x")


def test_damaged_archives_say_so(tmp_path: Path) -> None:
    whole = gzip.compress(os.urandom(200_000).hex().encode())
    with pytest.raises(BadFile, match="damaged or break off"):
        records(write(tmp_path, whole[:-20_000]))
    with pytest.raises(BadFile, match=f"near byte {len(whole) // 2:,} of the file"):
        records(write(tmp_path, whole[: len(whole) // 2]))
    broken = bytearray(whole)
    broken[len(whole) // 2] ^= 0xFF
    with pytest.raises(BadFile, match="damaged or break off"):
        records(write(tmp_path, bytes(broken)))


def test_a_file_that_begins_with_many_blanks_says_so_and_not_that_it_is_empty(
    tmp_path: Path,
) -> None:
    blanks = b" \n" * 1_000_000
    for content in (blanks + b'{"a": 1}\n', gzip.compress(blanks + b'{"a": 1}\n')):
        with pytest.raises(BadFile, match="begins with 2,000,000 blanks and empty lines; allowed"):
            opening.open_file(write(tmp_path, content))
    with pytest.raises(BadFile, match="nothing in it"):
        opening.open_file(write(tmp_path, blanks))


@pytest.mark.parametrize(
    ("head", "what"),
    [
        ("a,b\n1,2\n".encode("utf-16"), "UTF-16"),
        ("a,b\n1,2\n".encode("utf-16-le"), "zero bytes"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
        (b"", "empty"),
        (b" \n \n", "nothing in it"),
    ],
)
def test_other_formats_are_named(tmp_path: Path, head: bytes, what: str) -> None:
    with pytest.raises(BadFile, match=what):
        opening.open_file(write(tmp_path, head))


def test_only_plain_files_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BadFile, match="only plain files"):
        opening.open_file(tmp_path / "pipe")
    with pytest.raises(BadFile, match="only plain files"):
        opening.open_file(tmp_path)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_out(tmp_path: Path, separator: str) -> None:
    path = write(tmp_path, f"nama{separator}nilai\nAni{separator}5\n")
    assert records(path)[0].value == {"nama": "Ani", "nilai": "5"}


def test_a_quoted_cell_may_hold_lines_and_the_line_is_that_of_its_record(tmp_path: Path) -> None:
    found = records(write(tmp_path, 'a,b\n"one\ntwo",1\nthree,2\n'))
    assert [(r.line, r.value and r.value["a"]) for r in found] == [(2, "one\ntwo"), (4, "three")]


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1", " =cmd", "\t=1", "+SUM(A1:A9)", "-1+HYPERLINK(A1)", "@SUM(1)", "＝1",
        "-2+3+cmd|' /C calc'!A0", "\ufeff=1",
    ],
)  # fmt: skip
def test_a_formula_in_a_cell_refuses_its_row(tmp_path: Path, cell: str) -> None:
    quoted = '"' + cell + '"'
    found = records(write(tmp_path, f"nama,nilai\nAni,1\n{quoted},2\nBudi,3\n"))
    assert [r.value is None for r in found] == [False, True, False]
    assert "column 'nama' holds a formula" in (found[1].why or "")


@pytest.mark.parametrize(
    "cell", ["- Belanja Modal (lainnya)", "-5", "+62 812", "a=b", "-", "@nama"]
)
def test_what_only_looks_like_a_formula_is_kept(tmp_path: Path, cell: str) -> None:
    assert records(write(tmp_path, f'nama,n\n"{cell}",2\n'))[0].value == {"nama": cell, "n": "2"}


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (b"1", "1 cells where the header has 2"),
        (b"1,2,3", "3 cells where the header has 2"),
        (b"\xe9,2", "not UTF-8"),
        (b"1\x00,2", "zero byte"),
    ],
)
def test_a_bad_row_is_refused_and_the_rest_goes_on(tmp_path: Path, row: bytes, why: str) -> None:
    padding = b"1,2\n" * 20_000  # the zero byte is not in the head of the file
    found = records(write(tmp_path, b"a,b\n" + padding + row + b"\n3,4\n"))
    assert found[20_000].line == 20_002
    assert why in (found[20_000].why or "")
    assert found[20_001].value == {"a": "3", "b": "4"}


def test_another_encoding_has_to_be_said(tmp_path: Path) -> None:
    path = write(tmp_path, "nama,n\nRené,1\n".encode("cp1252"))
    assert records(path)[0].value is None
    assert records(path, encoding="cp1252")[0].value == {"nama": "René", "n": "1"}


def test_a_header_that_says_a_column_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="columns that stand twice: a"):
        records(write(tmp_path, "a,b,a\n1,2,3\n"))


def test_a_quotation_mark_that_never_closes_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"file:3: .*never closed"):
        records(write(tmp_path, 'a,b\n1,2\n"3,4\n5,6\n'))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"releases": [{"a": 1}], "records": [{"a": 2}]}', "'records' follows another list"),
        ('{"releases": [], "n": 1, "releases": [{"a": 2}]}', "'releases' follows another list"),
        ('{\n"releases": [{"a": 1}]}\n{"releases": [{"a": 2}]}', "something follows the list"),
        ('[{"a": 1}]\n[{"a": 2}]', "something follows the list"),
        ('[{"a": 1}]}', "something follows the list"),
        ('{"releases": [{"a": 1}], x}', "not the rest of a package"),
        ('{"releases": [{"a": 1}]', "not the rest of a package"),
        ('{"releases": [{"a": 1}], "n": 1, "n": 2}', "not the rest of a package"),
    ],
)
def test_nothing_that_follows_a_list_is_dropped_in_silence(
    tmp_path: Path, text: str, why: str
) -> None:
    with pytest.raises(BadFile, match=why):
        records(write(tmp_path, text))


def test_what_surrounds_a_list_may_be_long_and_stand_behind_it(tmp_path: Path) -> None:
    package = {"releases": [{"a": 1}, {"a": 2}], "links": ["x" * 200] * 20_000, "records": []}
    assert [r.value for r in records(write(tmp_path, json.dumps(package)))] == package["releases"]


def test_a_megabyte_of_blanks_between_two_objects_is_passed_over(tmp_path: Path) -> None:
    text = '[{"a": 1}' + " \n" * (3 << 19) + ', {"a": 2}]'
    assert [r.line for r in records(write(tmp_path, text))] == [1, 1 + (3 << 19)]


@pytest.mark.parametrize("count", [4_001, 1_500_000])
def test_a_header_of_a_million_columns_is_refused_at_once(tmp_path: Path, count: int) -> None:
    path = write(tmp_path, ",".join(f"k{n}" for n in range(count)) + "\n1\n")
    with pytest.raises(BadFile, match=rf"file:1: {count:,} columns; allowed: 4,000"):
        records(path)


def test_a_header_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="file:1: longer than 16 MB, so no header"):
        records(write(tmp_path, "a" * (17 << 20)))


def test_a_header_whose_quotation_mark_never_closes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="file:1: the header is not readable"):
        records(write(tmp_path, '"a,b\n1,2\n'))


def test_a_record_of_many_long_cells_is_not_held(tmp_path: Path) -> None:
    """Each line and each cell is short enough; together they would fill the memory."""
    path = tmp_path / "wide"
    with path.open("wb") as out:
        out.write(b"a,b,c,d,e,f\n")
        for _ in range(6):
            out.write(b'"' + (b"x" * 1000 + b"\n") * 8_000 + b'",')
        out.write(b"\n")
    with pytest.raises(BadFile, match="one record longer than 32 MB"):
        records(path)


@pytest.mark.parametrize(
    "text",
    ['{"a": -0, "b": 1.0, "c": 0.1, "d": 12345678901234567890123, "e": 1e400, "f": 1E-7}',
     '{"a": {"b": [1, "é", "\\u00e9", true, null, {"c": {}}]}, "": "x"}',
     '{"deep": ' + "[" * 400 + "]" * 400 + "}"],
)  # fmt: skip
def test_the_fast_reader_reads_what_the_slow_one_reads(tmp_path: Path, text: str) -> None:
    found = records(write(tmp_path, text + "\n" + text))[0]
    assert found.value == json.loads(text)
    assert repr(found.value) == repr(json.loads(text)).replace("-0,", "0,")
