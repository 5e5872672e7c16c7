"""All doors in one process."""

from django.conf.urls.i18n import i18n_patterns

from timbang.web import errors
from timbang.web.urls_api import api
from timbang.web.urls_desk import desk
from timbang.web.urls_intake import intake
from timbang.web.urls_public import log_files, public

urlpatterns = [
    *i18n_patterns(*public, *intake, *desk, prefix_default_language=False),
    *log_files,
    *api,
]
handler400, handler404, handler500 = errors.bad_request, errors.not_found, errors.server_error
