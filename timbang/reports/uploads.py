"""Uploads stay in memory until they are sealed: never a temporary file that somebody could read.

Whatever is over a limit is read to its end and thrown away while it comes, so that memory stays
bounded and the rest of the form, which may follow it, is kept.
"""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MEGABYTE = 1024 * 1024
FILE_LIMIT = 15 * MEGABYTE
REQUEST_LIMIT = 30 * MEGABYTE
FILES_LIMIT = 5


class HeldFile(InMemoryUploadedFile):
    """An uploaded file in memory; `too_large` says that its bytes were thrown away."""

    def __init__(self, *args: Any, too_large: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large


def too_large(file: UploadedFile[Any]) -> bool:
    """Whether the file was over a limit, so that nothing of it is here."""
    return bool(getattr(file, "too_large", False))


class InMemoryHandler(FileUploadHandler):
    """Holds each file in memory up to the limits, and remembers which one was over them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = 0
        self._start()

    def _start(self) -> None:
        self.buffer = bytearray()
        self.over = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._start()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.over:
            return
        self.held += len(raw_data)
        if len(self.buffer) + len(raw_data) > FILE_LIMIT or self.held > REQUEST_LIMIT:
            self.held -= len(self.buffer) + len(raw_data)
            self.buffer, self.over = bytearray(), True
        else:
            self.buffer += raw_data

    def file_complete(self, file_size: int) -> UploadedFile[Any]:
        return HeldFile(
            io.BytesIO(bytes(self.buffer)),
            self.field_name,
            self.file_name,
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
            too_large=self.over,
        )
