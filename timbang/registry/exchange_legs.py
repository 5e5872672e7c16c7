"""Whether two records can be the two legs of one exchange: what was given, and what came back.

Pure. A leg is doubted only by what both records say: a day or a person that one of them does not
know contradicts nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from timbang.law.bilingual import Bilingual
from timbang.registry.exchange import Exchange
from timbang.registry.names.splitting import UnreadableName

# Who somebody is: the id, where it is known, and the name.
Party = tuple[str | None, str]

_DAYS: Final = Bilingual(
    "balasan ({back}) mendahului pemberian ({gift})",
    "what came back ({back}) lies before what was given ({gift})",
)
_RECEIVER: Final = Bilingual(
    "yang menerima ({one}) bukan yang membalas ({other})",
    "who received ({one}) is not who returned ({other})",
)
_GIVER: Final = Bilingual(
    "yang memberi ({one}) bukan yang menerima balasan ({other})",
    "who gave ({one}) is not who got the return ({other})",
)
_RETURNED: Final = Bilingual(
    "{number} sudah dibalas oleh catatan lain ({other})",
    "{number} is returned by another record already ({other})",
)
_RETURNS: Final = Bilingual(
    "{number} sudah membalas catatan lain ({other})",
    "{number} returns another record already ({other})",
)


def problems(gift: Exchange, back: Exchange) -> list[Bilingual]:
    """Why `back` cannot be what came back for `gift`; empty when nothing speaks against it."""
    return [*_pointing(gift, back), *_days(gift, back), *_persons(gift, back)]


def _pointing(gift: Exchange, back: Exchange) -> Iterator[Bilingual]:
    """Each names the other or nobody."""
    if gift.returned_by not in (None, back.exchange_id):
        yield _RETURNED.format(number=gift.exchange_id, other=gift.returned_by)
    if back.returns not in (None, gift.exchange_id):
        yield _RETURNS.format(number=back.exchange_id, other=back.returns)


def _days(gift: Exchange, back: Exchange) -> Iterator[Bilingual]:
    if gift.given_on and back.given_on and back.given_on < gift.given_on:
        yield _DAYS.format(gift=gift.given_on.isoformat(), back=back.given_on.isoformat())


def _persons(gift: Exchange, back: Exchange) -> Iterator[Bilingual]:
    """Who received gives back, and who gave gets it: themselves, or through the same broker."""
    giver, receiver = (gift.giver_id, gift.giver), (gift.receiver_id, gift.receiver)
    first = (gift.through_id, gift.through or "")
    returner, getter = (back.giver_id, back.giver), (back.receiver_id, back.receiver)
    second = (back.through_id, back.through or "")
    if not _meet((receiver, first), (returner, second)):
        yield _RECEIVER.format(one=_named(receiver), other=_named(returner))
    if not _meet((giver, first), (getter, second)):
        yield _GIVER.format(one=_named(giver), other=_named(getter))


def _meet(some: tuple[Party, Party], others: tuple[Party, Party]) -> bool:
    """Whether the parties may be one, or one of them was the broker of the other record."""
    (party, broker), (other, other_broker) = some, others
    if _may_be_one(party, other):
        return True
    through = any(other_broker) and _may_be_one(party, other_broker)
    return through or (any(broker) and _may_be_one(broker, other))


def _may_be_one(one: Party, other: Party) -> bool:
    """Two ids decide; else the names, as far as both can be read."""
    from timbang.registry.names.comparing import Verdict, compare

    (one_id, one_name), (other_id, other_name) = one, other
    if one_id and other_id:
        return one_id == other_id
    if not one_name or not other_name or one_name.casefold() == other_name.casefold():
        return True
    try:
        return compare(one_name, other_name).verdict is not Verdict.DIFFERENT
    except UnreadableName:
        return False


def _named(party: Party) -> str:
    number, name = party
    return f"{name} [{number}]" if name and number else name or number or "?"


def ring(start: str, answer: Callable[[str], str | None]) -> tuple[str, ...]:
    """The records that return one another in a ring through `start`; empty when there is none.

    `answer` gives the record that returned one, or None.
    """
    passed = [start]
    while (following := answer(passed[-1])) is not None:
        if following == start:
            return tuple(passed)
        if following in passed:
            return ()
        passed.append(following)
    return ()
