"""The public door: what everyone may see."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from timbang.web import errors, views

public: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("", include("timbang.publication.urls")),
    path("", include("timbang.registry.urls")),
    path("", include("timbang.cases.urls_check")),
    path("", include("timbang.policy.urls_public")),
]
log_files: list[URLPattern | URLResolver] = [
    path("log/<path:name>", views.log_file, name="log-file")
]

urlpatterns = [*i18n_patterns(*public, prefix_default_language=False), *log_files]
handler400, handler404, handler500 = errors.bad_request, errors.not_found, errors.server_error
