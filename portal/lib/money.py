"""Amounts in words and digits. Whole rials go in; text for people comes out."""

from persiantools.digits import to_word

from portal.lib.text import persian_digits

RIALS_IN_A_TOMAN = 10
GROUP_SEPARATOR = "٬"


def grouped(rial: int) -> str:
    return persian_digits(f"{int(rial):,}".replace(",", GROUP_SEPARATOR))


def toman_words(rial: int) -> str:
    toman, rest = divmod(abs(int(rial)), RIALS_IN_A_TOMAN)
    parts = []
    if toman or not rest:
        parts.append(f"{_words(toman)} تومان")
    if rest:
        parts.append(f"{_words(rest)} ریال")
    words = " و ".join(parts)
    return f"منفی {words}" if rial < 0 else words


def _words(number: int) -> str:
    # The library says «یکصد», people and the portal say «صد».
    return to_word(number).replace("یکصد", "صد")
