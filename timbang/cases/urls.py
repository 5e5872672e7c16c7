"""The desk's pages about reports and cases."""

app_name = "cases"
urlpatterns: list[object] = []
