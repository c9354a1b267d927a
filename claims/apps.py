from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "claims"
    verbose_name = "درخواست‌های خسارت"

    def ready(self):
        from claims.lifecycle.member import pay_again
        from members.account import iban_changed

        iban_changed.connect(pay_again, dispatch_uid="claims.pay_again")
