from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "claims"
    verbose_name = "درخواست‌های خسارت"

    def ready(self):
        from claims.lifecycle import returned
        from members.account import iban_changed

        iban_changed.connect(returned.iban_changed, dispatch_uid="claims.iban_changed")
