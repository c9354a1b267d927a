"""The addresses of members."""

from django.urls import path

from members.views import (
    account,
    activation,
    contract,
    discrepancies,
    login,
    messages,
    password,
    sessions,
)

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
    path("activate/", activation.activate, name="activate"),
    path("activate/code/", activation.prove, name="activate_code"),
    path("activate/account/", activation.confirm_account, name="activate_account"),
    path("activate/mobile/", activation.confirm_mobile, name="activate_mobile"),
    path("activate/report/", activation.report, name="activate_report"),
    path("activate/report/sent/", activation.reported, name="activate_reported"),
    path("contract/", contract.contract, name="contract"),
    path("account/", account.overview, name="account"),
    path("account/contact/", account.contact, name="account_contact"),
    path("account/mobile/", account.mobile, name="account_mobile"),
    path("account/mobile/code/", account.mobile_code, name="account_mobile_code"),
    path("account/password/", account.password, name="account_password"),
    path("account/iban/", account.iban, name="account_iban"),
    path("account/privacy/", account.privacy, name="account_privacy"),
    path("account/sessions/end/", account.end_sessions, name="account_sessions_end"),
    path("discrepancies/", discrepancies.reports, name="discrepancies"),
    path("discrepancies/new/", discrepancies.new, name="discrepancy_new"),
    path("messages/", messages.inbox, name="messages"),
]
