"""Public pages of the registry."""

from django.urls import path

from timbang.registry import views

app_name = "registry"
urlpatterns = [path("pemilu/", views.elections, name="elections")]
