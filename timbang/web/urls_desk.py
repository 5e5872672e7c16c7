"""The desk: where officers work."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from timbang.web import errors, views

desk: list[URLPattern | URLResolver] = [
    path(settings.DESK_PATH + "akun/", include("timbang.accounts.urls")),
    path(settings.DESK_PATH, include("timbang.registry.urls_desk")),
    path(settings.DESK_PATH, include("timbang.cases.urls")),
    path(settings.DESK_PATH, include("timbang.policy.urls")),
    path("", include("timbang.cases.urls_feed")),
]

urlpatterns = i18n_patterns(
    *desk, path("", views.to_desk, name="to-desk"), prefix_default_language=False
)
handler400, handler404, handler500 = errors.bad_request, errors.not_found, errors.server_error
