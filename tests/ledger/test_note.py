"""Signed notes, against the example of Go's own package (golang.org/x/mod/sumdb/note)."""

from __future__ import annotations

import pytest

from timbang.ledger.note import NoteError, Signer, open_note, parse_private, parse_vkey

VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
SIGNATURE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpR"
    "Zb6KE6RyyBwJnAM=\n"
)
NOTE = f"{TEXT}\n{SIGNATURE}"
OTHER = Signer("EnochRoot", bytes(range(32)))


def test_a_note_of_the_go_package_opens() -> None:
    assert open_note(NOTE, parse_vkey(VKEY)) == TEXT


def test_its_private_key_signs_the_same_bytes() -> None:
    signer = parse_private(PRIVATE)
    assert signer.sign(TEXT) == NOTE
    assert (signer.vkey, signer.private) == (VKEY, PRIVATE)


def test_a_private_key_is_not_shown_in_a_repr() -> None:
    signer = parse_private(PRIVATE)
    assert signer.seed.hex() not in repr(signer)
    assert repr(signer.seed) not in repr(signer)


def test_signatures_of_strangers_are_left_aside() -> None:
    strange = OTHER.sign(TEXT).removeprefix(TEXT + "\n")
    assert open_note(NOTE + strange, parse_vkey(VKEY)) == TEXT
    assert open_note(NOTE + strange, OTHER.verifier) == TEXT


def test_the_text_ends_at_the_last_empty_line() -> None:
    text = "one\n\ntwo\n"
    assert open_note(OTHER.sign(text), OTHER.verifier) == text


@pytest.mark.parametrize(
    ("note", "why"),
    [
        (NOTE.replace("answer", "question"), "does not fit"),
        (NOTE.replace("x08go", "x08gp"), "not signed by"),
        (NOTE.replace("PeterNeumann", "PeterNewmann"), "not signed by"),
        (NOTE + SIGNATURE.replace("ZJkuB", "AJkuB"), "does not fit"),
        (TEXT, "not a signed note"),
        (NOTE[:-1], "not a signed note"),
        (NOTE + "PeterNeumann x08go\n", "not a signature line"),
        (NOTE.replace("PeterNeumann x08", "PeterNeumann !08"), "not base64"),
        (NOTE.replace("JnAM=", "JnAN="), "canonical"),
        (f"{TEXT}\n— PeterNeumann x08g\n", "too short"),
        (NOTE.replace("\n", "\r\n"), "control characters"),
        (NOTE + OTHER.sign("\n").split("\n")[-2].join(["", "\n"]) * 100, "more than"),
        ("", "not a signed note"),
    ],
)
def test_what_is_not_signed_does_not_open(note: str, why: str) -> None:
    with pytest.raises(NoteError, match=why):
        open_note(note, parse_vkey(VKEY))


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "PeterNeumann",
        VKEY.replace("c74f20a3", "c74f20a4"),
        VKEY.replace("c74f20a3", "zzzzzzzz"),
        VKEY[:-1],
        VKEY.replace("PeterNeumann", "Peter Neumann"),
        VKEY.replace("+ARpc", "+AhpC"),
        "+" + VKEY.split("+", 1)[1],
    ],
)
def test_a_damaged_key_is_refused(vkey: str) -> None:
    with pytest.raises(NoteError):
        parse_vkey(vkey)
    with pytest.raises(NoteError):
        parse_private("PRIVATE+KEY+" + vkey)


def test_a_public_key_signs_nothing() -> None:
    with pytest.raises(NoteError, match="starts with"):
        parse_private(VKEY)


@pytest.mark.parametrize("text", ["", "no newline", "tab\t\n"])
def test_only_whole_lines_are_signed(text: str) -> None:
    with pytest.raises(NoteError):
        OTHER.sign(text)
