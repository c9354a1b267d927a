"""Melipayamak: user name and password in the body; a short Value is an error, a long one a number."""

from notifications.causes import Cause
from notifications.gateways.base import Doubtful, Outgoing, Refused, Status, Unavailable, Unfit
from notifications.gateways.http import HttpGateway

SERVICE = "/api/SendSMS"
ERRORS = {
    0: (Unavailable, Cause.ACCOUNT),
    2: (Unavailable, Cause.CREDIT),
    3: (Unavailable, Cause.CREDIT),
    4: (Unavailable, Cause.CREDIT),
    5: (Unavailable, Cause.LINE),
    6: (Unavailable, Cause.BUSY),
    7: (Unfit, Cause.TEXT),
    9: (Unavailable, Cause.LINE),
    10: (Unavailable, Cause.ACCOUNT),
    11: (Unavailable, Cause.REFUSED),
    12: (Unavailable, Cause.ACCOUNT),
    14: (Unfit, Cause.TEXT),
    15: (Unfit, Cause.TEXT),
    16: (Refused, Cause.NUMBER),
    17: (Unfit, Cause.TEXT),
    18: (Refused, Cause.NUMBER),
    35: (Refused, Cause.BLOCKED),
}
STATES = {
    0: ("sent", ""),
    1: ("delivered", ""),
    2: ("failed", Cause.UNDELIVERED),
    3: ("failed", Cause.UNDELIVERED),
    8: ("sent", ""),
    9: ("unknown", ""),
    16: ("failed", Cause.UNDELIVERED),
    100: ("unknown", ""),
}
# Error codes have at most three digits, record numbers many.
SHORT = 5


class Melipayamak(HttpGateway):
    name = "melipayamak"
    asks_status = True
    reports_delivery = True

    def send(self, outgoing: Outgoing) -> str:
        if outgoing.template:
            values = ";".join(value for _, value in outgoing.parameters)
            fields = {"text": values, "to": outgoing.to, "bodyId": _number(outgoing.template)}
            value = self._call("BaseServiceNumber", fields)
        else:
            fields = {"from": self.account["sender"], "to": outgoing.to, "text": outgoing.text}
            value = self._call("SendSMS", fields)
        if len(value) <= SHORT:
            raise _error(value)
        return value

    def fits(self, parameters) -> bool:
        return all(";" not in value for _, value in parameters)

    def statuses(self, message_ids: list[str]) -> dict[str, Status]:
        return {
            message_id: _status(self._call("GetDeliveries2", {"recId": _number(message_id)}))
            for message_id in message_ids
        }

    def report(self, fields: dict) -> list[tuple[str, Status]]:
        return [(str(fields["recId"]), _status(str(fields["status"])))]

    def _call(self, method: str, fields: dict) -> str:
        """The Value of the answer."""
        account = {"username": self.account["username"], "password": self.account["key"]}
        status, answer = self.call("POST", f"{SERVICE}/{method}", json=account | fields)
        value = str(answer.get("Value", ""))
        if answer.get("RetStatus") == 1 and status < 400 and value.lstrip("-").isdecimal():
            return value
        code = value if value.lstrip("-").isdecimal() and len(value) <= SHORT else answer.get("RetStatus")
        if status < 400 and not isinstance(answer.get("RetStatus"), int):
            raise Doubtful(Cause.GARBAGE)
        if answer.get("RetStatus") == 1 and status < 400:
            raise Doubtful(Cause.GARBAGE)
        raise _error(str(code if code is not None else status))


def _number(text: str):
    return int(text) if text.isdecimal() else text


def _error(code: str):
    error, cause = (
        ERRORS.get(int(code), (Unavailable, Cause.REFUSED))
        if code.isdecimal()
        else (Unavailable, Cause.REFUSED)
    )
    return error(cause, code)


def _status(code: str) -> Status:
    state, cause = STATES.get(int(code), ("unknown", "")) if code.isdecimal() else ("unknown", "")
    return Status(state, code, cause)
