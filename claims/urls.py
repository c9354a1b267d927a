from django.urls import path

from claims.views import cases, files, follow, receipt, wizard
from claims.views.documents import documents

app_name = "claims"

urlpatterns = [
    path("claims/", follow.claims, name="list"),
    path("claims/new/", wizard.new, name="new"),
    path("claims/<slug:code>/", follow.detail, name="detail"),
    path("claims/<slug:code>/basics/", wizard.step, {"name": "basics"}, name="basics"),
    path("claims/<slug:code>/details/", wizard.step, {"name": "details"}, name="details"),
    path("claims/<slug:code>/details/papers/", wizard.papers, name="papers"),
    path("claims/<slug:code>/documents/", documents, name="documents"),
    path("claims/<slug:code>/mobile/", wizard.mobile, name="mobile"),
    path("claims/<slug:code>/review/", wizard.review, name="review"),
    path("claims/<slug:code>/discard/", wizard.discard, name="discard"),
    path("claims/<slug:code>/submitted/", receipt.submitted, name="submitted"),
    path("claims/<slug:code>/receipt/", receipt.receipt, name="receipt"),
    path("claims/<slug:code>/withdraw/", follow.withdraw, name="withdraw"),
    path("claims/<slug:code>/object/", follow.object_to, name="object"),
    path("claims/<slug:code>/iban/", follow.mend_iban, name="iban"),
    path("cases/", cases.cases, name="cases"),
    path("files/<slug:code>/", files.picture, name="file"),
    path("files/<slug:code>/small/", files.thumbnail, name="thumbnail"),
]
