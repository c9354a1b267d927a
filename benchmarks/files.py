"""G15: private pictures through the permission check, sent by nginx or by Python."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from benchmarks import people, photo, web
from benchmarks.goals import Row, row
from benchmarks.rounds import ROUNDS, interleaved
from claims.models import Document

AT_ONCE, EACH = 4, 75
NGINX = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log; {user}
events {{ }}
http {{
    access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    upstream web {{ server 127.0.0.1:{web}; keepalive 16; }}
    server {{
        listen 127.0.0.1:{port};
        location /protected/ {{ internal; alias {documents}/; }}
        location / {{
            proxy_pass http://web; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host;
        }}
    }}
}}
"""


@contextmanager
def nginx(port_of_web: int) -> Iterator[int]:
    """The port of an nginx before the web process; without nginx, the web process itself."""
    program = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if program is None:
        yield port_of_web
        return
    folder, port = Path(os.environ["BENCH_FOLDER"]), web.free_port()
    user = "user root;" if os.geteuid() == 0 else ""
    text = NGINX.format(
        folder=folder, user=user, web=port_of_web, port=port, documents=os.environ["DOCUMENT_ROOT"]
    )
    place = folder / f"nginx-{port}.conf"
    place.write_text(text)
    child = subprocess.Popen([program, "-c", place], stdin=subprocess.DEVNULL)
    try:
        web.wait_for(port)
        yield port
    finally:
        child.terminate()
        child.wait()


def reading(port: int, url: str, size: int):
    readers = [web.Reader(port, url, people.maryam()) for _ in range(AT_ONCE)]

    def read(number: int) -> list[float]:
        for _ in range(EACH):
            status, came = readers[number].read()
            if status != 200 or came not in (size, 0):
                raise AssertionError(f"{status}, {came} bytes")
        return []

    def side() -> dict[str, float]:
        start = time.perf_counter()
        web.at_once(AT_ONCE, read)
        return {"per_second": AT_ONCE * EACH / (time.perf_counter() - start)}

    return side


def photographed() -> SimpleUploadedFile:
    """A sheet of paper from a phone: what is kept of it is what officers and members look at."""
    path = Path(os.environ["BENCH_FOLDER"], "sheet.jpg")
    photo.photo(path)
    return SimpleUploadedFile("sheet.jpg", path.read_bytes(), "image/jpeg")


def rows(*, rounds: int = ROUNDS) -> list[Row]:
    client, filling = people.signed_in(people.maryam()), people.Filling(people.maryam())
    people.draft(client, filling, photographed)
    document = Document.objects.latest("pk")
    url = reverse("claims:file", args=[document.code])
    by_nginx = {"SENDFILE_BACKEND": "django_sendfile.backends.nginx"}
    # Before both stands the same nginx, so that only the sending differs.
    with (
        web.server() as python,
        web.server(**by_nginx) as accelerated,
        nginx(python) as before,
        nginx(accelerated) as front,
    ):
        sides = {"python": reading(before, url, document.size), "nginx": reading(front, url, document.size)}
        found = interleaved(sides, rounds=rounds)
    return [
        row(
            "G15",
            "private pictures a second, X-Accel",
            found.ratios("nginx", "python", "per_second"),
            must=1.4,
            best=2.0,
            more_is_better=True,
            unit="/s",
            peer=found.median("python", "per_second"),
            ours=found.median("nginx", "per_second"),
            voided=found.voided,
            note="" if front != accelerated else "there is no nginx here: what it takes to send is left out",
        )
    ]
