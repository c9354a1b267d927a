"""The one page of the catalogue that members see."""

from django.urls import path

from catalog import views

app_name = "catalog"

urlpatterns = [path("centres/", views.centres, name="centres")]
