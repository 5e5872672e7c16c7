"""Check a packaged case file. Standard library only: Python 3.9 or later and this file suffice.

    python check.py FILE.zip [--key VKEY]

What is checked: every file is there and unchanged (SHA-256); every line of the journal and every
link of custody is what its opening says; every opening leads to its leaf; every leaf stands in the
log under one checkpoint (RFC 6962), which the key has signed (Ed25519). Take the key from the
public page of the log, not from the package: who made the package could have put any key into it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
import zipfile
from typing import Any

FORMAT = "timbang case package 1"
DASH = "\u2014 "

# Ed25519, RFC 8032 section 6, verification only: slow, and nothing here is secret.
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


def _add(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(number: int, point: Point) -> Point:
    found: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = _add(found, point)
        point, number = _add(point, point), number >> 1
    return found


def _same(p: Point, q: Point) -> bool:
    return not ((p[0] * q[2] - q[0] * p[2]) % P or (p[1] * q[2] - q[1] * p[2]) % P)


def _x_of(y: int, sign: int) -> int | None:
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (not x and sign):
        return None
    return P - x if x & 1 != sign else x


def _point(data: bytes) -> Point | None:
    number = int.from_bytes(data, "little")
    y = number & ((1 << 255) - 1)
    x = _x_of(y, number >> 255)
    return None if x is None else (x, y, 1, x * y % P)


def signed_by(public: bytes, text: bytes, signature: bytes) -> bool:
    """Whether this Ed25519 key signed this text."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, r = _point(public), _point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    y = 4 * pow(5, P - 2, P) % P
    x = _x_of(y, 0)
    if key is None or r is None or x is None or s >= Q:
        return False
    hashed = hashlib.sha512(signature[:32] + public + text).digest()
    challenge = int.from_bytes(hashed, "little") % Q
    return _same(_times(s, (x, y, 1, x * y % P)), _add(r, _times(challenge, key)))


class Wrong(ValueError):
    """Something does not fit; says what."""


def leaf_of(opening: dict[str, Any]) -> bytes:
    """SHA-256(salt || canonical JSON of act, body and day)."""
    content = {"act": opening["act"], "body": opening["body"], "on": opening["on"]}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(bytes.fromhex(opening["salt"]) + text.encode()).digest()


def root_of(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """The root to which a leaf and its path lead (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size:
        raise Wrong("the index lies outside the tree")
    found, last = hashlib.sha256(b"\x00" + leaf).digest(), size - 1
    for step in path:
        if last == 0:
            raise Wrong("the path is too long")
        if index & 1 or index == last:
            found = hashlib.sha256(b"\x01" + step + found).digest()
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            found = hashlib.sha256(b"\x01" + found + step).digest()
        index, last = index >> 1, last >> 1
    if last:
        raise Wrong("the path is too short")
    return found


def read_key(vkey: str) -> tuple[str, bytes, bytes]:
    """Name, hash and public bytes of a key written name+hash+base64."""
    name, hashed, text = vkey.strip().split("+", 2)
    raw = base64.b64decode(text)
    if raw[:1] != b"\x01" or hashlib.sha256(name.encode() + b"\n" + raw).hexdigest()[:8] != hashed:
        raise Wrong("the key is not a whole Ed25519 key: copied incompletely?")
    return name, bytes.fromhex(hashed), raw[1:]


def check_note(note: str, vkey: str) -> tuple[int, bytes]:
    """Size and root of a checkpoint that this key signed."""
    name, hashed, public = read_key(vkey)
    text, _gap, lines = note.rpartition("\n\n")
    text += "\n"
    for line in lines.splitlines():
        signer, _space, encoded = line[len(DASH) :].partition(" ")
        raw = base64.b64decode(encoded)
        ours = signer == name and raw[:4] == hashed
        if ours and signed_by(public, text.encode(), raw[4:]):
            origin, size, root = text.split("\n")[:3]
            if origin != name:
                raise Wrong("the checkpoint is of another log")
            return int(size), base64.b64decode(root)
    raise Wrong("the checkpoint is not signed by this key")


class Package:
    """A package that is being checked; `problems` grows, `notes` says what is not proved."""

    def __init__(self, file: str, vkey: str | None) -> None:
        self.zip = zipfile.ZipFile(file)
        self.problems: list[str] = []
        self.notes: list[str] = []
        self.proved = 0
        self.trusted = vkey is not None
        self.heads: dict[str, tuple[int, bytes]] = {}
        self.manifest = self._json("manifest.json")
        self.vkey = vkey or self._text("log/key.txt").strip()

    def _text(self, name: str) -> str:
        return self.zip.read(name).decode()

    def _json(self, name: str) -> Any:
        return json.loads(self._text(name))

    @property
    def digest(self) -> str:
        """SHA-256 of the manifest: it stands for every byte of the package."""
        return hashlib.sha256(self.zip.read("manifest.json")).hexdigest()

    def check(self) -> None:
        """Everything; nothing is believed that was not checked before."""
        if self.manifest.get("format") != FORMAT:
            raise Wrong(f"not a {FORMAT}")
        self._files()
        if not self.problems:
            self._log()

    def _files(self) -> None:
        told = self.manifest["files"]
        here = [name for name in self.zip.namelist() if name != "manifest.json"]
        if len(here) != len(set(here)):
            self.problems.append("a file stands twice in the package")
        for name in sorted(set(told) - set(here)):
            self.problems.append(f"{name}: is missing")
        for name in here:
            if name not in told:
                self.problems.append(f"{name}: is not in the manifest")
            elif hashlib.sha256(self.zip.read(name)).hexdigest() != told[name]:
                self.problems.append(f"{name}: was changed")

    def _log(self) -> None:
        for line in self._json("journal.json"):
            self._try(f"journal line {line['version']}", line, self._journal)
        for chain in self._json("custody.json"):
            for link in chain["links"]:
                self._try(
                    f"custody of exhibit {chain['exhibit']}, {link['place']}", link, self._link
                )
        if not self.trusted:
            self.notes.append(f"checked with the key in the package itself: {self.vkey}")

    def _try(self, what: str, row: dict[str, Any], check: Any) -> None:
        try:
            if row["entry"] is None:
                self.notes.append(f"{what}: its opening was erased; only its leaf stays")
                return
            opening = self._json(f"log/{row['entry']}.opening.json")
            check(row, opening)
            proof = f"log/{row['entry']}.proof.txt"
            if proof not in self.manifest["files"]:
                self.notes.append(f"{what}: not in the log yet when the package was made")
                return
            self._proof(self._text(proof), leaf_of(opening))
            self.proved += 1
        except (Wrong, KeyError, ValueError, TypeError) as error:
            self.problems.append(f"{what}: {error}")

    def _journal(self, line: dict[str, Any], opening: dict[str, Any]) -> None:
        body, case = opening["body"], self._json("case.json")
        told = {"version": body["version"], "step": body["step"], "outcome": body["outcome"]}
        told |= {"done_on": body["done_on"], "recorded_on": opening["on"]}
        mine = {name: line[name] for name in told}
        if body["case"] != case["id"] or opening["act"] != f"case.{line['act']}" or told != mine:
            raise Wrong("is not what its entry in the log says")

    def _link(self, link: dict[str, Any], opening: dict[str, Any]) -> None:
        if link["hash"] not in opening["body"].values():
            raise Wrong("its hash is not in its entry in the log")

    def _proof(self, text: str, leaf: bytes) -> None:
        head, _gap, note = text.partition("\n\n")
        lines = head.split("\n")
        if base64.b64decode(lines[1].removeprefix("extra ")) != leaf:
            raise Wrong("its opening leads to another leaf")
        if note not in self.heads:
            self.heads[note] = check_note(note, self.vkey)
        size, root = self.heads[note]
        index = int(lines[2].removeprefix("index "))
        if root_of(leaf, index, size, [base64.b64decode(line) for line in lines[3:]]) != root:
            raise Wrong("its path does not lead to the signed root")


def say(line: object) -> None:
    """To whoever runs this file by hand."""
    sys.stdout.write(f"{line}\n")


def main(arguments: list[str]) -> int:
    """Print what was found; 0 when everything fits."""
    if not arguments or len(arguments) not in (1, 3) or arguments[1:2] not in ([], ["--key"]):
        say(__doc__)
        return 2
    try:
        package = Package(arguments[0], arguments[2] if len(arguments) == 3 else None)
        package.check()
    except (Wrong, KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        say(f"wrong: {error}")
        return 1
    for note in package.notes:
        say(f"note: {note}")
    for problem in package.problems:
        say(f"wrong: {problem}")
    if package.problems:
        return 1
    count = len(package.manifest["files"])
    say(f"ok: {count} files, {package.proved} entries proved; manifest {package.digest}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
