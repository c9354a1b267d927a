"""Messages through real processes and real HTTP: senders killed, providers away, the broker dead or emptied."""

import random
import uuid
from multiprocessing.pool import ThreadPool

import pytest
import redis

from tests import deadlines
from tests.sms_double import Answer, SmsDouble

pytestmark = pytest.mark.fault

KILLS, BURST = 10, 150
# What each of them may take at most is a promise (30 s, 5 s, 20 s); the last adds a dead sender's lease.
THROUGH_THE_NEXT, WITHOUT_BROKER, REPAIRED = 30, 5, 60
WRITE = """
from notifications.outbox import enqueue
for number in range({count}):
    enqueue(to=f"0912{{number:07}}", recipient=None, kind={kind!r}, values={values!r}, key=f"{salt}-{{number}}")
"""


class Provider:
    """The double behind the real senders, and what it and the rows say about the messages of this test."""

    def __init__(self, servers, double):
        self.servers, self.double = servers, double
        self.salt = uuid.uuid4().hex

    def behind(self, *names, **changes):
        """Start worker and sweeper anew, with these providers in this order."""
        accounts = {"SMS_GATEWAYS": ",".join(names)}
        for name in names:
            prefix = name.upper()
            accounts |= {
                f"{prefix}_API_KEY": "key",
                f"{prefix}_SENDER": "30001234",
                f"{prefix}_URL": self.double.url,
            }
        for part in (self.servers.worker, self.servers.sweeper):
            part.kill()
            part.env |= accounts | changes
        self.servers.heal()
        return self

    def write(self, count: int, kind="claim_submitted", values=None) -> None:
        values = values or {"tracking_code": "4817203956"}
        code = WRITE.format(count=count, kind=kind, values=values, salt=self.salt)
        self.servers.manage("shell", "--no-imports", "--command", code)

    def rows(self) -> list[dict]:
        return self.servers.rows(
            'select "to", state, extract(epoch from sent_at - created_at) as seconds'
            " from notifications_message where key like %s",
            f"{self.salt}-%",
        )

    def all_settled(self, count: int) -> bool:
        states = [row["state"] for row in self.rows()]
        return len(states) == count and not {"pending", "sending"} & set(states)

    def each_left_once(self) -> bool:
        """Each row has a number of its own: none got two, and each that is called sent got one."""
        accepted = [request.to for request in self.double.accepted]
        sent = {row["to"] for row in self.rows() if row["state"] == "sent"}
        return len(accepted) == len(set(accepted)) and sent <= set(accepted)


@pytest.fixture
def provider(real_servers):
    parts = (real_servers.worker, real_servers.sweeper)
    before = [dict(part.env) for part in parts]
    with SmsDouble() as double:
        yield Provider(real_servers, double)
        for part, env in zip(parts, before, strict=True):
            part.kill()
            part.env = env


@pytest.mark.parametrize("name", ["kavenegar", "smsir"])
def test_a_worker_killed_again_and_again_loses_nothing_and_sends_nothing_twice(
    name, provider, real_servers, eventually
):
    """While one process writes messages, another hand kills whoever sends them, and starts it again."""
    provider.behind(name)
    provider.double.delay = 0.05
    chance = random.Random(1403)
    with ThreadPool(1) as pool:
        writing = pool.apply_async(provider.write, (BURST,))
        for _ in range(KILLS):
            seen, more = len(provider.double.seen), chance.randint(1, BURST // KILLS)
            eventually(
                lambda seen=seen, more=more: (
                    len(provider.double.seen) >= seen + more or provider.all_settled(BURST)
                ),
                seconds=REPAIRED,
            )
            victim = chance.choice([real_servers.worker, real_servers.sweeper])
            victim.kill_leader()
            victim.start()
        writing.get(deadlines.PATIENCE)
    eventually(lambda: provider.all_settled(BURST), seconds=REPAIRED)
    assert provider.each_left_once()
    # It can be asked about what its sender died over; the other one cannot.
    doubtful = set() if name == "kavenegar" else {"unknown"}
    assert {row["state"] for row in provider.rows()} <= {"sent"} | doubtful


@pytest.mark.parametrize("fault", ["refuses", "is unreachable"])
def test_a_code_leaves_through_the_next_provider(fault, provider, eventually):
    unreachable = {"KAVENEGAR_URL": "http://127.0.0.1:1"} if fault == "is unreachable" else {}
    provider.behind("kavenegar", "smsir", **unreachable)
    provider.double.always["kavenegar"] = Answer("code", 418)
    provider.write(1, kind="code", values={"code": "482913"})
    eventually(lambda: provider.all_settled(1), seconds=THROUGH_THE_NEXT)
    assert [request.provider for request in provider.double.accepted] == ["smsir"]
    assert provider.rows()[0]["seconds"] < THROUGH_THE_NEXT


@pytest.mark.parametrize("fault", ["kill", "freeze"])
def test_with_the_broker_dead_the_sweeper_delivers_within_seconds(fault, provider, real_servers, eventually):
    provider.behind("kavenegar")
    getattr(real_servers.valkey, fault)()
    provider.write(BURST)
    eventually(lambda: provider.all_settled(BURST), seconds=REPAIRED)
    assert provider.each_left_once() and len(provider.double.accepted) == BURST
    late = [row for row in provider.rows() if row["seconds"] > 5 * WITHOUT_BROKER]
    assert len(late) <= BURST / 100


def test_what_an_emptied_broker_has_forgotten_the_sweeper_repairs(provider, real_servers, eventually):
    provider.behind("kavenegar")
    for part in (real_servers.worker, real_servers.sweeper):
        part.freeze()
    provider.write(BURST)
    broker = redis.Redis.from_url(real_servers.env["REDIS_URL"], socket_timeout=10)
    assert broker.llen("notices") > 0
    broker.flushall()
    broker.close()
    real_servers.heal()
    eventually(lambda: provider.all_settled(BURST), seconds=REPAIRED)
    assert provider.each_left_once() and len(provider.double.accepted) == BURST
