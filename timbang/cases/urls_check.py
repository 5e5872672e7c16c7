"""Where anyone checks a letter: on the public door, below no login."""

from __future__ import annotations

from django.urls import path

from timbang.cases.checking import PATH
from timbang.cases.views import checking

app_name = "cases_check"
urlpatterns = [
    path(PATH, checking.ask, name="ask"),
    path(f"{PATH}<slug:letter_code>/", checking.check, name="letter"),
    path(f"{PATH}<slug:letter_code>/bukti.txt", checking.receipt, name="receipt"),
]
