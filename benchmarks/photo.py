"""G3 and G4: what an honest photo and a hostile picture cost, beside libjpeg alone and a usual Django upload.

Each side runs in a process of its own, so that its memory is its own.
"""

import functools
import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from PIL import Image, ImageChops

from benchmarks.goals import Row, row
from benchmarks.peers import pictures
from benchmarks.rounds import ROUNDS, interleaved

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
        "40 scans of 1,600 x 1,000": files.scan_bomb(40, size=(1600, 1000)),
        "9,000 x 9,000": files.white_png(9_000, 9_000),
        "7,000 x 7,000": files.white_png(7_000, 7_000),
        "white webp of 49 megapixels": files.white_webp(7_000, 7_000),
        "1 x 60,000": files.white_png(1, 60_000),
        "10 MB of profile": files.with_segments(files.saved(files.page()), *files.colour_profile(10_000_000)),
        "pdf of 500 pages": files.pdf(500),
        "nested pdf": files.nested_pdf(),
        "nested pdf, packed": files.nested_pdf(packed="flate"),
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
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "original.jpg").write_bytes(content)
        for side, smaller in pictures.sizes(content).items():
            Path(folder, f"{side}.jpg").write_bytes(smaller)


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


def _both(paths: dict[str, Path], warm: Path, sides) -> dict:
    return {name: functools.partial(_run, side, paths[name], warm) for name, side in sides.items()}


def rows(*, rounds: int = ROUNDS) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        honest, large, warm = (Path(folder, f"{name}.jpg") for name in ("honest", "large", "warm"))
        photo(honest)
        photo(warm, size=(640, 480))
        photo(large, size=(8160, 6120))
        paths = dict.fromkeys(SIDES, honest)
        found = interleaved(_both(paths, warm, {side: side for side in SIDES}), rounds=rounds)
        biggest = interleaved(_both({"ours": large}, warm, {"ours": "ours"}), rounds=rounds)
        paths = {"honest": honest} | costliest(hostile(Path(folder)), warm)
        bad = interleaved(
            _both(paths, warm, dict.fromkeys(paths, "ours")), rounds=rounds, warm=False, repeats=2
        )
    return [*_of_honest(found), _of_largest(biggest), *_of_hostile(bad)]


def costliest(paths: dict[str, Path], warm: Path) -> dict[str, Path]:
    """Of all of them, measured once: the one that takes most time, and the one that takes most memory."""
    cost = {name: _run("ours", path, warm) for name, path in paths.items()}
    worst = {max(cost, key=lambda name: cost[name][figure]) for figure in ("cpu_ms", "memory_mib")}
    return {name: paths[name] for name in worst}


def _of_honest(found) -> list[Row]:
    values = {side: found.median(side, "cpu_ms") for side in SIDES}
    more = {"unit": "ms", "voided": found.voided}
    to_floor, to_peer = (found.ratios("ours", side, "cpu_ms") for side in ("floor", "peer"))
    memory = found.of("ours", "memory_mib")
    return [
        row("G3", "12-megapixel photo to floor, CPU", to_floor, must=1.8, best=1.5, **values, **more),
        row("G3", "12-megapixel photo to peer, CPU", to_peer, must=0.30, best=0.20, **values, **more),
        row(
            "G3",
            "its memory above idle, MiB",
            memory,
            must=40,
            best=40,
            peer=found.median("peer", "memory_mib"),
            ours=median(memory),
            unit="MiB",
        ),
    ]


def _of_largest(found) -> Row:
    memory = found.of("ours", "memory_mib")
    return row(
        "G3",
        "50-megapixel photo, memory above idle, MiB",
        memory,
        must=40,
        best=40,
        ours=median(memory),
        unit="MiB",
        voided=found.voided,
    )


def _of_hostile(found) -> list[Row]:
    """The costliest of them by its median; memory is what ours or its isolated decoder takes."""
    names = [name for name in found.kept[0] if name != "honest"]
    answer = []
    for figure, unit in (("cpu_ms", "ms"), ("memory_mib", "MiB")):
        worst = max(names, key=lambda name: found.median(name, figure))
        answer.append(
            row(
                "G4",
                f"costliest hostile picture, {figure.split('_')[0]}",
                found.ratios(worst, "honest", figure),
                must=1.0,
                best=0.1,
                floor=found.median("honest", figure),
                ours=found.median(worst, figure),
                unit=unit,
                voided=found.voided,
                note=f"{worst}; an isolated decoder takes {found.median(worst, 'decoder_mib'):.0f} MiB in all",
            )
        )
    return answer


def main() -> None:
    """One side in a process of its own: `python -m benchmarks.photo SIDE PICTURE SMALL_PICTURE`."""
    import django

    django.setup()
    side, path, warm = sys.argv[1:]
    print(json.dumps(_run_once(side, Path(path), Path(warm))))


if __name__ == "__main__":
    main()
