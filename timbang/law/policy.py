"""The words for public decisions: stages, paths, aspects, documents, and where a policy stands.

What a norm gives carries its citation and how far it was read; what is ours says so. `placed` and
`path_of` look only at what was done and when, as documents show it. A fact that nobody knows is
`None`, and *not known* is an answer; nothing here is a verdict, and nothing speaks of a person.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final, Literal

from timbang.law.bilingual import Bilingual

Stage = Literal["technocracy", "bureaucracy", "execution", "evaluation"]
Path = Literal["full", "emergency", "promise", "unknown"]
Column = Literal["technocracy", "bureaucracy", "execution"]
Better = Literal["less", "more"]
Decider = Literal["experts", "officials", "leader"]
Change = Literal["evidence", "procedure", "order"]

_say = Bilingual


@dataclass(frozen=True, slots=True)
class Word:
    """A word and what stands behind it: a norm with its level, or that it is ours.

    `level` is a code of `vocabulary.VERIFICATION`, or `none` for what is ours. `reason` says why no
    norm is cited.
    """

    title: Bilingual
    citation: str | None = None
    level: str = "none"
    reason: Bilingual | None = None

    @property
    def ours(self) -> bool:
        """Whether nobody but this register says so."""
        return self.level == "none"


# --- stages, paths, grounds -----------------------------------------------------------------------

OURS_DIVISION: Final = _say(
    "Pembagian ini milik register ini; tidak ada norma terbaca yang membaginya demikian.",
    "This division is the register's own; no norm that was read divides it so.",
)

STAGES: Final[Mapping[Stage, Word]] = MappingProxyType(
    {
        "technocracy": Word(
            _say("Teknokrasi: kajian dan ahli", "Technocracy: study and experts"),
            reason=OURS_DIVISION,
        ),
        "bureaucracy": Word(
            _say("Birokrasi: aturan dan persetujuan", "Bureaucracy: rules and clearance"),
            reason=OURS_DIVISION,
        ),
        "execution": Word(_say("Pelaksanaan", "Execution"), reason=OURS_DIVISION),
        "evaluation": Word(_say("Evaluasi", "Evaluation"), reason=OURS_DIVISION),
    }
)

PATHS: Final[Mapping[Path, Bilingual]] = MappingProxyType(
    {
        "full": _say(
            "Lengkap: dikaji dan disetujui sebelum dilaksanakan",
            "Full: studied and cleared before execution",
        ),
        "emergency": _say(
            "Darurat: langsung dilaksanakan karena bencana atau keadaan mendesak",
            "Emergency: executed directly because of a disaster or urgency",
        ),
        "promise": _say(
            "Langsung (janji): dilaksanakan sebelum dikaji atau disetujui",
            "Direct (promise): executed before study or clearance",
        ),
        "unknown": _say("Belum diketahui", "Not known"),
    }
)

# On what ground steps may be skipped in this register.
GROUNDS: Final[Mapping[str, Word]] = MappingProxyType(
    {
        "disaster": Word(
            _say("Bencana alam", "Natural disaster"),
            "UU 30/2014 ps 25(3), 25(5), 28",
            "one_copy",
        ),
        "urgent": Word(
            _say("Keadaan darurat atau mendesak", "Emergency or urgency"),
            "UU 30/2014 ps 25(3), 25(5), 28",
            "one_copy",
        ),
        "promise": Word(
            _say("Janji", "Promise"),
            reason=_say(
                "Tidak ditemukan norma yang membolehkan langkah dilewati karena janji.",
                "No norm was found that lets steps be skipped because of a promise.",
            ),
        ),
    }
)
EMERGENCIES: Final = frozenset({"disaster", "urgent"})

# The order of legislation, highest first. Regulations of ministers, agencies and villages stand
# beside it (ps 8).
HIERARCHY_CITATION: Final = "UU 12/2011 ps 7(1)"
HIERARCHY: Final[Mapping[str, Word]] = MappingProxyType(
    {
        code: Word(_say(indonesian, english), HIERARCHY_CITATION, "memory")
        for code, indonesian, english in (
            ("constitution", "UUD 1945", "The Constitution of 1945"),
            ("assembly", "Ketetapan MPR", "Decrees of the People's Consultative Assembly"),
            ("law", "Undang-undang atau Perppu", "Laws, or government regulations in lieu of law"),
            ("government", "Peraturan pemerintah", "Government regulations"),
            ("president", "Peraturan presiden", "Regulations of the President"),
            ("province", "Peraturan daerah provinsi", "Regional regulations of provinces"),
            (
                "regency",
                "Peraturan daerah kabupaten/kota",
                "Regional regulations of regencies and cities",
            ),
        )
    }
)
# The general principles of good government (AUPB).
PRINCIPLES_CITATION: Final = "UU 30/2014 ps 10(1)"
PRINCIPLES: Final[Mapping[str, Word]] = MappingProxyType(
    {
        code: Word(_say(indonesian, english), PRINCIPLES_CITATION, "memory")
        for code, indonesian, english in (
            ("certainty", "Kepastian hukum", "Legal certainty"),
            ("benefit", "Kemanfaatan", "Benefit"),
            ("impartiality", "Ketidakberpihakan", "Impartiality"),
            ("care", "Kecermatan", "Care"),
            (
                "no_abuse",
                "Tidak menyalahgunakan kewenangan",
                "No misuse of authority",
            ),
            ("openness", "Keterbukaan", "Openness"),
            ("public_interest", "Kepentingan umum", "The public interest"),
            ("good_service", "Pelayanan yang baik", "Good service"),
        )
    }
)


# --- the five aspects -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Head:
    """A column of the table of aspects, and whose words stand in it."""

    title: Bilingual
    ours: bool
    source: Bilingual


COMMONLY: Final = _say(
    "Sebagaimana lazim diuraikan dalam ilmu politik; ditulis dari ingatan, tanpa sumber yang "
    "diperiksa.",
    "As political science commonly has it; written from memory, no source was checked.",
)
COLUMNS: Final[Mapping[Column, Head]] = MappingProxyType(
    {
        "technocracy": Head(_say("Teknokrasi", "Technocracy"), ours=False, source=COMMONLY),
        "bureaucracy": Head(_say("Birokrasi", "Bureaucracy"), ours=False, source=COMMONLY),
        "execution": Head(
            _say("Pelaksanaan langsung", "Direct execution"),
            ours=True,
            source=_say("Kolom ini milik register ini.", "This column is the register's own."),
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Aspect:
    """One of the five ways in which the stages differ: a row of the table."""

    title: Bilingual
    columns: Mapping[Column, Bilingual]


def _aspect(
    title: Bilingual, technocracy: Bilingual, bureaucracy: Bilingual, execution: Bilingual
) -> Aspect:
    columns: Mapping[Column, Bilingual] = {
        "technocracy": technocracy,
        "bureaucracy": bureaucracy,
        "execution": execution,
    }
    return Aspect(title, MappingProxyType(columns))


ASPECTS: Final[Mapping[str, Aspect]] = MappingProxyType(
    {
        "power": _aspect(
            _say("Dasar kekuasaan", "Basis of power"),
            _say("Keahlian dan pengetahuan", "Expertise and knowledge"),
            _say("Aturan dan hierarki jabatan", "Rules and the hierarchy of office"),
            _say(
                "Mandat, janji, atau keadaan yang disebut sebagai alasan",
                "A mandate, a promise, or the situation that is named as the ground",
            ),
        ),
        "decider": _aspect(
            _say("Pengambil keputusan", "Decision maker"),
            _say("Para ahli", "Experts"),
            _say("Pejabat menurut jenjangnya", "Officials by rank"),
            _say("Pemimpin sendiri", "The leader himself"),
        ),
        "focus": _aspect(
            _say("Fokus", "Focus"),
            _say(
                "Efisiensi dan pemecahan masalah berdasarkan data",
                "Efficiency and solutions based on data",
            ),
            _say("Prosedur dan keteraturan", "Procedure and order"),
            _say("Hasil yang segera terlihat", "A result that is seen soon"),
        ),
        "legitimacy": _aspect(
            _say("Sumber legitimasi", "Source of legitimacy"),
            _say("Kecakapan ilmiah", "Scientific competence"),
            _say("Hukum dan aturan formal", "Law and formal rules"),
            _say("Janji yang ditepati", "A promise that is kept"),
        ),
        "flexibility": _aspect(
            _say("Keluwesan", "Flexibility"),
            _say("Luwes: mengikuti bukti", "Flexible: follows the evidence"),
            _say("Kaku: mengikuti prosedur", "Rigid: follows the procedure"),
            _say("Luwes: mengikuti perintah", "Flexible: follows orders"),
        ),
    }
)


# --- what is claimed of direct execution, and what is feared --------------------------------------


@dataclass(frozen=True, slots=True)
class Measure:
    """How a claim is looked at over many dossiers: a number, its unit, and which way it speaks.

    `better` says which direction speaks for the path that shows it: `less` or `more` of it.
    """

    code: str
    title: Bilingual
    how: Bilingual
    unit: Bilingual
    better: Better


@dataclass(frozen=True, slots=True)
class Claim:
    """An advantage that is claimed of direct execution, or a risk of it; the measures are ours."""

    title: Bilingual
    measures: tuple[Measure, ...]


DAYS: Final = _say("hari", "days")
SHARE: Final = _say("bagian dari seluruhnya", "share of all")

ADVANTAGES: Final[Mapping[str, Claim]] = MappingProxyType(
    {
        "speed": Claim(
            _say("Keputusan cepat", "Speed of decision"),
            (
                Measure(
                    "days_to_execution",
                    _say("Hari sampai pelaksanaan", "Days until execution"),
                    _say(
                        "Hari sejak masalah pertama disebut dalam dokumen sampai pelaksanaan "
                        "dimulai",
                        "Days from the first document that names the problem until execution began",
                    ),
                    DAYS,
                    "less",
                ),
            ),
        ),
        "flexibility": Claim(
            _say("Luwes", "Flexibility"),
            (
                Measure(
                    "changed_milestones",
                    _say("Tahapan yang diubah", "Milestones changed"),
                    _say(
                        "Tahapan yang diubah setelah pelaksanaan dimulai, dari semua tahapan",
                        "Milestones changed after execution began, of all milestones",
                    ),
                    SHARE,
                    "more",
                ),
            ),
        ),
        "no_tangle": Claim(
            _say("Tanpa belitan administrasi", "No administrative tangle"),
            (
                Measure(
                    "clearance_steps",
                    _say("Banyaknya persetujuan", "Number of clearances"),
                    _say(
                        "Banyaknya langkah persetujuan yang dijalani",
                        "How many clearance steps were gone through",
                    ),
                    _say("langkah", "steps"),
                    "less",
                ),
                Measure(
                    "clearance_days",
                    _say("Hari dalam persetujuan", "Days in clearance"),
                    _say(
                        "Hari seluruhnya pada langkah persetujuan",
                        "Days in all at the steps of clearance",
                    ),
                    DAYS,
                    "less",
                ),
            ),
        ),
        "no_overthinking": Claim(
            _say("Tidak terlalu lama berpikir", "No overthinking"),
            (
                Measure(
                    "study_days",
                    _say("Hari dalam kajian", "Days in study"),
                    _say(
                        "Hari sejak kajian dimulai sampai kajian diterima",
                        "Days from the begin of the study until it was accepted",
                    ),
                    DAYS,
                    "less",
                ),
            ),
        ),
        "firmness": Claim(
            _say("Kepemimpinan yang tegas", "Firm leadership"),
            (
                Measure(
                    "undone_decisions",
                    _say("Keputusan yang tidak bertahan", "Decisions that did not hold"),
                    _say(
                        "Keputusan yang dicabut, dibalik, atau gugur, dari semua yang dilaksanakan",
                        "Decisions revoked, reversed or lapsed, of all that were executed",
                    ),
                    SHARE,
                    "less",
                ),
            ),
        ),
    }
)

RISKS: Final[Mapping[str, Claim]] = MappingProxyType(
    {
        "fatal_errors": Claim(
            _say("Kesalahan fatal karena tidak dikaji", "Fatal errors for want of study"),
            (
                Measure(
                    "short_results",
                    _say("Hasil di bawah yang dijanjikan", "Results below what was promised"),
                    _say(
                        "Hasil terukur yang tidak mencapai sasarannya, dari semua hasil terukur",
                        "Measured results that missed their target, of all measured results",
                    ),
                    SHARE,
                    "less",
                ),
            ),
        ),
        "abuse": Claim(
            _say("Penyalahgunaan kewenangan", "Abuse of authority"),
            (
                Measure(
                    "executions_without_authority",
                    _say("Dilaksanakan tanpa dasar tertulis", "Executed without a written basis"),
                    _say(
                        "Pelaksanaan yang dimulai sebelum ada dokumen yang menyebut norma "
                        "kewenangan, dari semua pelaksanaan",
                        "Executions that began before a document named the norm of authority, of "
                        "all executions",
                    ),
                    SHARE,
                    "less",
                ),
            ),
        ),
        "low_accountability": Claim(
            _say("Akuntabilitas rendah", "Low accountability"),
            (
                Measure(
                    "overdue_debts",
                    _say("Kewajiban yang lewat waktu", "Debts overdue"),
                    _say(
                        "Kewajiban yang tidak dipenuhi sampai harinya, dari semua yang sudah "
                        "jatuh tempo",
                        "Debts not paid by their day, of all whose day has passed",
                    ),
                    SHARE,
                    "less",
                ),
            ),
        ),
        "state_loss": Claim(
            _say("Kerugian negara", "Loss to the state"),
            (
                Measure(
                    "audit_findings",
                    _say("Temuan audit", "Audit findings"),
                    _say(
                        "Rupiah yang disebut temuan audit, untuk setiap rupiah yang direncanakan",
                        "Rupiah named in audit findings, for each rupiah planned",
                    ),
                    _say("rupiah per rupiah rencana", "rupiah per rupiah planned"),
                    "less",
                ),
            ),
        ),
    }
)


# --- what a study has, what answers a comment, which documents there are --------------------------

STUDY_PARTS: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "problem": _say("Masalah", "The problem"),
        "options": _say(
            "Sedikitnya dua pilihan, dan tidak berbuat apa-apa",
            "At least two options, and doing nothing",
        ),
        "evidence": _say(
            "Bukti, dengan tingkat dan sumbernya", "The evidence, with grade and source"
        ),
        "cost": _say("Biaya", "The cost"),
        "gains": _say("Siapa yang diuntungkan", "Who gains"),
        "loses": _say("Siapa yang dirugikan", "Who loses"),
        "risks": _say("Risiko", "The risks"),
        "dissent": _say("Pendapat ahli yang berbeda", "Dissent of experts"),
        "experts": _say("Para ahli dan kepentingannya", "The experts and their interests"),
    }
)

# How much a piece of evidence carries, from strong to weak: a choice of ours.
GRADES: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "compared": _say(
            "Perbandingan terkendali: sebelum-sesudah dengan pembanding, atau uji acak",
            "A controlled comparison: before and after with a comparison group, or a random trial",
        ),
        "measured": _say("Data terukur tanpa pembanding", "Measured data without a comparison"),
        "experience": _say(
            "Pengalaman tempat lain yang tertulis", "Written experience of another place"
        ),
        "opinion": _say(
            "Pendapat ahli atau pihak terkait", "Opinion of experts or of those concerned"
        ),
        "none": _say("Tidak ada bukti; dugaan", "No evidence; an assumption"),
    }
)

COMMENT_OUTCOMES: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "taken": _say("Diambil", "Taken over"),
        "in_part": _say("Diambil sebagian", "Taken over in part"),
        "not_taken": _say("Tidak diambil", "Not taken over"),
        "outside": _say("Di luar pokok kebijakan ini", "Outside of the matter"),
    }
)


@dataclass(frozen=True, slots=True)
class Document:
    """A kind of document, and the stage to which it belongs."""

    stage: Stage
    title: Bilingual


DOCUMENTS: Final[Mapping[str, Document]] = MappingProxyType(
    {
        "problem": Document(
            "technocracy",
            _say("Dokumen yang pertama menyebut masalah", "The first to name the problem"),
        ),
        "study": Document("technocracy", _say("Kajian", "Study")),
        "academic_paper": Document("technocracy", _say("Naskah akademik", "Academic paper")),
        "dissent": Document("technocracy", _say("Pendapat berbeda", "Dissenting opinion")),
        "review": Document("technocracy", _say("Telaah atas kajian", "Review of the study")),
        "promise": Document("technocracy", _say("Janji atau rencana", "Promise or plan")),
        "legal_basis": Document("bureaucracy", _say("Dasar kewenangan", "Basis of the authority")),
        "draft": Document("bureaucracy", _say("Rancangan", "Draft")),
        "legal_opinion": Document("bureaucracy", _say("Pendapat hukum", "Legal opinion")),
        "harmonisation": Document(
            "bureaucracy", _say("Hasil pengharmonisasian", "Result of harmonisation")
        ),
        "budget_line": Document("bureaucracy", _say("Mata anggaran", "Budget line")),
        "consultation": Document(
            "bureaucracy",
            _say("Tanggapan masyarakat dan jawabannya", "Comments of the public and answers"),
        ),
        "conflict_declaration": Document(
            "bureaucracy", _say("Pernyataan kepentingan", "Declaration of interests")
        ),
        "legal_clearance": Document("bureaucracy", _say("Persetujuan hukum", "Legal clearance")),
        "budget_clearance": Document(
            "bureaucracy", _say("Persetujuan anggaran", "Budget clearance")
        ),
        "decision": Document("bureaucracy", _say("Keputusan", "Decision")),
        "notice": Document(
            "execution",
            _say("Pengumuman bahwa langkah dilewati", "Notice that steps were skipped"),
        ),
        "report": Document(
            "execution", _say("Laporan tertulis kepada atasan", "Written report to the superior")
        ),
        "execution_plan": Document("execution", _say("Rencana pelaksanaan", "Plan of execution")),
        "start": Document(
            "execution", _say("Bukti pelaksanaan dimulai", "Proof that execution began")
        ),
        "contract": Document("execution", _say("Kontrak", "Contract")),
        "progress": Document("execution", _say("Laporan kemajuan", "Progress report")),
        "change": Document("execution", _say("Perubahan pelaksanaan", "Change in execution")),
        "completion": Document(
            "execution", _say("Bukti pelaksanaan selesai", "Proof that execution ended")
        ),
        "result": Document("evaluation", _say("Hasil terukur", "Measured result")),
        "audit": Document("evaluation", _say("Hasil audit", "Audit")),
        "evaluation": Document("evaluation", _say("Evaluasi", "Evaluation")),
        "ratification": Document("evaluation", _say("Pengesahan", "Ratification")),
        "revocation": Document("evaluation", _say("Pencabutan", "Revocation")),
    }
)


# --- where a policy stands ------------------------------------------------------------------------

DECIDERS: Final[Mapping[Decider, Bilingual]] = MappingProxyType(
    {
        "experts": _say("Para ahli, atau menurut usul mereka", "Experts, or as they proposed"),
        "officials": _say("Pejabat menurut jenjangnya", "Officials by rank"),
        "leader": _say("Pemimpin sendiri", "The leader himself"),
    }
)
# By what execution was changed after it began.
CHANGES: Final[Mapping[Change, Bilingual]] = MappingProxyType(
    {
        "evidence": _say("Karena bukti baru", "Because of new evidence"),
        "procedure": _say("Melalui prosedur", "By procedure"),
        "order": _say("Karena perintah", "By order"),
    }
)
# Which documents show that it was studied, and cleared as to law and as to the budget.
STUDIED: Final = ("study", "academic_paper")
CLEARED: Final = (("legal_clearance", "harmonisation"), ("budget_clearance", "budget_line"))


@dataclass(frozen=True, slots=True)
class Facts:
    """What was really done, as far as documents show it; `None` is not known.

    `found` are the kinds of document that are there, each with the day of the oldest (`None`: a day
    that nobody knows). `missing` are those that were sought and not found; whatever is in neither
    was not sought. `ground` is a code of `GROUNDS`; `changes` is empty where nothing was changed.
    """

    found: Mapping[str, date | None] = field(default_factory=dict)
    missing: Collection[str] = ()
    executed_on: date | None = None
    decided_by: Decider | None = None
    legal_basis: bool | None = None
    ground: str | None = None
    changes: Collection[Change] | None = None

    def __post_init__(self) -> None:
        unknown = {*self.found, *self.missing} - DOCUMENTS.keys()
        if unknown:
            raise ValueError(f"not in the vocabulary: {sorted(unknown)}")
        if self.ground is not None and self.ground not in GROUNDS:
            raise ValueError(f"not in the vocabulary: {self.ground}")

    def has(self, *kinds: str) -> bool | None:
        """Whether any of these documents is there; unknown while one of them was not sought."""
        if any(kind in self.found for kind in kinds):
            return True
        return False if all(kind in self.missing for kind in kinds) else None

    def first(self, *kinds: str) -> bool | None:
        """Whether any of these documents was there before execution began."""
        days = [self.found[kind] for kind in kinds if kind in self.found]
        if not days:
            return self.has(*kinds)
        if self.executed_on is None:
            return None
        if any(day is not None and day <= self.executed_on for day in days):
            return True
        unsure = None in days or any(self._not_sought(kind) for kind in kinds)
        return None if unsure else False

    def _not_sought(self, kind: str) -> bool:
        return kind not in self.found and kind not in self.missing

    @property
    def studied_first(self) -> bool | None:
        return self.first(*STUDIED)

    @property
    def cleared_first(self) -> bool | None:
        """Whether both clearances were there before execution began."""
        each = [self.first(*kinds) for kinds in CLEARED]
        if False in each:
            return False
        return None if None in each else True


def path_of(facts: Facts) -> Path:
    """The path that a policy took: *full* only where study and clearance are known to come first.

    What was sought and not found counts as skipped: so far as published documents show it.
    """
    first = (facts.studied_first, facts.cleared_first)
    if facts.executed_on is None:
        return "unknown"
    if all(first):
        return "full"
    if False not in first or facts.ground is None:
        return "unknown"
    return "emergency" if facts.ground in EMERGENCIES else "promise"


@dataclass(frozen=True, slots=True)
class Placed:
    """A column in which a policy stands, and the facts by which it does."""

    column: Column
    facts: tuple[Bilingual, ...]


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a policy stands in one aspect: in one column, in several, or in none.

    `not_known` are the facts that are missing and could place it in another column too.
    """

    aspect: str
    columns: tuple[Placed, ...]
    not_known: tuple[Bilingual, ...]

    @property
    def known(self) -> bool:
        """Whether it stands anywhere; where it does not and nothing is missing, it is in none."""
        return bool(self.columns) or not self.not_known


@dataclass(frozen=True, slots=True)
class _Rule:
    """A fact that places a policy in a column; `holds` gives `None` where it is not known."""

    aspect: str
    column: Column
    says: Bilingual
    holds: Callable[[Facts], bool | None]


def _not(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def _decided(who: Decider) -> Callable[[Facts], bool | None]:
    return lambda facts: None if facts.decided_by is None else facts.decided_by == who


def _changed(how: Change) -> Callable[[Facts], bool | None]:
    return lambda facts: None if facts.changes is None else how in facts.changes


def _skipped_for(grounds: Collection[str]) -> Callable[[Facts], bool | None]:
    """Whether steps were skipped on such a ground: none skipped, none given."""

    def holds(facts: Facts) -> bool | None:
        skipped = False in (facts.studied_first, facts.cleared_first)
        if skipped:
            return None if facts.ground is None else facts.ground in grounds
        return False if facts.studied_first and facts.cleared_first else None

    return holds


_RULES: Final = (
    _Rule(
        "power",
        "technocracy",
        _say("kajian ada sebelum pelaksanaan", "a study was there before execution"),
        lambda facts: facts.studied_first,
    ),
    _Rule(
        "power",
        "bureaucracy",
        _say("dasar hukumnya disebut", "the legal basis is cited"),
        lambda facts: facts.legal_basis,
    ),
    _Rule(
        "power",
        "execution",
        _say(
            "langkah dilewati dengan alasan bencana, keadaan mendesak, atau janji",
            "steps were skipped on the ground of a disaster, urgency or a promise",
        ),
        _skipped_for(GROUNDS),
    ),
    _Rule(
        "decider",
        "technocracy",
        _say("diputus para ahli atau menurut usul mereka", "experts decided, or as they proposed"),
        _decided("experts"),
    ),
    _Rule(
        "decider",
        "bureaucracy",
        _say("diputus pejabat menurut jenjangnya", "officials decided by rank"),
        _decided("officials"),
    ),
    _Rule(
        "decider",
        "execution",
        _say("diputus pemimpin sendiri", "the leader decided himself"),
        _decided("leader"),
    ),
    _Rule(
        "focus",
        "technocracy",
        _say("kajian dan telaahnya ada", "a study and its review are there"),
        lambda facts: _both(facts.has(*STUDIED), facts.has("review")),
    ),
    _Rule(
        "focus",
        "bureaucracy",
        _say("persetujuan ada sebelum pelaksanaan", "clearance came before execution"),
        lambda facts: facts.cleared_first,
    ),
    _Rule(
        "focus",
        "execution",
        _say("pelaksanaan dimulai sebelum ada persetujuan", "execution began before any clearance"),
        lambda facts: _not(facts.cleared_first) if facts.executed_on else None,
    ),
    _Rule(
        "legitimacy",
        "technocracy",
        _say(
            "telaah atau pendapat berbeda para ahli diterbitkan",
            "a review or a dissent of experts is published",
        ),
        lambda facts: facts.has("review", "dissent"),
    ),
    _Rule(
        "legitimacy",
        "bureaucracy",
        _say(
            "dasar hukumnya disebut dan persetujuan ada sebelum pelaksanaan",
            "the legal basis is cited and clearance came before execution",
        ),
        lambda facts: _both(facts.legal_basis, facts.cleared_first),
    ),
    _Rule(
        "legitimacy",
        "execution",
        _say(
            "langkah dilewati dengan alasan janji", "steps were skipped on the ground of a promise"
        ),
        _skipped_for({"promise"}),
    ),
    _Rule(
        "flexibility",
        "technocracy",
        _say("pelaksanaan diubah karena bukti", "execution was changed because of evidence"),
        _changed("evidence"),
    ),
    _Rule(
        "flexibility",
        "bureaucracy",
        _say(
            "pelaksanaan tidak diubah, atau hanya melalui prosedur",
            "execution was not changed, or only by procedure",
        ),
        lambda facts: None if facts.changes is None else set(facts.changes) <= {"procedure"},
    ),
    _Rule(
        "flexibility",
        "execution",
        _say("pelaksanaan diubah karena perintah", "execution was changed by order"),
        _changed("order"),
    ),
)


def _both(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def placed(facts: Facts) -> tuple[Placing, ...]:
    """For each aspect the columns in which a policy stands, by what was done, and what is missing
    to say more."""
    return tuple(_placing(aspect, facts) for aspect in ASPECTS)


def _placing(aspect: str, facts: Facts) -> Placing:
    rules = [rule for rule in _RULES if rule.aspect == aspect]
    answers = [(rule, rule.holds(facts)) for rule in rules]
    held = [rule for rule, answer in answers if answer]
    return Placing(
        aspect,
        tuple(
            Placed(column, tuple(rule.says for rule in held if rule.column == column))
            for column in COLUMNS
            if any(rule.column == column for rule in held)
        ),
        tuple(rule.says for rule, answer in answers if answer is None),
    )
