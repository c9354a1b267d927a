"""One HTTP call to a provider: bounded in time and size, and honest about whether it may have been heard."""

import json
import threading
import time

import requests
from django.conf import settings
from urllib3.exceptions import HTTPError, NewConnectionError, ReadTimeoutError

from notifications.causes import Cause
from notifications.gateways.base import Doubtful, Gateway, Unavailable

CONNECT_TIMEOUT = 3.0
# From the first byte asked to the last byte read; a body that drips does not hold a sender longer.
READ_TIMEOUT = 10.0
LARGEST_BODY = 64 * 1024
# Shorter than servers keep an idle connection: one they have just closed would look like a dropped message.
IDLE = 4.0

_own = threading.local()


class HttpGateway(Gateway):
    """Shared by the providers' modules; each adds its addresses, fields and codes."""

    @property
    def account(self) -> dict:
        return settings.SMS_PROVIDERS[self.name]

    def url(self, path: str) -> str:
        return self.account["url"].rstrip("/") + path

    def call(self, method: str, path: str, **request) -> tuple[int, dict]:
        """HTTP status and the JSON object of the answer.

        Unavailable when it was certainly not accepted, Doubtful when nobody can know.
        """
        # The address may carry the key, so errors are told by kind and never with their text.
        began = time.monotonic()
        try:
            response = _session().request(
                method,
                self.url(path),
                timeout=(CONNECT_TIMEOUT, READ_TIMEOUT),
                allow_redirects=False,
                stream=True,
                **request,
            )
            with response:
                body = _read(response, until=began + CONNECT_TIMEOUT + READ_TIMEOUT)
        except requests.ConnectTimeout:
            raise Unavailable(Cause.UNREACHABLE) from None
        except (requests.Timeout, ReadTimeoutError):
            raise Doubtful(Cause.TIMEOUT) from None
        except requests.ConnectionError as error:
            raise _of_connection(error) from None
        except (
            requests.exceptions.InvalidURL,
            requests.exceptions.InvalidSchema,
            requests.exceptions.MissingSchema,
        ):
            raise Unavailable(Cause.UNREACHABLE, "url") from None
        except (requests.RequestException, HTTPError):
            raise Doubtful(Cause.DROPPED) from None
        if response.status_code >= 500:
            raise Unavailable(Cause.SERVER, str(response.status_code))
        return response.status_code, _object(response.status_code, body)


def _session() -> requests.Session:
    """One per thread, with its connection kept open while it is busy."""
    now = time.monotonic()
    session = getattr(_own, "session", None)
    if session is None or now - _own.used_at > IDLE:
        if session is not None:
            session.close()
        session = _own.session = requests.Session()
        # No proxies or .netrc of the machine: keys go to the provider only.
        session.trust_env = False
    _own.used_at = now
    return session


def _read(response, *, until: float) -> bytes:
    body = bytearray()
    # read1 returns what has come; read would wait for a full buffer, however slowly it fills.
    while chunk := response.raw.read1(4096, decode_content=True):
        body += chunk
        if time.monotonic() > until:
            raise Doubtful(Cause.TIMEOUT)
        if len(body) > LARGEST_BODY:
            raise Doubtful(Cause.GARBAGE)
    return bytes(body)


def _of_connection(error: requests.ConnectionError):
    reason = getattr(error.args[0], "reason", None) if error.args else None
    never_sent = (requests.exceptions.SSLError, requests.exceptions.ProxyError)
    if isinstance(reason, NewConnectionError) or isinstance(error, never_sent):
        return Unavailable(Cause.UNREACHABLE)
    if "Read timed out" in str(error):
        return Doubtful(Cause.TIMEOUT)
    return Doubtful(Cause.DROPPED)


def _object(status: int, body: bytes) -> dict:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if isinstance(answer, dict):
        return answer
    if status >= 400:
        raise Unavailable(_cause_of_http(status), str(status))
    raise Doubtful(Cause.GARBAGE, str(status))


def _cause_of_http(status: int) -> Cause:
    if status == 429:
        return Cause.BUSY
    return Cause.ACCOUNT if status in (401, 403) else Cause.REFUSED
