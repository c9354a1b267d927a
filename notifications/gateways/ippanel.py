"""IPPanel Edge: raw key as Authorization, JSON both ways. It documents no status query and no error codes."""

from notifications.causes import Cause
from notifications.gateways.base import Doubtful, Outgoing, Unavailable, Unfit
from notifications.gateways.http import HttpGateway

# message_code begins with the HTTP status it goes with: "400-3".
ERRORS = {
    "400": (Unfit, Cause.REFUSED),
    "401": (Unavailable, Cause.ACCOUNT),
    "402": (Unavailable, Cause.CREDIT),
    "403": (Unavailable, Cause.ACCOUNT),
    "404": (Unavailable, Cause.REFUSED),
    "422": (Unfit, Cause.REFUSED),
    "429": (Unavailable, Cause.BUSY),
}


class IPPanel(HttpGateway):
    name = "ippanel"

    def send(self, outgoing: Outgoing) -> str:
        recipient = "+98" + outgoing.to.removeprefix("0")
        fields = {"from_number": self.account["sender"]}
        if outgoing.template:
            fields |= {
                "sending_type": "pattern",
                "code": outgoing.template,
                "recipients": [recipient],
                "params": dict(outgoing.parameters),
            }
        else:
            fields |= {
                "sending_type": "webservice",
                "message": outgoing.text,
                "params": {"recipients": [recipient]},
            }
        return _message_id(self._call(fields))

    def _call(self, fields: dict) -> dict:
        status, answer = self.call(
            "POST", "/v1/api/send", headers={"Authorization": self.account["key"]}, json=fields
        )
        meta = answer.get("meta")
        if isinstance(meta, dict) and meta.get("status") is True and status < 400:
            return answer
        if status < 400 and not (isinstance(meta, dict) and meta.get("status") is False):
            raise Doubtful(Cause.GARBAGE)
        code = str(meta.get("message_code") or status) if isinstance(meta, dict) else str(status)
        if code.startswith("5"):
            raise Unavailable(Cause.SERVER, code)
        error, cause = ERRORS.get(code.partition("-")[0], (Unavailable, Cause.REFUSED))
        raise error(cause, code)


def _message_id(answer: dict) -> str:
    content = answer.get("data")
    numbers = content.get("message_outbox_ids") if isinstance(content, dict) else None
    if isinstance(numbers, list) and numbers and numbers[0]:
        return str(numbers[0])
    raise Doubtful(Cause.GARBAGE)
