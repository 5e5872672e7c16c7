"""How long each organ had a case, and whether the one that got it has taken it on.

Both follow the moves by themselves: nobody writes them by hand. An organ's time begins with the
proven arrival. For an organ inside that is the hand-over itself, whose entry stands in the log, so
that leaving a file untouched gains nothing.
"""

from __future__ import annotations

from datetime import date

from timbang.accounts.models import Organ
from timbang.cases import course
from timbang.cases.models import Act, Case, CaseStep, HandOver, Holding
from timbang.law import procedure as law
from timbang.law.bilingual import Bilingual

# Ours: no rule that was read says within how many days a file is taken on or sent back.
TAKE_ON = law.Term(
    length=3,
    unit="workdays",
    starts="entered",
    kind="target",
    citation=None,
    level="",
    reason=Bilingual(
        "Tidak ada tenggat yang diatur untuk menerima berkas; tiga hari kerja adalah pengingat "
        "kami.",
        "No term is given for taking a file on; three working days are our reminder.",
    ),
)


def follow(case: Case, *, on: date, arrived_on: date | None) -> None:
    """Close the time of the organ that had the case and open that of its holder.

    `arrived_on` None: the arrival is not proven yet, and nobody's time runs.
    """
    running = Holding.objects.filter(case=case, until_on=None).first()
    if running is not None:
        if case.ended_on is None and running.organ_id == case.holder_id:
            return
        running.until_on = max(on, running.since_on or running.sent_on)
        running.save(update_fields=["until_on"])
    if case.ended_on is None:
        Holding.objects.create(case=case, organ=case.holder, sent_on=on, since_on=arrived_on)


def arrived(case: Case, organ: Organ, on: date) -> None:
    """The arrival at an outside organ is proven: its time runs since that day."""
    waiting = Holding.objects.filter(case=case, organ=organ, until_on=None, since_on=None)
    for row in waiting:
        row.since_on = on
        row.sent_on = min(row.sent_on, on)
        row.save(update_fields=["since_on", "sent_on"])


def handed(line: CaseStep, *, sender: Organ, before: Organ, step: str) -> HandOver | None:
    """Let a hand-over to an organ inside wait for its answer. `before` had the case until now."""
    receiver = line.other_organ
    if receiver is None or not receiver.inside or receiver.pk == sender.pk:
        return None
    on = line.recorded_on
    return HandOver.objects.create(
        case=line.case,
        sender=sender,
        before=before,
        receiver=receiver,
        step=step,
        line=line,
        handed_on=on,
        due_on=course.count(TAKE_ON, on).last_day or on,
    )


def answered(line: CaseStep) -> None:
    """What this line of the journal means for a hand-over that waits, if one does.

    Whoever acts on a case has taken it on: no act of his is lost for a form that was not sent.
    """
    waiting = HandOver.objects.filter(case=line.case, answer="").first()
    if waiting is None:
        return
    answer = _answer(line, waiting)
    if answer is not None:
        waiting.answer, waiting.answered_on, waiting.answer_line = answer, line.recorded_on, line
        waiting.save()


def _answer(line: CaseStep, waiting: HandOver) -> HandOver.Answer | None:
    if line.act == Act.RETURNED:
        return HandOver.Answer.RETURNED
    if line.organ_id == waiting.receiver_id and line.officer_id is not None:
        return HandOver.Answer.ACCEPTED
    gone = line.case.ended_on is not None or line.case.holder_id != waiting.receiver_id
    return HandOver.Answer.PASSED_ON if gone else None
