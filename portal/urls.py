"""The addresses of the portal; each app lists its own."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from catalog.views import centres
from claims.views.home import home
from members.views import limited
from portal import views

urlpatterns = [
    path("", home, name="home"),
    # First what is asked for most.
    path("", include("claims.urls")),
    path("", include("members.urls")),
    # Counted here: the catalogue knows no members.
    path("centres/", limited("search")(centres)),
    path("", include("catalog.urls")),
    path("", include("notifications.urls")),
    path("admin/", admin.site.urls),
    path("health/live", views.live, name="live"),
    path("health/ready", views.ready, name="ready"),
    path("metrics", views.metrics, name="metrics"),
]

if settings.DEMO:
    urlpatterns += [path("demo/components/", views.components, name="components")]

handler403 = "portal.views.forbidden"
handler404 = "portal.views.not_found"
handler500 = "portal.views.server_error"
