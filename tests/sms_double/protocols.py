"""How each provider is spoken to and how it answers, written from their tables and not from our gateways."""

import json
import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs


@dataclass
class Request:
    """One call as the double understood it; `kind` is send, status, reference, balance or strange."""

    provider: str
    kind: str
    to: str = ""
    text: str = ""
    template: str = ""
    parameters: dict = field(default_factory=dict)
    reference: str = ""
    asked: list = field(default_factory=list)
    path: str = ""


def understand(method: str, path: str, headers, body: bytes) -> Request:
    for read in (_kavenegar, _smsir, _ghasedak, _melipayamak, _ippanel):
        request = read(method, path, headers, body)
        if request is not None:
            request.path = path
            return request
    return Request("", "strange", path=path)


def _kavenegar(method, path, headers, body):
    match = re.fullmatch(r"/v1/[^/]+/(verify|sms|account)/(\w+)\.json", path.partition("?")[0])
    if not match:
        return None
    form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
    call = match.group(2)
    if call == "lookup":
        tokens = {name: value for name, value in form.items() if name.startswith("token")}
        return Request("kavenegar", "send", form["receptor"], "", form["template"], tokens)
    if call == "send":
        return Request(
            "kavenegar", "send", form["receptor"], form["message"], reference=form.get("localid", "")
        )
    if call == "status":
        return Request("kavenegar", "status", asked=form["messageid"].split(","))
    if call == "statuslocalmessageid":
        return Request("kavenegar", "reference", asked=[form["localid"]])
    return Request("kavenegar", "balance" if call == "info" else "strange")


def _smsir(method, path, headers, body):
    if not path.startswith("/v1/send/") or "X-API-KEY" not in headers:
        return None
    if method == "GET":
        return Request("smsir", "status", asked=[path.rpartition("/")[2]])
    sent = json.loads(body)
    if path.endswith("/verify"):
        parameters = {parameter["name"]: parameter["value"] for parameter in sent["parameters"]}
        return Request("smsir", "send", sent["mobile"], "", str(sent["templateId"]), parameters)
    return Request("smsir", "send", sent["mobiles"][0], sent["messageText"])


def _ghasedak(method, path, headers, body):
    if not path.startswith("/rest/api/v1/WebService/") or "ApiKey" not in headers:
        return None
    sent = json.loads(body)
    if path.endswith("/SendOtpSMS"):
        receptor = sent["receptors"][0]
        values = {item["param"]: item["value"] for item in sent["inputs"]}
        reference = receptor["clientReferenceId"]
        return Request("ghasedak", "send", receptor["mobile"], "", sent["templateName"], values, reference)
    return Request("ghasedak", "send", sent["receptor"], sent["message"], reference=sent["clientReferenceId"])


def _melipayamak(method, path, headers, body):
    if not path.startswith("/api/SendSMS/"):
        return None
    sent = json.loads(body)
    assert sent["username"] and sent["password"]
    if path.endswith("/GetDeliveries2"):
        return Request("melipayamak", "status", asked=[str(sent["recId"])])
    if path.endswith("/BaseServiceNumber"):
        values = dict(enumerate(sent["text"].split(";")))
        return Request("melipayamak", "send", sent["to"], "", str(sent["bodyId"]), values)
    return Request("melipayamak", "send", sent["to"], sent["text"])


def _ippanel(method, path, headers, body):
    if path != "/v1/api/send" or "Authorization" not in headers:
        return None
    sent = json.loads(body)
    if sent["sending_type"] == "pattern":
        return Request("ippanel", "send", sent["recipients"][0], "", sent["code"], sent["params"])
    return Request("ippanel", "send", sent["params"]["recipients"][0], sent["message"])


def accepted(request: Request, number: str) -> tuple[int, object]:
    """The provider's words for "taken", with its number for the message."""
    if request.provider == "kavenegar":
        entry = {
            "messageid": int(number),
            "message": request.text,
            "status": 5,
            "statustext": "ارسال به مخابرات",
        }
        entry |= {"sender": "2000", "receptor": request.to, "date": 1, "cost": 120}
        return 200, {"return": {"status": 200, "message": "تایید شد"}, "entries": [entry]}
    if request.provider == "smsir":
        return 200, {"status": 1, "message": "موفق", "data": {"messageId": int(number), "cost": 1.0}}
    if request.provider == "ghasedak":
        item = {"messageId": number, "receptor": request.to, "cost": 120}
        content = {"items": [item], "totalCost": 120} if request.template else item
        return 200, {"isSuccess": True, "statusCode": 200, "message": "ok", "data": content}
    if request.provider == "melipayamak":
        return 200, {"Value": number, "RetStatus": 1, "StrRetStatus": "Ok"}
    meta = {"status": True, "message": "done", "message_code": "200-1"}
    return 200, {"data": {"message_outbox_ids": [int(number)]}, "meta": meta}


def refused(request: Request, code) -> tuple[int, object]:
    """The provider's words for one of its documented errors."""
    if request.provider == "kavenegar":
        return int(code), {"return": {"status": int(code), "message": "خطا"}, "entries": None}
    if request.provider == "smsir":
        return {10: 401, 20: 429}.get(code, 400), {"status": code, "message": "خطا", "data": None}
    if request.provider == "ghasedak":
        return int(code), {"isSuccess": False, "statusCode": int(code), "message": "خطا", "data": None}
    if request.provider == "melipayamak":
        return 200, {"Value": str(code), "RetStatus": int(code), "StrRetStatus": "Error"}
    meta = {"status": False, "message": "error", "message_code": f"{code}-1"}
    return int(code), {"data": None, "meta": meta}


def states(request: Request, known: dict, references: dict) -> tuple[int, object]:
    """Answers to questions about delivery and balance; `known` holds the provider's own codes."""
    if request.provider == "kavenegar" and request.kind == "status":
        entries = [
            {"messageid": int(n), "status": known.get(n, 100), "statustext": ""} for n in request.asked
        ]
        return 200, {"return": {"status": 200, "message": "تایید شد"}, "entries": entries}
    if request.kind == "reference":
        number = references.get(request.asked[0])
        entry = {"messageid": int(number) if number else 0, "localid": request.asked[0]}
        entry |= {"status": known.get(number, 5) if number else 100, "statustext": ""}
        return 200, {"return": {"status": 200, "message": "تایید شد"}, "entries": [entry]}
    if request.kind == "balance":
        entries = {"remaincredit": known.get("balance", 5_000_000), "expiredate": 1, "type": "Master"}
        return 200, {"return": {"status": 200, "message": "تایید شد"}, "entries": entries}
    if request.provider == "smsir":
        content = {"messageId": int(request.asked[0]), "deliveryState": known.get(request.asked[0])}
        return 200, {"status": 1, "message": "موفق", "data": content}
    if request.provider == "melipayamak":
        return 200, {"Value": str(known.get(request.asked[0], 0)), "RetStatus": 1, "StrRetStatus": "Ok"}
    return 404, {"message": "not found"}
