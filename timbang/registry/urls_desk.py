"""Pages of the registry below the desk: articles to confirm, sessions of prevention."""

from django.urls import path

from timbang.registry.views import confirming, outreach

app_name = "registry_desk"
urlpatterns = [
    path("hukum/", confirming.articles, name="articles"),
    path("hukum/konfirmasi/<path:item_id>/", confirming.confirm, name="confirm"),
    path("hukum/cabut/<uuid:confirmation_id>/", confirming.withdraw, name="withdraw"),
    path("sosialisasi/", outreach.own_sessions, name="own-outreach"),
    path("sosialisasi/catat/", outreach.add, name="add-outreach"),
    path("sosialisasi/<uuid:outreach_id>/cabut/", outreach.withdraw, name="withdraw-outreach"),
]
