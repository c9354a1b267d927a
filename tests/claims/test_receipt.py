"""What stands on the receipt, where, and in which direction."""

import pypdfium2
import pytest

WIDTH, MARGIN = 595, 56
LONG = "ا" * 400 + " " + "https://example.ir/" + "x" * 300


@pytest.fixture
def sheets(filling):
    """The letters of each sheet with where they stand."""
    filling.start()
    filling.post("details", filling.details(notes=f"خط اول\nخط دوم {LONG}"))
    filling.add_documents()
    filling.confirm_mobile()
    filling.post("review", {"submit": "1"})
    answer = filling.client.get(filling.url("receipt"))
    document = pypdfium2.PdfDocument(answer.content)
    found = []
    for page in document:
        text = page.get_textpage()
        found.append([(text.get_text_range(n, 1), text.get_charbox(n)) for n in range(text.count_chars())])
    document.close()
    return found


def test_nothing_runs_off_the_sheet(sheets):
    for letters in sheets:
        for letter, (left, bottom, right, top) in letters:
            if letter.strip():
                assert MARGIN - 2 <= left <= right <= WIDTH - MARGIN + 2, letter
                assert bottom > 0 < top


def test_the_tracking_code_is_copied_without_spaces(sheets, filling):
    text = "".join(letter for letters in sheets for letter, _ in letters)

    assert filling.claim.tracking_code in text


def test_the_mobile_reads_from_left_to_right(sheets):
    bullets = [box for letters in sheets for letter, box in letters if letter == "•"]
    line = [
        (box[0], letter)
        for letters in sheets
        for letter, box in letters
        if abs(box[1] - bullets[0][1]) < 6 and letter in "•۰۱۲۳۴۵۶۷۸۹"
    ]

    assert "".join(letter for _, letter in sorted(line)) == "۰۹•••••••۰۱"
