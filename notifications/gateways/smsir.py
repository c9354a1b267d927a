"""sms.ir: key in a header, JSON both ways; one message asked about at a time."""

from notifications.causes import Cause
from notifications.gateways.base import Doubtful, Outgoing, Refused, Status, Unavailable, Unfit
from notifications.gateways.http import HttpGateway

ERRORS = {
    0: (Unavailable, Cause.REFUSED),
    10: (Unavailable, Cause.ACCOUNT),
    11: (Unavailable, Cause.ACCOUNT),
    12: (Unavailable, Cause.ACCOUNT),
    13: (Unavailable, Cause.ACCOUNT),
    14: (Unavailable, Cause.ACCOUNT),
    15: (Unavailable, Cause.ACCOUNT),
    16: (Unfit, Cause.REFUSED),
    20: (Unavailable, Cause.BUSY),
    101: (Unavailable, Cause.LINE),
    102: (Unavailable, Cause.CREDIT),
    103: (Unfit, Cause.TEXT),
    104: (Refused, Cause.NUMBER),
    105: (Unfit, Cause.REFUSED),
    106: (Unfit, Cause.REFUSED),
    113: (Unfit, Cause.TEMPLATE),
    114: (Unfit, Cause.TEMPLATE),
    115: (Refused, Cause.BLOCKED),
    116: (Unfit, Cause.TEMPLATE),
    117: (Unfit, Cause.TEXT),
    123: (Unavailable, Cause.LINE),
    124: (Unfit, Cause.LINE),
}
HTTP_ERRORS = {
    400: (Unfit, Cause.REFUSED),
    401: (Unavailable, Cause.ACCOUNT),
    429: (Unavailable, Cause.BUSY),
}
STATES = {
    1: ("delivered", ""),
    2: ("failed", Cause.UNDELIVERED),
    3: ("sent", ""),
    4: ("failed", Cause.UNDELIVERED),
    5: ("sent", ""),
    6: ("failed", Cause.UNDELIVERED),
    7: ("failed", Cause.BLOCKED),
    8: ("unknown", ""),
}
LONGEST_VALUE = 25


class SmsIr(HttpGateway):
    name = "smsir"
    asks_status = True
    reports_delivery = True

    def send(self, outgoing: Outgoing) -> str:
        if outgoing.template:
            template = int(outgoing.template) if outgoing.template.isdecimal() else outgoing.template
            parameters = [{"name": name, "value": value} for name, value in outgoing.parameters]
            fields = {"mobile": outgoing.to, "templateId": template, "parameters": parameters}
            answer = self._call("POST", "/v1/send/verify", json=fields)
        else:
            fields = {"messageText": outgoing.text, "mobiles": [outgoing.to], "sendDateTime": None}
            line = self.account["sender"]
            fields["lineNumber"] = int(line) if line.isdecimal() else line
            answer = self._call("POST", "/v1/send/bulk", json=fields)
        return _message_id(answer)

    def fits(self, parameters) -> bool:
        return all(len(value) <= LONGEST_VALUE for _, value in parameters)

    def statuses(self, message_ids: list[str]) -> dict[str, Status]:
        found = {}
        for message_id in message_ids:
            answer = self._call("GET", f"/v1/send/{message_id}")
            content = answer.get("data")
            if isinstance(content, dict) and "deliveryState" in content:
                found[message_id] = _status(content["deliveryState"])
        return found

    def report(self, fields: dict) -> list[tuple[str, Status]]:
        return [(str(fields["messageId"]), _status(fields["deliveryState"]))]

    def _call(self, method: str, path: str, **request) -> dict:
        headers = {"X-API-KEY": self.account["key"], "Accept": "application/json"}
        status, answer = self.call(method, path, headers=headers, **request)
        code = answer.get("status")
        if code == 1:
            return answer
        if isinstance(code, int) and code in ERRORS:
            error, cause = ERRORS[code]
            raise error(cause, str(code))
        if status in HTTP_ERRORS:
            error, cause = HTTP_ERRORS[status]
            raise error(cause, f"{status}")
        if status >= 400 or isinstance(code, int):
            raise Unavailable(Cause.REFUSED, str(code if isinstance(code, int) else status))
        raise Doubtful(Cause.GARBAGE)


def _message_id(answer: dict) -> str:
    content = answer.get("data")
    if isinstance(content, dict):
        # A bulk send answers with a list of numbers, a template send with one.
        several = content.get("messageIds")
        if isinstance(several, list) and several and several[0]:
            return str(several[0])
        if content.get("messageId"):
            return str(content["messageId"])
    raise Doubtful(Cause.GARBAGE)


def _status(code) -> Status:
    if code is None:
        return Status("sent", "null")
    text = str(code)
    state, cause = STATES.get(int(text), ("unknown", "")) if text.isdecimal() else ("unknown", "")
    return Status(state, text, cause)
