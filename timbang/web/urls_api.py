"""The door of other systems: a key in each request, no session, no cookie, no page."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path

from timbang.web.api import problems
from timbang.web.api.routes import api as doorway

_found, _app, _name = doorway.urls
_addresses: list[URLPattern] = [found for found in _found if isinstance(found, URLPattern)]
for _address in _addresses:
    _address.callback = problems.speaks_json(_address.callback)
# Not <path:rest>: an address may hold the end of a line.
_else = re_path(r"^(?P<rest>(?s:.+))\Z", problems.nothing_here, name="nothing-here")

api: list[URLPattern | URLResolver] = [
    path(settings.API_PATH, include(([*_addresses, _else], _app), namespace=_name)),
]

urlpatterns = [*api, path("", problems.nothing_here)]
handler400, handler404, handler500 = (
    problems.bad_request,
    problems.not_found,
    problems.server_error,
)
