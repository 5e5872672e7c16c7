"""Takes a name as it was written apart: titles before, the name itself, titles after.

    split("Drs. H. Ahmad Fauzi, M.Si")   before Drs., H.; name Ahmad Fauzi; after M.Si

The surprising fact: lists write titles with and without dots, commas and spaces ("AHMAD FAUZI SSOS
MSI"), and some titles are names too (Mas, Ma, Gus). A form that is also a name counts as a title
only with a dot, after a comma, or beside another title. What was guessed is said in `doubts`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from timbang.law.bilingual import Bilingual
from timbang.registry.names.tables import Meaning, Tables, tables

LONGEST: Final = 300
"""Characters. A longer text is no name but a line that lost its columns."""

_FAST = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,})*\Z")
_UNIT = re.compile(r"([A-Za-z0-9]+)(\.?)")
_QUOTES = re.compile("['`\"\u2018\u2019\u201c\u201d\u02bc\u00b4]")
_BRACKETS = re.compile(r"[(\[{]([^)\]}]*)[)\]}]")
_MOST_PIECES = 4

_EMPTY = Bilingual("Nama kosong", "The name is empty")
_TOO_LONG = Bilingual(
    "Nama lebih panjang dari {most} huruf: {start}...",
    "The name is longer than {most} characters: {start}...",
)
_NO_LATIN = Bilingual(
    "'{text}' tidak memuat nama dalam huruf Latin", "'{text}' holds no name in Latin letters"
)
_COMMA = Bilingual(
    "'{part}' sesudah koma dibaca sebagai bagian nama, bukan gelar",
    "'{part}' after a comma was read as part of the name, not as a title",
)
_SHAPE = Bilingual(
    "'{part}' dibaca sebagai gelar karena bentuknya; tidak ada di tabel",
    "'{part}' was read as a title by its shape; the table lacks it",
)
_DIGITS = Bilingual("Nama memuat angka: {part}", "The name holds digits: {part}")
_LETTER = Bilingual(
    "'{part}' dapat berarti gelar ({words}) atau huruf awal nama",
    "'{part}' may be a title ({words}) or the first letter of a name",
)


class UnreadableName(ValueError):
    """A text that cannot be a name; `message` says why in both languages."""

    def __init__(self, message: Bilingual) -> None:
        super().__init__(str(message))
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


@dataclass(frozen=True, slots=True)
class Title:
    """A title as it was written, and what it means (None: read by its shape)."""

    written: str
    meaning: Meaning | None


@dataclass(frozen=True, slots=True)
class Split:
    """The parts of one name. `core` has the words of the name as written, without particles;
    those from `father` on stand for the father (after bin or binti), None when nobody said so."""

    written: str
    before: tuple[Title, ...]
    core: tuple[str, ...]
    after: tuple[Title, ...]
    father: int | None
    aliases: tuple[tuple[str, ...], ...]
    doubts: tuple[Bilingual, ...]

    @property
    def name(self) -> str:
        return " ".join(self.core)


@dataclass(frozen=True, slots=True)
class _Unit:
    text: str
    dotted: bool

    @property
    def bare(self) -> str:
        return self.text.lower()

    @property
    def written(self) -> str:
        return self.text + ("." if self.dotted else "")


def split(text: str) -> Split:
    """Take a name apart. Raises `UnreadableName` for a text that cannot be a name."""
    known = tables()
    if _FAST.match(text) and len(text) <= LONGEST:
        words = text.split(" ")
        if _plain(words, known):
            return Split(text, (), tuple(words), (), None, (), ())
    return _Splitter(text, known).result()


def _plain(words: Sequence[str], known: Tables) -> bool:
    """No word of it can be a title, a particle or two words in one."""
    bare = [word.lower() for word in words]
    if bare[0] in known.before or bare[-1] in known.after or bare[0] in known.markers:
        return False
    if any("".join(bare[-count:]) in known.after for count in (2, 3) if count < len(bare)):
        return False
    if "".join(bare[:2]) in known.before or len(bare) == 1:
        return len(bare) == 1 and bare[0] not in known.together
    special = known.relations | known.articles | known.aliases
    return not any(word in special or word in known.together for word in bare)


def cleaned(text: str) -> str:
    """Latin letters without accents, quotes or control characters; hyphens become spaces."""
    plain = unicodedata.normalize("NFKD", text)
    kept = "".join(
        " " if char.isspace() or char in "-_/\\" else char
        for char in plain
        if not unicodedata.combining(char) and (char.isspace() or char.isprintable())
    )
    return " ".join(_QUOTES.sub("", kept).split())


class _Splitter:
    def __init__(self, text: str, known: Tables) -> None:
        self.text = text
        self.known = known
        self.doubts: list[Bilingual] = []
        self.after: list[Title] = []
        self.aliases: list[tuple[str, ...]] = []

    def result(self) -> Split:
        text = self._checked()
        text = _BRACKETS.sub(self._bracket, text)
        head, *tail = [part.strip() for part in re.split("[,;]", text)]
        units = _units(head)
        while not units and tail:
            units = _units(tail.pop(0))
        behind = [self._behind_comma(part) for part in tail if part]
        before, units = self._before(units)
        units = self._undotted_after(units, beside=bool(self.after))
        core, father = self._core([*units, *(unit for part in behind for unit in part)])
        if not core:
            core, before = self._nothing_left(before)
        return Split(
            self.text,
            tuple(before),
            tuple(core),
            tuple(self.after),
            father,
            tuple(self.aliases),
            tuple(self.doubts),
        )

    def _checked(self) -> str:
        if len(self.text) > LONGEST:
            raise UnreadableName(_TOO_LONG.format(most=LONGEST, start=self.text[:40]))
        text = cleaned(self.text)
        if not text:
            raise UnreadableName(_EMPTY)
        if not re.search("[A-Za-z]", text):
            raise UnreadableName(_NO_LATIN.format(text=self.text[:40]))
        return text

    def _bracket(self, found: re.Match[str]) -> str:
        units = _units(found[1])
        titles = self._all_titles(units)
        if titles is not None:
            self.after += titles
        elif units:
            self.aliases.append(tuple(unit.text for unit in units))
        return " "

    def _behind_comma(self, part: str) -> list[_Unit]:
        """Titles behind a comma are kept; what is no title comes back as part of the name."""
        units = _units(part)
        titles = self._all_titles(units)
        if titles is not None:
            self.after += titles
            return []
        before, rest = self._before(units)
        if before and not rest:
            self.after += before
            return []
        if any(unit.dotted for unit in units[:-1]) or (len(units) == 1 and units[0].dotted):
            self.doubts.append(_SHAPE.format(part=part))
            self.after.append(Title(part, None))
            return []
        self.doubts.append(_COMMA.format(part=part))
        self.after += before
        return rest

    def _all_titles(self, units: list[_Unit]) -> list[Title] | None:
        """The titles that all the units make up, or None when one is left over."""
        found: list[Title] = []
        start = 0
        while start < len(units):
            for count in range(min(_MOST_PIECES, len(units) - start), 0, -1):
                piece = units[start : start + count]
                meaning = self.known.after.get("".join(unit.bare for unit in piece))
                if meaning is not None:
                    found.append(Title(_written(piece), meaning))
                    start += count
                    break
            else:
                return None
        return found

    def _before(self, units: list[_Unit]) -> tuple[list[Title], list[_Unit]]:
        found: list[Title] = []
        start = 0
        while start < len(units) - 1 or (start < len(units) and not found and len(units) > 1):
            taken = self._title_at(units, start, beside=bool(found))
            if taken is None:
                break
            title, count = taken
            found.append(title)
            start += count
        return found, units[start:]

    def _title_at(
        self, units: list[_Unit], start: int, *, beside: bool
    ) -> tuple[Title, int] | None:
        for count in range(min(_MOST_PIECES, len(units) - start - 1), 0, -1):
            piece = units[start : start + count]
            bare = "".join(unit.bare for unit in piece)
            if count > 1 and bare in self.known.together:
                return None
            meaning = self.known.before.get(bare)
            if meaning is None or (count > 1 and not self._spelt(piece)):
                continue
            dotted = piece[-1].dotted
            if bare in self.known.also_names_before and not (dotted or beside):
                continue
            if len(bare) == 1 and not beside:
                self.doubts.append(_LETTER.format(part=_written(piece), words=meaning.words))
            return Title(_written(piece), meaning), count
        return None

    def _spelt(self, piece: list[_Unit]) -> bool:
        """A title in pieces (K.H., R. A.); "Dr. S." is a title and a letter, and not "Drs."."""
        whole = len(piece[0].text) > 1 and piece[0].bare in self.known.before
        return _in_pieces(piece) and not whole

    def _undotted_after(self, units: list[_Unit], *, beside: bool) -> list[_Unit]:
        """Titles at the end that no comma sets apart."""
        found: list[Title] = []
        mixed = not (self.text.isupper() or self.text.islower())
        while len(units) > 1:
            for count in range(min(_MOST_PIECES, len(units) - 1), 0, -1):
                piece = units[-count:]
                bare = "".join(unit.bare for unit in piece)
                if bare in self.known.after and self._is_title(
                    piece, bare, beside=beside or bool(found), mixed=mixed
                ):
                    found.append(Title(_written(piece), self.known.after[bare]))
                    units = units[:-count]
                    break
            else:
                break
        self.after[:0] = reversed(found)
        return units

    def _is_title(self, piece: list[_Unit], bare: str, *, beside: bool, mixed: bool) -> bool:
        if any(unit.dotted for unit in piece[:-1]):
            return True
        if len(piece) > 1:
            return _in_pieces(piece)
        if bare in self.known.also_names_after and not (
            beside or (mixed and piece[0].text.isupper())
        ):
            return False
        return len(bare) > 3 or not mixed or not piece[0].text.istitle()

    def _core(self, units: list[_Unit]) -> tuple[list[str], int | None]:
        core: list[str] = []
        father: int | None = None
        for number, unit in enumerate(units):
            bare = unit.bare
            if core and bare in self.known.aliases and number + 1 < len(units):
                self.aliases.append(tuple(each.text for each in units[number + 1 :]))
                break
            if core and number + 1 < len(units) and not unit.dotted:
                if bare in self.known.relations:
                    father = len(core)
                    continue
                if bare in self.known.articles:
                    continue
            if not core and bare in self.known.markers and number + 1 < len(units):
                following = units[number + 1].bare
                if bare + following not in self.known.together and self._is_element(following):
                    continue
            if any(char.isdigit() for char in unit.text):
                self.doubts.append(_DIGITS.format(part=unit.text))
            core.append(unit.text)
        return self._expanded(core), father

    def _is_element(self, bare: str) -> bool:
        """An element of Balinese names, written out or shortened: before it, I and Ni are
        markers."""
        return bare in self.known.elements or any(
            each in self.known.elements for each in self.known.short.get(bare, ())
        )

    def _expanded(self, core: list[str]) -> list[str]:
        """Two letters that stand for two words (IB, A.A.) become those words."""
        out: list[str] = []
        position = 0
        while position < len(core):
            pair = "".join(core[position : position + 2]).lower()
            single = core[position].lower()
            if all(len(word) == 1 for word in core[position : position + 2]) and (
                pair in self.known.together and position + 2 < len(core)
            ):
                out += [word.title() for word in self.known.together[pair]]
                position += 2
            elif single in self.known.together and len(core) > 1:
                out += [word.title() for word in self.known.together[single]]
                position += 1
            else:
                out.append(core[position])
                position += 1
        return out

    def _nothing_left(self, before: list[Title]) -> tuple[list[str], list[Title]]:
        """Only titles were written: the last of them must be the name."""
        if before:
            return [before[-1].written.rstrip(".")], before[:-1]
        if self.after:
            return [self.after.pop(0).written.rstrip(".")], before
        if self.aliases:
            return list(self.aliases.pop(0)), before
        raise UnreadableName(_NO_LATIN.format(text=self.text[:40]))


def _units(text: str) -> list[_Unit]:
    return [_Unit(word, bool(dot)) for word, dot in _UNIT.findall(text)]


def _written(piece: Sequence[_Unit]) -> str:
    return ("" if all(unit.dotted for unit in piece[:-1]) else " ").join(
        unit.written for unit in piece
    )


def _in_pieces(piece: Sequence[_Unit]) -> bool:
    """Written in pieces, as titles are: dots between them, or the first is one or two letters."""
    return any(unit.dotted for unit in piece[:-1]) or len(piece[0].text) <= 2
