"""Public pages of the registry."""

from django.urls import path

from timbang.registry.views import elections, outreach

app_name = "registry"
urlpatterns = [
    path("pemilu/", elections.elections, name="elections"),
    path("sosialisasi/", outreach.sessions, name="outreach"),
]
