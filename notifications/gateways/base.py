"""What a provider's module must offer, and the four ways a send can go wrong."""

from dataclasses import dataclass, field

from notifications.causes import Cause


@dataclass(frozen=True)
class Outgoing:
    """One message as a provider is asked to send it: by their template when there is one, else as text."""

    to: str
    text: str
    reference: str
    template: str = ""
    parameters: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Status:
    """How far a message got, in a state of ours: sent, delivered, failed or unknown."""

    state: str
    code: str
    cause: str = ""


class GatewayError(Exception):
    def __init__(self, cause: Cause, code: str = ""):
        super().__init__(f"{cause} {code}".strip())
        self.cause, self.code = cause, code


class Refused(GatewayError):
    """This number will never get it, whoever sends: never again."""


class Unfit(GatewayError):
    """This provider will not take this message as it is; another one may."""


class Unavailable(GatewayError):
    """Certainly not accepted, the fault is the provider's or our account's: the next one, or later."""


class Doubtful(GatewayError):
    """It may have been accepted: nobody may repeat it."""


class NotSupported(Exception):
    """The provider documents no such thing."""


class Gateway:
    name = ""
    # The provider remembers our reference and can be asked about it, so that doubt can be settled.
    settles_doubt_by_reference = False
    asks_status = False
    # Counted and rested when it fails; the local ones cannot fail in that way.
    is_remote = True
    # Documents how it reports delivery by itself, so that `report` understands it.
    reports_delivery = False

    def send(self, outgoing: Outgoing) -> str:
        """The provider's number for the message; raises one of the four errors above."""
        raise NotImplementedError

    def fits(self, parameters: list[tuple[str, str]]) -> bool:
        """Whether the provider's template can carry these values."""
        return True

    def statuses(self, message_ids: list[str]) -> dict[str, Status]:
        raise NotSupported

    def status_by_reference(self, reference: str) -> tuple[str, Status] | None:
        """The provider's number and state for our reference; None when it never got it."""
        raise NotSupported

    def balance(self) -> int:
        raise NotSupported

    def report(self, fields: dict) -> list[tuple[str, Status]]:
        """What a delivery report says: numbers of the provider with their states."""
        raise NotSupported
