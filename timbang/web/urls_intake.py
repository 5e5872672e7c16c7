"""The intake door: who reports, who is reported, who comments. No session, no cookie, no script."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from timbang.cases import accused_door
from timbang.web import errors, views

intake: list[URLPattern | URLResolver] = [
    path(settings.INTAKE_PATH, include("timbang.reports.urls")),
    path(accused_door.PATH, include("timbang.cases.urls_door")),
    path("", include("timbang.policy.urls_intake")),
]

urlpatterns = i18n_patterns(
    *intake, path("", views.to_intake, name="to-intake"), prefix_default_language=False
)
handler400, handler404, handler500 = errors.bad_request, errors.not_found, errors.server_error
