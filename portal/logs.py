"""The last line of defence for logs: runs of digits that could be a national ID, a mobile or a code."""

import logging
import re

# Ten to sixteen digits: national IDs, mobiles, tracking codes. Six alone: a code by SMS.
PERSONAL = re.compile(r"(?<![\w-])(?<!\d\.)(?:\+?\d{10,16}|\d{6})(?![\w-]|\.\d)")


class WithoutPersonalNumbers(logging.Filter):
    def filter(self, record):
        record.msg = PERSONAL.sub("•••", record.getMessage())
        record.args = None
        return True
