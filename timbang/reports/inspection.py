"""What a file tells beside its picture or text, and a working copy that no longer tells it.

The original is never changed: it is evidence, and stays sealed. Officers look at the copy. The
reporter is told what was found *before* he sends, because some of it may name him.

Pictures are drawn anew from their pixels; PDFs lose document information, XMP, actions, scripts,
embedded files, and the metadata of the photos inside them. Other kinds are not looked into.
"""

from __future__ import annotations

import io
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf
    from PIL import Image

# What may be found; the words for them are in `wording`.
FOUND = (
    "gps", "camera", "serial", "time", "author", "software", "title", "comment", "thumbnail",
    "other", "embedded_files", "actions", "notes", "encrypted", "animation", "unreadable",
    "too_many_pixels", "not_looked_into",
)  # fmt: skip
NAME_LIMIT = 120
MOST_PIXELS = 40_000_000
MOST_PDF_OBJECTS = 200_000
MOST_PDF_DEPTH = 50
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_DCT_MARKERS_KEPT = {0xE0, 0xEE}  # JFIF and Adobe: without them colours change

# One picture at a time and process: a flood of large pictures waits instead of taking all memory.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Inspected:
    """What was found (codes of FOUND), and the working copy, if there is one, with its type."""

    media_type: str
    found: tuple[str, ...]
    copy: bytes | None = None
    copy_type: str = ""


def clean_name(name: str) -> str:
    """A file's name as harmless text: no folders, no control or direction-changing characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in last[:4000])
    plain = " ".join(plain.split()).strip(". ")
    if len(plain) > NAME_LIMIT:
        head, dot, tail = plain.rpartition(".")
        tail = dot + tail if head and len(tail) <= 8 else ""
        plain = plain[: NAME_LIMIT - len(tail) - 1] + "…" + tail
    return plain or "file"


def inspect(data: bytes) -> Inspected:
    """Look into a file, by its first bytes and never by its name. A hostile file raises nothing."""
    kind = _kind(data)
    look = {"image": _image, "pdf": _pdf}.get(kind)
    if look is None:
        return Inspected("application/octet-stream", ("not_looked_into",))
    media_type = "application/pdf" if kind == "pdf" else "application/octet-stream"
    with _one_at_a_time:
        try:
            return look(data)
        except Exception:  # noqa: BLE001 - the parsers raise anything; a bad file costs no report
            return Inspected(media_type, ("unreadable",))


def _kind(data: bytes) -> str:
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")):
        return "image"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image"
    return "pdf" if b"%PDF-" in data[:1024] else "other"


# Pictures


def _image(data: bytes) -> Inspected:
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
        media_type = Image.MIME[picture.format or "PNG"]
        found = tuple(dict.fromkeys(_found_in_picture(picture)))
        if not _shrinks_to_fit(picture):
            return Inspected(media_type, (*found, "too_many_pixels"))
        upright = ImageOps.exif_transpose(picture)
        return Inspected(media_type, found, *_redrawn(upright, jpeg=picture.format == "JPEG"))


def _shrinks_to_fit(picture: Image.Image) -> bool:
    """Whether the pixels fit into memory; a JPEG may be decoded at a half, quarter or eighth."""
    width, height = picture.size
    for part in (1, 2, 4, 8):
        if width * height <= MOST_PIXELS * part * part:
            if part > 1 and picture.format == "JPEG":
                picture.draft("RGB", (width // part, height // part))
            break
    width, height = picture.size
    return width * height <= MOST_PIXELS


def _redrawn(picture: Image.Image, *, jpeg: bool) -> tuple[bytes, str]:
    """The pixels and nothing else: a new picture has no metadata to forget."""
    from PIL import Image

    if jpeg:
        mode = "L" if picture.mode == "L" else "RGB"
    else:
        mode = "RGBA" if picture.has_transparency_data else "RGB"
    pixels = picture.convert(mode)
    fresh = Image.frombytes(mode, pixels.size, pixels.tobytes())
    out = io.BytesIO()
    fresh.save(out, "JPEG" if jpeg else "PNG", **({"quality": 90} if jpeg else {}))
    return out.getvalue(), "image/jpeg" if jpeg else "image/png"


def smaller(copy: bytes, most: int) -> bytes:
    """A working copy of a picture as JPEG, neither wider nor higher than this many pixels."""
    from PIL import Image

    with _one_at_a_time, Image.open(io.BytesIO(copy), formats=("JPEG", "PNG")) as picture:
        picture.draft("RGB", (most, most))
        picture.thumbnail((most, most))
        page = Image.new("RGB", picture.size, "white")
        if picture.has_transparency_data:
            page.paste(picture, mask=picture.convert("RGBA"))
        else:
            page.paste(picture)
        out = io.BytesIO()
        page.save(out, "JPEG", quality=82)
    return out.getvalue()


_EXIF_CODES = {
    271: "camera", 272: "camera", 305: "software", 306: "time", 315: "author", 33432: "author",
    270: "comment", 40091: "title", 40092: "comment", 40093: "author", 37510: "comment",
    36867: "time", 36868: "time", 42032: "author", 42033: "serial", 42035: "camera",
    42036: "camera", 42037: "serial", 37500: "other", 42016: "serial",
}  # fmt: skip
_INFO_CODES = {
    "comment": "comment", "Comment": "comment", "Description": "comment", "Author": "author",
    "Title": "title", "Software": "software", "Creation Time": "time", "photoshop": "other",
    "xmp": "other", "XML:com.adobe.xmp": "other", "Source": "camera", "Copyright": "author",
}  # fmt: skip


def _found_in_picture(picture: Image.Image) -> Iterator[str]:
    exif = picture.getexif()
    if exif.get_ifd(0x8825):
        yield "gps"
    for tag in (*exif, *exif.get_ifd(0x8769)):
        if tag in _EXIF_CODES:
            yield _EXIF_CODES[tag]
    if exif.get_ifd(1):
        yield "thumbnail"
    for key in picture.info:
        if key in _INFO_CODES:
            yield _INFO_CODES[key]
    if getattr(picture, "n_frames", 1) > 1:
        yield "animation"


# PDF


def _pdf(data: bytes) -> Inspected:
    import pikepdf

    try:
        document = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        return Inspected("application/pdf", ("encrypted",))
    with document:
        if len(document.objects) > MOST_PDF_OBJECTS:
            return Inspected("application/pdf", ("unreadable",))
        found = [*_document_information(document), *_catalogue(document), *_objects(document)]
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    return Inspected(
        "application/pdf", tuple(dict.fromkeys(found)), out.getvalue(), "application/pdf"
    )


_PDF_INFORMATION = {
    "/Author": "author", "/Title": "title", "/Subject": "title", "/Keywords": "comment",
    "/Creator": "software", "/Producer": "software", "/CreationDate": "time", "/ModDate": "time",
}  # fmt: skip


def _document_information(document: pikepdf.Pdf) -> Iterator[str]:
    if "/Info" in document.trailer:
        for key in document.docinfo:
            yield _PDF_INFORMATION.get(str(key), "other")
        del document.docinfo


def _catalogue(document: pikepdf.Pdf) -> Iterator[str]:
    """What opens, runs or carries something, at the root of the document."""
    codes = {"/OpenAction": "actions", "/AA": "actions", "/Metadata": "other", "/AF":
             "embedded_files", "/Collection": "embedded_files", "/PieceInfo": "other"}  # fmt: skip
    for key, code in codes.items():
        if key in document.Root:
            yield code
            del document.Root[key]
    names = document.Root.get("/Names")
    for key, code in (("/EmbeddedFiles", "embedded_files"), ("/JavaScript", "actions")):
        if names is not None and key in names:
            yield code
            del names[key]
    form = document.Root.get("/AcroForm")
    if form is not None and "/XFA" in form:
        yield "other"
        del form["/XFA"]


def _objects(document: pikepdf.Pdf) -> Iterator[str]:
    """Metadata and actions of every single object: pages, pictures, notes, fields."""
    import pikepdf

    for item in document.objects:
        if isinstance(item, pikepdf.Stream) and _is_photo(item):
            yield from _photo(item)
        for dictionary in _dictionaries(item):
            yield from _dictionary(dictionary)
    for page in document.pages:
        yield from _notes(page.obj)


def _dictionaries(item: Any, depth: int = 0) -> Iterator[Any]:
    """The object and the dictionaries written inside it; what it only refers to comes by itself."""
    import pikepdf

    if depth > MOST_PDF_DEPTH:
        raise ValueError("nested too deeply")
    if isinstance(item, (pikepdf.Stream, pikepdf.Dictionary)):
        yield item
        inner = [item[key] for key in list(item.keys())]
    elif isinstance(item, pikepdf.Array):
        inner = list(item)
    else:
        return
    for value in inner:
        if isinstance(value, (pikepdf.Dictionary, pikepdf.Array)) and not value.is_indirect:
            yield from _dictionaries(value, depth + 1)


# An annotation keeps its appearance; who wrote it and when goes.
_DROPPED = {
    "/Metadata": "other", "/PieceInfo": "other", "/LastModified": "time", "/AA": "actions",
    "/JS": "actions", "/AF": "embedded_files", "/EF": "embedded_files",
}  # fmt: skip
_PINNED = ("/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D")
_UNSAFE_ACTIONS = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition",
    "/URI", "/RichMediaExecute", "/Movie", "/Sound",
}  # fmt: skip


def _dictionary(item: Any) -> Iterator[str]:
    for key, code in _DROPPED.items():
        if key in item:
            yield code
            del item[key]
    action = item.get("/A")
    if _is_dictionary(action) and str(action.get("/S")) in _UNSAFE_ACTIONS:
        yield "actions"
        del item["/A"]


def _notes(page: Any) -> Iterator[str]:
    """Annotations: files pinned to a page go altogether, of notes the author and the time."""
    import pikepdf

    if "/Annots" not in page:
        return
    all_notes = [note for note in page.Annots if _is_dictionary(note)]
    kept = [note for note in all_notes if str(note.get("/Subtype")) not in _PINNED]
    if len(kept) < len(all_notes):
        yield "embedded_files"
    for note in kept:
        # The /T of a form field is the field's name, not a person's.
        author = () if note.get("/Subtype") == "/Widget" else (("/T", "notes"),)
        for key, code in (*author, ("/M", "time"), ("/CreationDate", "time")):
            if key in note:
                yield code
                del note[key]
    page.Annots = pikepdf.Array(kept)


def _is_dictionary(item: Any) -> bool:
    import pikepdf

    return isinstance(item, pikepdf.Dictionary)


def _is_photo(stream: Any) -> bool:
    import pikepdf

    filters = stream.get("/Filter")
    if isinstance(filters, pikepdf.Array):
        return list(filters) == [pikepdf.Name.DCTDecode]
    return bool(filters == pikepdf.Name.DCTDecode)


def _photo(stream: Any) -> Iterator[str]:
    """A photo inside a PDF keeps its own EXIF: cut its metadata segments out, pixels untouched."""
    raw = stream.read_raw_bytes()
    bare = without_jpeg_metadata(raw)
    if bare != raw:
        yield "other"
        stream.write(bare, filter=stream.Filter, decode_parms=stream.get("/DecodeParms"))


def without_jpeg_metadata(data: bytes) -> bytes:
    """A JPEG without its APPn and COM segments, except those that say how colours are stored."""
    if not data.startswith(b"\xff\xd8"):
        return data
    out, at = bytearray(data[:2]), 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if marker == 0xDA or length < 2:  # the pixels begin, or this is no segment
            break
        end = at + 2 + length
        metadata = marker == 0xFE or (0xE0 <= marker <= 0xEF and marker not in _DCT_MARKERS_KEPT)
        if not metadata:
            out += data[at:end]
        at = end
    return bytes(out + data[at:])
