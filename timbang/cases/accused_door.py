"""The accused's door: the receipt that opens it, and what a letter must print of it.

Pure. The receipt looks like a reporter's (24 symbols, 110 random bits and a checksum) but opens
another thing: what is derived from it here never equals what a report derives. The surprising
fact: the organ keeps the receipt that it printed, under the case key, so that the same letter can
be made again; as soon as the accused exchanges it for one of his own, nobody but he has one.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, Literal

from timbang.law.bilingual import Bilingual
from timbang.reports import receipt

Language = Literal["id", "en"]

# Below the intake door, for whoever is accused: no session, no cookie, no script.
PATH: Final = "terlapor/"
_PERSON: Final = b"timbang-door"

TITLE: Final = Bilingual("Pintu bagi terlapor", "A door for the reported person")
LINES: Final = (
    Bilingual(
        "Dengan tanda terima ini Saudara dapat membaca dugaan dan dasar hukumnya, panggilan, "
        "berita acara pemeriksaan, dan keputusan mengenai Saudara, serta hak dan tenggatnya.",
        "With this receipt you can read what you are suspected of and on which norms, your "
        "summonses, the minutes of your hearing, the decision about you, and your rights and "
        "terms.",
    ),
    Bilingual(
        "Di tempat yang sama Saudara dapat menyampaikan tanggapan dan bukti, meminta salinan atau "
        "pendamping, dan mengajukan keberatan selama tenggatnya belum lewat.",
        "At the same place you can answer and bring evidence, ask for a copy or a companion, and "
        "object while the term is open.",
    ),
    Bilingual(
        "Simpan tanda terima ini: siapa pun yang memegangnya dapat membaca dan menulis di sana. "
        "Pada kunjungan pertama, tukarkan dengan tanda terima yang hanya Saudara ketahui. Jika "
        "hilang, mintalah yang baru kepada kantor ini; yang lama tidak berlaku lagi.",
        "Keep it safe: whoever has it can read and write there. At your first visit, exchange it "
        "for one that only you know. If it is lost, ask this office for a new one; the old one "
        "then opens nothing.",
    ),
)


@dataclass(frozen=True, slots=True)
class Notice:
    """What a letter prints: the address to type, the receipt, a title and plain sentences."""

    title: str
    address: str
    receipt: str
    lines: tuple[str, ...]


def notice(secret: bytes, *, host: str, language: Language = "id") -> Notice:
    """What the letter must print of this receipt. `host` is the intake's address
    ("https://lapor.example", `settings.INTAKE_URL`), empty where it is not set."""
    return Notice(
        title=TITLE[language],
        address=address(host, language),
        receipt=receipt.show(secret),
        lines=tuple(line[language] for line in LINES),
    )


def address(host: str, language: Language = "id") -> str:
    """Where the door is, as a person types it."""
    prefix = "en/" if language == "en" else ""
    return f"{host.rstrip('/')}/{prefix}{PATH}"


def new_secret() -> bytes:
    """A fresh receipt's secret: 110 random bits in 14 bytes."""
    return secrets.randbits(receipt.BITS).to_bytes(receipt.SECRET_BYTES)


def secret_of(draft: bytes) -> bytes:
    """The secret of the receipt that this draft asks for: the same form twice gives the same."""
    digest = _derive(draft, b"own", size=receipt.SECRET_BYTES)
    shift = 8 * receipt.SECRET_BYTES - receipt.BITS
    return (int.from_bytes(digest) >> shift).to_bytes(receipt.SECRET_BYTES)


def locator(secret: bytes) -> bytes:
    """Where the door is found; it opens nothing."""
    return _derive(secret, b"locator")


def key_of(secret: bytes) -> bytes:
    """The accused's own key to the door's key."""
    return _derive(secret, b"key")


def _derive(secret: bytes, purpose: bytes, *, size: int = 32) -> bytes:
    return blake2b(secret, digest_size=size, person=_PERSON, salt=purpose).digest()


# What may be told of the facts --------------------------------------------------------------------

# What the accused is told of the facts: the act, its circumstances, and himself. Nothing that says
# when somebody learned of it, reported it or complained, or whom it harmed: that leads to people.
SHOWN: Final = frozenset(
    {
        "act_on", "status", "conduct", "object", "candidates_confirmed_on", "contest_kind", "event",
        "attributes", "on_unpaid_leave", "post_level", "acting_head", "incumbent",
        "minister_consent", "absent_workdays", "absent_consecutive", "valid_reason", "duty",
        "obligation", "deliberate", "hand_sign", "term_ends_on", "elected_confirmed_on",
        "discretion_ground", "good_faith", "party_officer", "registered_team", "government_level",
        "same_breach_before", "state_loss", "competent", "discretion_effect", "superior_told",
        "decision_final", "crime_of_office", "sentence_months", "consent_of_bkn", "months_in_post",
        "names_proposed", "panel_members", "announced_days", "age_years", "experience_years",
        "campaign_starts_on", "campaign_ends_on", "quiet_starts_on", "quiet_ends_on", "voting_on",
        "recap_ends_on", "inaugurated_on", "independent", "sanction_step", "decided_on",
        "pay_regulation_in_force", "examined_under_pp_53", "other_rule_named", "public_interest",
    }
)  # fmt: skip
# A case has one sheet of facts. Where it is, or was, about several people, what the sheet says of a
# person may be another one's, and none of them is told it; the office writes him a note instead.
OF_A_PERSON: Final = frozenset(
    {
        "status", "on_unpaid_leave", "post_level", "acting_head", "incumbent", "absent_workdays",
        "absent_consecutive", "valid_reason", "duty", "obligation", "deliberate", "hand_sign",
        "term_ends_on", "good_faith", "party_officer", "registered_team", "same_breach_before",
        "decision_final", "crime_of_office", "sentence_months", "consent_of_bkn", "months_in_post",
        "age_years", "experience_years", "sanction_step", "examined_under_pp_53", "competent",
        "superior_told", "inaugurated_on", "elected_confirmed_on",
    }
)  # fmt: skip
# Why not: told by a reporter about himself, or about the way in which the matter came.
WITHHELD: Final[Mapping[str, str]] = {
    "learned_on": "the day on which a reporter learned of it",
    "reported_on": "the day on which somebody reported it",
    "report_registered": "whether there was a report",
    "letter_with_copy": "a supporter's letter and identity card",
    "served_on": "the day on which a person asked for a service",
    "complained_first": "whether that person complained before",
    "impact": "whom it harmed",
}
