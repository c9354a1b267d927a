"""The addresses of members."""

from django.urls import path

from members.views import login, password, sessions

app_name = "members"

urlpatterns = [
    path("login/", login.login, name="login"),
    path("login/code/", login.login_code, name="login_code"),
    path("logout/", login.logout, name="logout"),
    path("captcha/new/", login.captcha_refresh, name="captcha_refresh"),
    path("captcha/<slug:key>.png", login.captcha_image, name="captcha_image"),
    path("captcha/<slug:key>.wav", login.captcha_audio, name="captcha_audio"),
    path("password/forgot/", password.forgot, name="password_forgot"),
    path("password/new/", password.new, name="password_new"),
    path("session/keep/", sessions.keep, name="session_keep"),
]
