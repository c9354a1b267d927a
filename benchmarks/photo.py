"""G3 and G4: what an honest photo and a hostile picture cost, beside libjpeg alone and a usual Django upload.

`measure()` answers with rows of plain values; each side runs in a process of its own, so that its memory is its own.
"""

import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from PIL import Image, ImageChops, ImageOps

ROUNDS = 5
ROOT = Path(__file__).resolve().parent.parent


# --- the files ----------------------------------------------------------------------------------


def photo(path: Path, *, size=(4032, 3024), orientation: int = 6) -> None:
    """A sheet of print with a sensor's noise, as a phone held upright writes it: 4 MB."""
    from tests.claims.documents import files

    noise = Image.merge("RGB", [Image.effect_noise(size, 6)] * 3)
    picture = ImageChops.add(files.page(size), noise, 1, -128)
    picture.save(path, "JPEG", quality=88, exif=files.exif(orientation=orientation))


def hostile(folder: Path) -> dict[str, Path]:
    from tests.claims.documents import files

    contents = {
        "600 scans": files.scan_bomb(600, size=(4032, 3024)),
        "40 scans": files.scan_bomb(40, size=(3600, 2700)),
        "9,000 x 9,000": files.white_png(9_000, 9_000),
        "7,000 x 7,000": files.white_png(7_000, 7_000),
        "1 x 60,000": files.white_png(1, 60_000),
        "10 MB of profile": files.with_segments(files.saved(files.page()), *files.colour_profile(10_000_000)),
        "pdf of 500 pages": files.pdf(500),
        "nested pdf": files.nested_pdf(),
        "apng": files.animated_png(),
    }
    paths = {}
    for number, (name, content) in enumerate(contents.items()):
        paths[name] = folder / f"hostile{number}"
        paths[name].write_bytes(content)
    return paths


# --- the sides ----------------------------------------------------------------------------------


def floor(path: Path) -> None:
    """What libjpeg cannot do without: read, decode at half, encode."""
    with Image.open(io.BytesIO(path.read_bytes())) as image:
        image.draft("RGB", (image.width // 2, image.height // 2))
        image.load()
        image.save(io.BytesIO(), "JPEG", quality=85)


def peer(path: Path) -> None:
    """An `ImageField` in an afternoon: verified, the original kept, two sizes beside it."""
    content = path.read_bytes()
    Image.open(io.BytesIO(content)).verify()
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(content))).convert("RGB")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "original.jpg").write_bytes(content)
        for side in (2048, 320):
            copy = image.copy()
            copy.thumbnail((side, side))
            copy.save(Path(folder, f"{side}.jpg"), "JPEG", quality=85)


def ours(path: Path) -> None:
    from claims import documents

    with path.open("rb") as file:
        try:
            images = documents.clean(file)
        except documents.FileRefused:
            return
    for image in images:
        documents.discard(documents.keep(image, folder="bench"))


SIDES = {"floor": floor, "peer": peer, "ours": ours}


# --- measuring ----------------------------------------------------------------------------------


def _status(name: str) -> int:
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(name)) * 1024


def _cpu() -> float:
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _run_once(side: str, path: Path, warm: Path) -> dict[str, float]:
    """Runs in the measured process: one small picture to warm up, then the one that counts."""
    SIDES[side](warm)
    idle = _status("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")  # forgets the highest memory so far
    cpu, wall = _cpu(), time.perf_counter()
    SIDES[side](path)
    return {
        "cpu_ms": (_cpu() - cpu) * 1000,
        "wall_ms": (time.perf_counter() - wall) * 1000,
        "memory_mib": (_status("VmHWM") - idle) / 2**20,
        # The whole of the isolated decoder, where one was started.
        "decoder_mib": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    }


def _run(side: str, path: Path, warm: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.photo", side, str(path), str(warm)]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def measure(*, rounds: int = ROUNDS) -> dict[str, dict[str, float]]:
    """Medians by side and file; `ratio_floor` and `ratio_peer` are medians of the rounds' own ratios of CPU."""
    with tempfile.TemporaryDirectory() as folder:
        honest, warm = Path(folder, "honest.jpg"), Path(folder, "warm.jpg")
        photo(honest)
        photo(warm, size=(640, 480))
        found = [{side: _run(side, honest, warm) for side in SIDES} for _ in range(rounds)]
        rows = {side: _medians([each[side] for each in found]) for side in SIDES}
        for other in ("floor", "peer"):
            rows["ours"][f"ratio_{other}"] = median(
                each["ours"]["cpu_ms"] / each[other]["cpu_ms"] for each in found
            )
        for name, path in hostile(Path(folder)).items():
            rows[name] = _medians([_run("ours", path, warm) for _ in range(rounds)])
            rows[name]["ratio_honest"] = rows[name]["cpu_ms"] / rows["ours"]["cpu_ms"]
    return rows


def _medians(runs: list[dict[str, float]]) -> dict[str, float]:
    return {key: median(run[key] for run in runs) for key in runs[0]}


def _set_up(documents: str) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    os.environ |= {"DOCUMENT_ROOT": documents, "DEBUG": "1"}
    django.setup()


def main() -> None:
    with tempfile.TemporaryDirectory() as documents:
        _set_up(documents)
        if sys.argv[1:]:
            side, path, warm = sys.argv[1:]
            print(json.dumps(_run_once(side, Path(path), Path(warm))))
            return
        for name, row in measure().items():
            print(f"{name:20}", "  ".join(f"{key} {value:.2f}" for key, value in row.items()))


if __name__ == "__main__":
    main()
