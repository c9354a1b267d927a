"""How often something may be tried: how many times, per how many seconds (members/limits.py counts them).

What depends on the size of the place stands in portal/settings.py.
"""

LIMITS = {
    "login": (5, 15 * 60),
    "login-waits": (1000, 24 * 3600),
    "login-in-a-row": (100, 90 * 24 * 3600),
    # An address may be a carrier's: after so many failures it gets a captcha, far later a refusal.
    "login-captcha": (30, 15 * 60),
    "login-address": (600, 15 * 60),
    "login-browser": (1_000_000, 400 * 24 * 3600),
    # Codes asked for by somebody who is not signed in: counted alike for accounts that do not exist.
    "code-asked": (1, 60),
    "code-asked-hour": (5, 3600),
    "code-asked-day": (10, 24 * 3600),
    # From one address in one name: a single stranger leaves some for whoever asks from elsewhere.
    "code-near": (6, 24 * 3600),
    "code-asked-captcha": (60, 3600),
    "code-asked-address": (600, 3600),
    "activation": (5, 24 * 3600),
    # Its form asks the security code always.
    "activation-address": (600, 3600),
    # Of a number; once more for the account itself where it has proved to read it.
    "code-hour": (5, 3600),
    "code-day": (10, 24 * 3600),
    "code-address": (600, 3600),
    # Per purpose.
    "code-tries-day": (20, 24 * 3600),
    "code-tries-nobody": (1_000_000, 24 * 3600),
    # Wrong codes at the login, whoever they were for.
    "code-tries-captcha": (30, 15 * 60),
    "code-tries-address": (600, 15 * 60),
    "submit": (30, 3600),
    "upload": (300, 3600),
    # Kilobytes a member may send in a day.
    "upload-size": (600 * 1024, 24 * 3600),
    "search": (60, 60),
    # Per account; before the login per national ID and per contact number.
    "report": (5, 3600),
    "report-captcha": (30, 3600),
    "report-address": (600, 3600),
}
