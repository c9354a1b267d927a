"""What /metrics tells about the doors: failures of this hour, read from the database that counts them."""

from django.db import DatabaseError
from prometheus_client.core import REGISTRY, GaugeMetricFamily
from prometheus_client.registry import Collector

from members import failures, limits


class DoorCollector(Collector):
    def describe(self):
        """Nothing is read at registration, when there may be no database yet."""
        return []

    def collect(self):
        failed = GaugeMetricFamily(
            "portal_failures_of_the_hour", "Failed tries at a door, of everybody", labels=["door"]
        )
        try:
            for door in failures.SUBJECTS:
                failed.add_metric([door], limits.count(door))
        except DatabaseError:
            # The page still tells the rest.
            return []
        return [failed]


def register() -> None:
    REGISTRY.register(DoorCollector())
