"""The calendar of an officer: outside the desk, because calendar programs do not log in."""

from __future__ import annotations

from django.urls import path

from timbang.cases.views import my_day

app_name = "feed"
urlpatterns = [path("kalender/<slug:token>.ics", my_day.calendar, name="calendar")]
