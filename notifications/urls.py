"""Addresses of the providers' delivery reports, and of the demo phone where there is one."""

app_name = "notifications"
urlpatterns = []
