"""Ghasedak: key in a header, JSON both ways. It documents neither a status query nor its error codes."""

from notifications.causes import Cause
from notifications.gateways.base import Doubtful, Outgoing, Unavailable, Unfit
from notifications.gateways.http import HttpGateway

SERVICE = "/rest/api/v1/WebService"
# Its statusCode follows HTTP; what no page explains is taken for a fault of the account, never of the number.
ERRORS = {
    400: (Unfit, Cause.REFUSED),
    401: (Unavailable, Cause.ACCOUNT),
    402: (Unavailable, Cause.CREDIT),
    403: (Unavailable, Cause.ACCOUNT),
    404: (Unavailable, Cause.REFUSED),
    429: (Unavailable, Cause.BUSY),
}


class Ghasedak(HttpGateway):
    name = "ghasedak"

    def send(self, outgoing: Outgoing) -> str:
        if outgoing.template:
            return _first_item(self._call("SendOtpSMS", self._by_template(outgoing)))
        fields = {
            "lineNumber": self.account["sender"],
            "receptor": outgoing.to,
            "message": outgoing.text,
            "clientReferenceId": outgoing.reference,
            "udh": False,
        }
        return _message_id(self._call("SendSingleSMS", fields).get("data"))

    def _by_template(self, outgoing: Outgoing) -> dict:
        return {
            "receptors": [{"mobile": outgoing.to, "clientReferenceId": outgoing.reference}],
            "templateName": outgoing.template,
            "inputs": [{"param": name, "value": value} for name, value in outgoing.parameters],
            "udh": False,
        }

    def _call(self, method: str, fields: dict) -> dict:
        headers = {"ApiKey": self.account["key"], "Accept": "application/json"}
        status, answer = self.call("POST", f"{SERVICE}/{method}", headers=headers, json=fields)
        if answer.get("isSuccess") is True and status < 400:
            return answer
        code = answer.get("statusCode", status if status >= 400 else None)
        if not isinstance(code, int) or (answer.get("isSuccess") is not False and status < 400):
            raise Doubtful(Cause.GARBAGE)
        if code >= 500:
            raise Unavailable(Cause.SERVER, str(code))
        error, cause = ERRORS.get(code, (Unavailable, Cause.REFUSED))
        raise error(cause, str(code))


def _first_item(answer: dict) -> str:
    content = answer.get("data")
    items = content.get("items") if isinstance(content, dict) else None
    return _message_id(items[0] if isinstance(items, list) and items else None)


def _message_id(item) -> str:
    if isinstance(item, dict) and item.get("messageId"):
        return str(item["messageId"])
    raise Doubtful(Cause.GARBAGE)
