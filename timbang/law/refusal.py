"""What is raised when something asked for may not happen.

`Refusal` is the one exception that crosses rooms: every action of every room raises it, every page
shows it. Its message says what was refused and what is allowed; `norm` says where the law says so.
"""

from __future__ import annotations


class Refusal(Exception):
    """Refused: see `message` for what was refused and what is allowed.

    `message` may be a lazy translation: it becomes text only where it is shown, in the reader's
    language. `norm` is a citation for humans ("PP 94/2021 ps 26(4)") or an id of the catalogue.
    """

    def __init__(self, message: object, norm: str | None = None) -> None:
        super().__init__(message, norm)
        self.message = message
        self.norm = norm

    def __str__(self) -> str:
        return f"{self.message} ({self.norm})" if self.norm else str(self.message)
