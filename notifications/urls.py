"""Addresses of the providers' delivery reports, and of the demo phone where there is one."""

from django.conf import settings
from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [path("sms/report/<slug:provider>/<str:secret>/", views.report, name="report")]

if settings.DEMO:
    urlpatterns += [path("demo/phone/", views.demo_phone, name="demo_phone")]
