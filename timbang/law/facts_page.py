"""Writes `docs/reference/facts.md` from the vocabulary and the norms, so that both agree."""

from __future__ import annotations

from collections.abc import Iterator

from timbang.law.norms import Catalogue, catalogue
from timbang.law.vocabulary import FACTS, VERIFICATION, Fact

_INTRODUCTION = """\
# Facts

<!-- Generated: `timbang law facts > docs/reference/facts.md` -->

`timbang law ask FACTS.yaml` reads one act by one person from a strict YAML file. Every key is
optional: what nobody knows is left out (or `null`), and the answer says which facts are missing.
A key or value that is not listed here is refused. Days are written `2024-02-14`.

```yaml
act_on: 2024-01-15
status: PNS
conduct: [social_media_support]
object: candidate
candidates_confirmed_on: 2023-11-13
```

The law of the day of the act is asked. The answer for a norm is `yes`, `no` or `unknown`;
`missing` names the facts that could still change the answer or narrow the range of sanctions;
`doubts` are open points of law that no fact here can settle. With fewer facts an answer becomes
`unknown` or stays; it never turns into its opposite.

`authority` is who decides, with the body that recommends in brackets. `level` says how far the
wording of the norm has been checked:

"""


def page() -> str:
    """The whole page."""
    lines = [f"- `{code}`: {label.en}" for code, label in VERIFICATION.items()]
    lines += ["", *(line for fact in FACTS.values() for line in _section(fact, catalogue()))]
    return _INTRODUCTION + "\n".join(lines).rstrip() + "\n"


def _section(fact: Fact, laws: Catalogue) -> Iterator[str]:
    yield f"## `{fact.key}`"
    yield ""
    yield f"{_TYPES[fact.type]}. {fact.question.en} *{fact.question.id}*"
    yield ""
    yield f"{fact.help.en} *{fact.help.id}*"
    yield ""
    for code, label in fact.choices.items():
        yield f"- `{code}`: {label.en} · *{label.id}*"
    if fact.choices:
        yield ""
    yield f"Asked by: {_asked_by(fact, laws)}."
    yield ""


_TYPES = {
    "day": "A day",
    "flag": "`true` or `false`",
    "choice": "One of the codes below",
    "choices": "A list of codes",
    "number": "A whole number, 0 or more",
}


def _asked_by(fact: Fact, laws: Catalogue) -> str:
    if fact.key == "decided_on":
        return "every norm, for its authority"
    norms = [norm.id for norm in laws.norms.values() if fact.key in norm.facts]
    if len(norms) == len(laws.norms):
        return "every norm"
    return ", ".join(f"`{norm}`" for norm in norms) or "no norm of this release"
