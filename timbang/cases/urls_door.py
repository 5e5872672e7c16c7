"""The accused's address: one, without a receipt or an id in it."""

from django.urls import path

from timbang.cases.views import door

app_name = "cases_door"
urlpatterns = [path("", door.door, name="door")]
