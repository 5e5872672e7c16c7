"""What is raised when something asked for may not happen.

`Refusal` is the one exception that crosses rooms: every action of every room raises it, every page
shows it. Its message says what was refused and what is allowed; `norm` says where the law says so,
and is None where no law does.
"""

from __future__ import annotations

from timbang.law.bilingual import Bilingual


class Refusal(Exception):
    """Refused: see `message` for what was refused and what is allowed.

    `message` may be a lazy translation: it becomes text only where it is shown, in the reader's
    language. `norm` is a citation for humans ("PP 94/2021 ps 26(4)") or an id of the catalogue;
    `level` says in words how well it was read (of `vocabulary.VERIFICATION`).
    """

    def __init__(
        self, message: object, norm: str | None = None, level: Bilingual | None = None
    ) -> None:
        super().__init__(message, norm, level)
        self.message = message
        self.norm = norm
        self.level = level

    def __str__(self) -> str:
        return f"{self.message} ({self.norm})" if self.norm else str(self.message)
