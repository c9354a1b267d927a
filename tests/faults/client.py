"""A member at a browser without scripts, as one HTTP client; it keeps a history of every answer it was given."""

import io
import re
from urllib.parse import urljoin

import requests
from PIL import Image, ImageDraw

from portal.lib import dates
from tests.cast import PASSWORD

# A busy machine is no fault; whoever hangs up before the portal does would hide what it answers.
SECONDS = 60


class Member:
    def __init__(self, servers, who: dict):
        self.servers = servers
        self.who = who
        self.session = requests.Session()
        # Each code this member was shown, and each answer: what the database is checked against.
        self.shown = []
        self.history = []

    def get(self, path: str):
        return self._ask("GET", path)

    def post(self, path: str, values: dict, **options):
        token = self.session.cookies.get("csrf") or self.session.cookies.get("__Host-csrf")
        return self._ask("POST", path, data=values | {"csrfmiddlewaretoken": token}, **options)

    def _ask(self, method, path, **options):
        url = urljoin(self.servers.url, path)
        answer = self.session.request(method, url, allow_redirects=False, timeout=SECONDS, **options)
        self.history.append(
            (method, path.partition("?")[0], answer.status_code, answer.elapsed.total_seconds())
        )
        return answer

    def log_in(self):
        self.get("/login/")
        answer = self.post(
            "/login/",
            {
                "national_id": self.who["national_id"],
                "password": PASSWORD,
                "membership_type": self._membership_type(),
                "captcha": "PASSED",
                "captcha_key": "",
            },
        )
        assert (answer.status_code, answer.headers.get("Location")) == (302, "/"), answer.text
        return self

    def _membership_type(self):
        return self.servers.rows("select id from catalog_membershiptype where code = 'group'")[0]["id"]

    def draft(self) -> str:
        """A draft that waits for its review; answers its code."""
        answer = self.post(
            "/claims/new/",
            {
                "service_date": dates.short(dates.today()),
                "contract": self.who["contract"],
                "insured": self.who["person"],
            },
        )
        code = re.search(r"/claims/([^/]+)/details/", answer.headers["Location"])[1]
        self.fill_details(code)
        for document_type in ("invoice", "physician_order", "report"):
            assert self.upload(code, document_type).status_code == 302
        answer = self.post(f"/claims/{code}/mobile/", {"mobile": self.who["mobile"], "next": "1"})
        assert answer.headers["Location"].endswith("/review/"), answer.text
        return code

    def fill_details(self, code: str, **changes):
        centre = self.servers.rows("select id, name from catalog_medicalcentre order by id limit 1")[0]
        return self.post(
            f"/claims/{code}/details/",
            {
                "home_province": "IR-23",
                "centre": centre["id"],
                "centre_text": centre["name"],
                "paid_amount": "1510000",
                "service_type": "imaging",
                "base_insurer": "tamin",
                "has_eprescription": "no",
            }
            | changes,
        )

    def upload(self, code: str, document_type: str):
        files = {f"file_{document_type}": (f"{document_type}.jpg", photo(document_type), "image/jpeg")}
        return self.post(f"/claims/{code}/documents/", {}, files=files)

    def submit(self, code: str) -> str | None:
        """The tracking code that the page after it shows, or None when there was no answer."""
        try:
            answer = self.post(f"/claims/{code}/review/", {"submit": "1"})
        except requests.RequestException:
            return None
        assert answer.status_code == 302, answer.text
        page = self.get(answer.headers["Location"])
        found = re.search(r'code--page">(.*?)</p>', page.text, re.S)
        shown = re.sub(r"<[^>]+>|\D", "", found[1]) if found else None
        if shown:
            self.shown.append((code, shown))
        return shown


def photo(words: str) -> bytes:
    image = Image.new("RGB", (900, 1200), "white")
    draw = ImageDraw.Draw(image)
    for line in range(30):
        draw.text((60, 40 + 38 * line), f"{words} {line * 7919 % 1000} " * 5, fill="black", font_size=24)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()
