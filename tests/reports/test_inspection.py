"""The copy that officers look at tells nothing beside picture and text; the reporter is warned."""

from __future__ import annotations

import io

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, PngImagePlugin

from timbang.reports import inspection

SECRET = "Samsung-SM-RAHASIA"


def photo(kind: str = "JPEG", *, size: tuple[int, int] = (40, 30), secret: str = SECRET) -> bytes:
    picture = Image.new("RGB", size, (200, 30, 30))
    exif = picture.getexif()
    exif[ExifTags.Base.Model] = secret
    exif[ExifTags.Base.Artist] = "Siti " + secret
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2027:02:01 10:11:12"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (6.0, 54.0, 1.5)
    out = io.BytesIO()
    picture.save(out, kind, exif=exif, **({"comment": secret.encode()} if kind == "JPEG" else {}))
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_says_what_it_holds_and_its_copy_holds_only_pixels(kind: str) -> None:
    data = photo(kind)
    assert SECRET.encode() in data  # the original really holds it
    seen = inspection.inspect(data)
    assert {"gps", "camera", "author", "time"} <= set(seen.found)
    assert seen.copy is not None
    assert SECRET.encode() not in seen.copy
    with Image.open(io.BytesIO(seen.copy)) as copy:
        assert copy.size == (40, 30)
        assert not copy.getexif() and "comment" not in copy.info
        red, green, _blue = copy.convert("RGB").getpixel((20, 15))  # type: ignore[misc]
        assert red > 180 and green < 60


def test_a_photo_lying_on_its_side_stands_upright_in_the_copy() -> None:
    picture = Image.new("RGB", (40, 30))
    exif = picture.getexif()
    exif[ExifTags.Base.Orientation] = 6
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    seen = inspection.inspect(out.getvalue())
    with Image.open(io.BytesIO(seen.copy or b"")) as copy:
        assert copy.size == (30, 40)


def test_text_in_a_png_is_found_and_gone() -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", SECRET)
    words.add_itxt("XML:com.adobe.xmp", f"<x>{SECRET}</x>")
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG", pnginfo=words)
    seen = inspection.inspect(out.getvalue())
    assert "author" in seen.found
    assert seen.copy is not None and SECRET.encode() not in seen.copy


def test_a_plain_picture_holds_nothing_hidden() -> None:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    assert inspection.inspect(out.getvalue()).found == ()


def test_a_picture_of_enormous_size_costs_no_memory_and_gets_no_copy() -> None:
    # A PNG that says that it has 60,000 x 60,000 pixels: a decompression bomb.
    import struct
    import zlib

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
    seen = inspection.inspect(data)
    assert seen.copy is None
    assert set(seen.found) & {"too_many_pixels", "unreadable"}


def test_a_large_jpeg_gets_a_smaller_copy_as_far_as_an_eighth(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = io.BytesIO()
    Image.new("RGB", (16_000, 100)).save(out, "JPEG")
    monkeypatch.setattr(inspection, "MOST_PIXELS", 20_000)
    seen = inspection.inspect(out.getvalue())
    assert (seen.copy, seen.found) == (None, ("too_many_pixels",))
    monkeypatch.setattr(inspection, "MOST_PIXELS", 30_000)
    with Image.open(io.BytesIO(inspection.inspect(out.getvalue()).copy or b"")) as copy:
        assert copy.size == (2000, 13)


def document(secret: str = SECRET) -> bytes:
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    pdf.docinfo["/Author"] = secret
    pdf.docinfo["/Creator"] = "Pengolah kata"
    with pdf.open_metadata() as xmp:
        xmp["dc:creator"] = [secret]
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{secret}')")
    pdf.attachments["rahasia.txt"] = secret.encode()
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, T=secret, M="D:20270201",
        Contents="isi catatan", Rect=[0, 0, 9, 9],
    )  # fmt: skip
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9],
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=f"https://example.invalid/{secret}"),
    )  # fmt: skip
    page.Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(note), link]))
    picture = pdf.make_stream(photo(secret=secret))
    picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    picture.Width, picture.Height = 40, 30
    picture.ColorSpace, picture.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
    picture.Filter = pikepdf.Name.DCTDecode
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
    page.Contents = pdf.make_stream(b"q 40 0 0 30 0 0 cm /Im0 Do Q")
    out = io.BytesIO()
    pdf.save(out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def everything_in(data: bytes) -> bytes:
    """All bytes of a PDF, uncompressed, so that nothing can hide in a stream."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        out = io.BytesIO()
        pdf.save(
            out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )  # fmt: skip
        return out.getvalue()


def test_a_pdf_says_what_it_holds_and_its_copy_holds_pages_only() -> None:
    data = document()
    assert data.count(SECRET.encode()) >= 6
    seen = inspection.inspect(data)
    assert {"author", "software", "actions", "embedded_files", "notes", "other"} <= set(seen.found)
    assert seen.copy is not None
    whole = everything_in(seen.copy)
    assert SECRET.encode() not in whole
    assert b"isi catatan" in whole  # what the note says is content, not metadata
    with pikepdf.open(io.BytesIO(seen.copy)) as copy:
        assert len(copy.pages) == 1
        stream = copy.pages[0].Resources.XObject.Im0.read_raw_bytes()
    with Image.open(io.BytesIO(stream)) as picture:
        assert picture.size == (40, 30) and not picture.getexif()


def test_a_locked_pdf_says_that_nobody_looked_inside() -> None:
    out = io.BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    seen = inspection.inspect(out.getvalue())
    assert (seen.found, seen.copy) == (("encrypted",), None)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"PK\x03\x04 a document", "not_looked_into"),
        (b"plain words", "not_looked_into"),
        (b"%PDF-1.7 broken", "unreadable"),
        (b"\xff\xd8\xff\xe0 broken", "unreadable"),
        (b"\x89PNG\r\n\x1a\n", "unreadable"),
    ],
)
def test_what_cannot_be_read_is_said_and_has_no_copy(data: bytes, found: str) -> None:
    seen = inspection.inspect(data)
    assert (seen.found, seen.copy) == ((found,), None)


@given(
    st.binary(max_size=300),
    st.sampled_from([b"\xff\xd8\xff", b"%PDF-1.4\n", b"\x89PNG\r\n\x1a\n", b"GIF89a"]),
)
def test_a_hostile_file_raises_nothing(rest: bytes, start: bytes) -> None:
    inspection.inspect(start + rest)


@given(st.binary(max_size=200))
def test_cutting_metadata_out_of_bytes_that_are_no_photo_changes_nothing(data: bytes) -> None:
    if not data.startswith(b"\xff\xd8"):
        assert inspection.without_jpeg_metadata(data) == data


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../x", "x"), ("a\\b\\c.pdf", "c.pdf"), ("", "file"), ("..", "file"), ("   ", "file"),
        ("foto\u202egpj.exe", "foto gpj.exe"), ("a\x00b\nc", "a b c"), ("...hidden", "hidden"),
    ],
)  # fmt: skip
def test_a_file_name_becomes_harmless_text(name: str, clean: str) -> None:
    assert inspection.clean_name(name) == clean


@given(st.text(max_size=5000))
def test_a_file_name_is_short_printable_and_of_one_line(name: str) -> None:
    clean = inspection.clean_name(name)
    assert 1 <= len(clean) <= inspection.NAME_LIMIT
    assert "/" not in clean and "\\" not in clean
    assert clean.replace(" ", "").isprintable()
