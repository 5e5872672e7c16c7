"""Pages of the registry below the desk: articles to confirm, sessions of prevention, names."""

from django.urls import path

from timbang.registry.views import confirming, linking, outreach

app_name = "registry_desk"
urlpatterns = [
    path("hukum/", confirming.articles, name="articles"),
    path("hukum/konfirmasi/<path:item_id>/", confirming.confirm, name="confirm"),
    path("hukum/cabut/<uuid:confirmation_id>/", confirming.withdraw, name="withdraw"),
    path("sosialisasi/", outreach.own_sessions, name="own-outreach"),
    path("sosialisasi/catat/", outreach.add, name="add-outreach"),
    path("sosialisasi/<uuid:outreach_id>/cabut/", outreach.withdraw, name="withdraw-outreach"),
    path("fakta/tautan/", linking.pairs, name="pairs"),
    path("fakta/tautan/<uuid:pair_id>/", linking.pair, name="pair"),
    path("fakta/tautan/keputusan/<uuid:judgement_id>/cabut/", linking.take_back, name="take-back"),
]
