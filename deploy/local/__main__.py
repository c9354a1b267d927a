"""`python3 -m deploy.local run`: this file must be readable to any Python 3, to tell an old one apart."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  (the one place that meets an old Python)
    sys.exit(
        "The portal needs Python 3.11 or newer and this is %s.%s: name another, make run PYTHON=python3.11"  # noqa: UP031
        % (sys.version_info[0], sys.version_info[1])
    )

from deploy.local.commands import main

main(sys.argv[1:])
