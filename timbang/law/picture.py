"""A procedure as a drawing (SVG) that a lawyer reads from top to bottom.

One box a step, in the order of the file, which is the order of the way: who acts, how long, and a
line for each thing that may be done. A line that ends the case has its end beside it; one that goes
on has an arrow on the right, one that goes back a dashed arrow on the left; a dot is a junction,
lines that cross without one have nothing to do with each other. Side tracks stand below.

No script and no style: presentation attributes only. Screen readers get a title and a description
in words. Everything is drawn from the data of the procedure; nothing is placed by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from itertools import chain
from types import MappingProxyType

from timbang.law.bilingual import Bilingual, joined
from timbang.law.steps import (
    DEBTS,
    ORGANS,
    TERM_KINDS,
    End,
    Procedure,
    Step,
    Term,
    Track,
    is_end,
    length_told,
)

WIDTH, PAD, GAP = 430, 14, 34
LINE, SMALL = 18, 16
LANE, MARGIN = 16, 16
PILL, PILL_GAP = 250, 26
TITLE_SIZE, TEXT_SIZE = 15, 13
# A letter of the sans-serif faces of browsers is about this wide, as a part of its size.
LETTER = 0.53
INK, FAINT, PAPER = "#1b2733", "#5b6975", "#ffffff"
# Pale grounds on which INK is well above 7:1; the kind of end is also said in words.
ENDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "cleared": ("#e3f1e6", "#2d6a3e"),
        "sanction": ("#f9e3df", "#9a3324"),
        "forwarded": ("#e2ecf7", "#2b5c93"),
        "closed": ("#ecedef", "#5b6975"),
    }
)
GROUNDS = ("#eef3fa", "#fbf3e4", "#eaf4ee", "#f5edf7", "#e9f3f4", "#f7efea", "#f0f0ea", "#edeff5")

END_KINDS: Mapping[str, Bilingual] = MappingProxyType(
    {
        "cleared": Bilingual("nama dibersihkan", "cleared"),
        "sanction": Bilingual("hukuman", "sanction"),
        "forwarded": Bilingual("diteruskan", "forwarded"),
        "closed": Bilingual("ditutup", "closed"),
    }
)
NO_TERM = Bilingual("tenggat tidak diketahui", "term not known")
AT_MOST = Bilingual("paling banyak {n} kali", "at most {n} times")
OWES = Bilingual("berutang: {debts}", "owes: {debts}")
LAPSE = Bilingual("Bila tenggat lewat: {title}", "When the term passes: {title}")
STARTS = Bilingual("mulai", "start")
SIDE = Bilingual("Jalur samping: {title}", "Side track: {title}")
OPENS = Bilingual("dapat dibuka pada: {steps}", "may be opened at: {steps}")
DESCRIPTION = Bilingual(
    "Gambar prosedur dengan {n} langkah. {steps} Semua isinya ada dalam tabel langkah.",
    "A drawing of the procedure with {n} steps. {steps} All of it stands in the table of steps.",
)
STEP_IN_WORDS = Bilingual("{number}. {title}: {actor}.", "{number}. {title}: {actor}.")


def svg(procedure: Procedure, language: str = "id") -> str:
    """The whole drawing, side tracks below; `language` is `id` or `en`."""
    return _Drawing(procedure, language).text()


@dataclass(frozen=True, slots=True)
class _Row:
    """One thing that may be done at a step: its lines of text, and where it leads."""

    lines: tuple[str, ...]
    to: str | None
    end: tuple[str, ...]
    kind: str
    faint: bool

    @property
    def height(self) -> int:
        return max(len(self.lines) * SMALL, len(self.end) * SMALL + 6 if self.end else 0) + 8


@dataclass(slots=True)
class _Box:
    """A step as it is drawn: `top` is known once all boxes above it are."""

    step: Step
    title: tuple[str, ...]
    about: tuple[str, ...]
    rows: tuple[_Row, ...]
    starts: bool
    top: int = 0

    @property
    def head(self) -> int:
        return PAD + len(self.title) * LINE + len(self.about) * SMALL + 6

    @property
    def height(self) -> int:
        return self.head + sum(row.height for row in self.rows) + PAD - 6

    def middle(self, number: int) -> int:
        """Where the line of one row leaves the box."""
        above = sum(row.height for row in self.rows[:number])
        return self.top + self.head + above + self.rows[number].height // 2


@dataclass(slots=True)
class _Bus:
    """All arrows to one step on one side: they share a vertical line."""

    to: str
    leaves: list[int] = field(default_factory=list)
    lane: int = 0

    def span(self, enters: int) -> tuple[int, int]:
        return min([*self.leaves, enters]), max([*self.leaves, enters])


class _Drawing:
    def __init__(self, procedure: Procedure, language: str) -> None:
        self.procedure = procedure
        self.language = language
        steps = [*procedure.steps, *(step for track in procedure.tracks for step in track.steps)]
        actors = dict.fromkeys(step.actor for step in steps)
        self.grounds = {actor: GROUNDS[n % len(GROUNDS)] for n, actor in enumerate(actors)}
        self.shapes: list[str] = []
        self.lanes_left = self.lanes_right = 0

    def say(self, words: Bilingual) -> str:
        return words[self.language]

    def text(self) -> str:
        parts = self._parts()
        self._number_lanes(parts)
        left = MARGIN + 14 + self.lanes_left * LANE + 10
        right = left + WIDTH + PILL_GAP + PILL
        width = right + self.lanes_right * LANE + 14 + MARGIN
        bottom = 0
        for part in parts:
            bottom = self._draw(part, left, right)
        title = self.say(self.procedure.title)
        name = self.procedure.id.replace("/", "-")
        steps = [*self.procedure.steps]
        words = " ".join(self._in_words(number, step) for number, step in enumerate(steps, 1))
        description = self.say(DESCRIPTION).format(n=len(steps), steps=words)
        return "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {bottom + MARGIN}" '
                f'width="{width}" height="{bottom + MARGIN}" role="img" lang="{self.language}" '
                f'font-family="sans-serif" font-size="{TEXT_SIZE}" fill="{INK}" '
                f'aria-labelledby="{name}-title {name}-desc">',
                f'<title id="{name}-title">{escape(title)}</title>',
                f'<desc id="{name}-desc">{escape(description)}</desc>',
                f'<rect width="{width}" height="{bottom + MARGIN}" fill="{PAPER}"/>',
                *self.shapes,
                "</svg>",
                "",
            ]
        )

    def _in_words(self, number: int, step: Step) -> str:
        words = self.say(STEP_IN_WORDS)
        return words.format(
            number=number, title=self.say(step.title), actor=self.say(ORGANS[step.actor])
        )

    # --- what is drawn, and where ---

    def _parts(self) -> list[_Part]:
        main = self.procedure
        found = [self._part(main.steps, main.ends, main.starts, (), MARGIN)]
        for track in main.tracks:
            above = found[-1].bottom + GAP
            heading = self._heading(track)
            top = above + len(heading) * LINE + 4
            starts = (track.steps[0].code,)
            found.append(self._part(track.steps, track.ends, starts, heading, top))
        return found

    def _heading(self, track: Track) -> tuple[str, ...]:
        titles = [self.say(self.procedure.step(code).title) for code in track.opens_at]
        lines = _wrapped(self.say(SIDE).format(title=self.say(track.title)), 90)
        if titles:
            lines += _wrapped(self.say(OPENS).format(steps="; ".join(titles)), 105)
        return lines

    def _part(
        self,
        steps: tuple[Step, ...],
        ends: tuple[End, ...],
        starts: tuple[str, ...],
        heading: tuple[str, ...],
        top: int,
    ) -> _Part:
        named = {end.code: end for end in ends}
        boxes = {step.code: self._box(step, named, step.code in starts) for step in steps}
        for box in boxes.values():
            box.top = top
            top += box.height + GAP
        order = {code: number for number, code in enumerate(boxes)}
        forward: dict[str, _Bus] = {}
        back: dict[str, _Bus] = {}
        for code, box in boxes.items():
            for number, row in enumerate(box.rows):
                if row.to in boxes:
                    side = forward if order[row.to] > order[code] else back
                    side.setdefault(row.to, _Bus(row.to)).leaves.append(box.middle(number))
        return _Part(boxes, heading, list(forward.values()), list(back.values()), top - GAP)

    def _box(self, step: Step, ends: Mapping[str, End], starts: bool) -> _Box:
        letters = int((WIDTH - 2 * PAD) / (LETTER * 1.07 * TITLE_SIZE))  # in bold
        small = int((WIDTH - 2 * PAD) / (LETTER * TEXT_SIZE))
        title = self.say(step.title)
        about = f"{self.say(ORGANS[step.actor])} · {self._term(step.term)}"
        return _Box(
            step=step,
            title=_wrapped(f"{self.say(STARTS)}: {title}" if starts else title, letters),
            about=_wrapped(about, small),
            rows=tuple(self._rows(step, ends, small - 3)),
            starts=starts,
        )

    def _term(self, term: Term | None) -> str:
        if term is None:
            return self.say(NO_TERM)
        length = self.say(length_told(term.length, term.unit))
        return f"{length} ({self.say(TERM_KINDS[term.kind])})"

    def _rows(self, step: Step, ends: Mapping[str, End], letters: int) -> Iterable[_Row]:
        for outcome in step.outcomes:
            title = self.say(outcome.title)
            if outcome.actor != step.actor:
                title = f"{title} [{self.say(ORGANS[outcome.actor])}]"
            if outcome.at_most is not None:
                title = f"{title} ({self.say(AT_MOST).format(n=outcome.at_most)})"
            if outcome.owes:
                owed = joined([DEBTS[debt.code] for debt in outcome.owes], ", ")
                title = f"{title} ({self.say(OWES.format(debts=owed))})"
            yield self._row(title, outcome.to, ends, letters, faint=False)
        if step.lapse is not None:
            title = self.say(LAPSE).format(title=self.say(step.lapse.title))
            yield self._row(title, step.lapse.to, ends, letters, faint=True)

    def _row(
        self, title: str, to: str | None, ends: Mapping[str, End], letters: int, *, faint: bool
    ) -> _Row:
        end = ends.get(to.removeprefix("end:")) if to is not None and is_end(to) else None
        pill: tuple[str, ...] = ()
        if end is not None:
            kind = self.say(END_KINDS[end.kind])
            pill = _wrapped(f"{kind}: {self.say(end.title)}", int((PILL - 20) / (LETTER * 12)))
        lines = _wrapped(title, letters)
        return _Row(lines, None if end else to, pill, end.kind if end else "", faint)

    def _number_lanes(self, parts: list[_Part]) -> None:
        """Lines that would run on top of each other get lanes of their own."""
        for part in parts:
            self.lanes_right = max(self.lanes_right, part.number(part.forward))
            self.lanes_left = max(self.lanes_left, part.number(part.back))

    # --- drawing ---

    def _draw(self, part: _Part, left: int, right: int) -> int:
        heading_top = min((box.top for box in part.boxes.values()), default=MARGIN)
        for number, line in enumerate(reversed(part.heading)):
            bold = number == len(part.heading) - 1
            self._say_line(left, heading_top - 10 - number * LINE, line, TITLE_SIZE, bold=bold)
        for bus in part.forward:
            self._bus(part, bus, left + WIDTH, right + 10 + bus.lane * LANE, dashed=False)
        for bus in part.back:
            self._bus(part, bus, left, left - 14 - bus.lane * LANE, dashed=True)
        for box in part.boxes.values():
            self._draw_box(box, left)
        return part.bottom

    def _bus(self, part: _Part, bus: _Bus, edge: int, lane: int, *, dashed: bool) -> None:
        enters = part.enters(bus.to)
        top, bottom = bus.span(enters)
        dash = ' stroke-dasharray="5 4"' if dashed else ""
        ways = [f"M{edge} {y}H{lane}" for y in bus.leaves]
        ways += [f"M{lane} {top}V{bottom}", f"M{lane} {enters}H{edge}"]
        self.shapes.append(
            f'<path d="{"".join(ways)}" fill="none" stroke="{FAINT}" stroke-width="1.5"{dash}/>'
        )
        for y in bus.leaves:
            self.shapes.append(f'<circle cx="{lane}" cy="{y}" r="3" fill="{FAINT}"/>')
        tip = 8 if lane > edge else -8
        self.shapes.append(
            f'<path d="M{edge} {enters}l{tip} -5v10z" fill="{FAINT}" stroke="none"/>'
        )

    def _draw_box(self, box: _Box, left: int) -> None:
        ground = self.grounds[box.step.actor]
        self.shapes.append(
            f'<rect x="{left}" y="{box.top}" width="{WIDTH}" height="{box.height}" rx="8" '
            f'fill="{ground}" stroke="{INK}" stroke-width="{2.5 if box.starts else 1}"/>'
        )
        y = box.top + PAD + 6
        for line in box.title:
            self._say_line(left + PAD, y, line, TITLE_SIZE, bold=True)
            y += LINE
        for line in box.about:
            self._say_line(left + PAD, y - 2, line, TEXT_SIZE, colour=FAINT)
            y += SMALL
        y = box.top + box.head
        for number, row in enumerate(box.rows):
            self._draw_row(row, left, y, box.middle(number))
            y += row.height

    def _draw_row(self, row: _Row, left: int, top: int, middle: int) -> None:
        first = middle - (len(row.lines) - 1) * SMALL // 2 + 4
        for number, line in enumerate(row.lines):
            mark = "" if number or row.faint else "• "
            indent = 0 if not number or row.faint else 10
            colour = FAINT if row.faint else INK
            x = left + PAD + 4 + indent
            self._say_line(x, first + number * SMALL, mark + line, TEXT_SIZE, colour=colour)
        if row.end:
            self._pill(row, left + WIDTH, top, middle)

    def _pill(self, row: _Row, edge: int, top: int, middle: int) -> None:
        ground, border = ENDS[row.kind]
        height = len(row.end) * SMALL + 6
        x, y = edge + PILL_GAP, middle - height // 2
        self.shapes.append(
            f'<path d="M{edge} {middle}H{x}" stroke="{border}" stroke-width="1.5"/>'
            f'<rect x="{x}" y="{y}" width="{PILL - 8}" height="{height}" rx="10" '
            f'fill="{ground}" stroke="{border}"/>'
        )
        for number, line in enumerate(row.end):
            self._say_line(x + 10, y + 15 + number * SMALL, line, 12)

    def _say_line(
        self, x: int, y: int, line: str, size: int, *, bold: bool = False, colour: str = INK
    ) -> None:
        weight = ' font-weight="bold"' if bold else ""
        self.shapes.append(
            f'<text x="{x}" y="{y}" font-size="{size}" fill="{colour}"{weight}>'
            f"{escape(line, quote=False)}</text>"
        )


@dataclass(slots=True)
class _Part:
    """The main way or a side track: its boxes by step, and the lines between them."""

    boxes: dict[str, _Box]
    heading: tuple[str, ...]
    forward: list[_Bus]
    back: list[_Bus]
    bottom: int

    def enters(self, code: str) -> int:
        """Where arrows come into a box: beside its title."""
        return self.boxes[code].top + PAD + 4

    def number(self, buses: list[_Bus]) -> int:
        """Give each line the innermost free lane; how many lanes are needed."""
        lanes: list[list[tuple[int, int]]] = []
        for bus in sorted(buses, key=self._length):
            top, bottom = bus.span(self.enters(bus.to))
            free = (
                number
                for number, taken in enumerate(lanes)
                if all(bottom < up - 4 or top > down + 4 for up, down in taken)
            )
            bus.lane = next(free, len(lanes))
            if bus.lane == len(lanes):
                lanes.append([])
            lanes[bus.lane].append((top, bottom))
        return len(lanes)

    def _length(self, bus: _Bus) -> int:
        top, bottom = bus.span(self.enters(bus.to))
        return bottom - top


def _wrapped(text: str, letters: int) -> tuple[str, ...]:
    """The text in lines of at most so many letters; a longer word is cut."""
    words = chain.from_iterable(_cut(word, letters) for word in text.split())
    lines = [""]
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= letters:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _cut(word: str, letters: int) -> list[str]:
    return [word[start : start + letters] for start in range(0, len(word), letters)]
