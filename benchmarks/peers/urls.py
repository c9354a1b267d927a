"""The portal's addresses, with those of the peers beside them."""

from django.urls import include, path

from benchmarks.peers import listing
from benchmarks.peers.admin import site
from benchmarks.peers.wizard import ClaimWizard

urlpatterns = [
    path("peers/wizard/", ClaimWizard.as_view(), name="peer_wizard"),
    path("peers/list/", listing.claims, name="peer_list"),
    path("peers/admin/", site.urls),
    path("", include("portal.urls")),
]
