from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "اعضا"

    def ready(self):
        from members import metrics

        metrics.register()
