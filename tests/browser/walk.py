"""How a person finds things on a page: by the words they read, and the code that came to their phone."""

import io
import re

from PIL import Image, ImageDraw, ImageFilter
from playwright.sync_api import expect

from portal.lib import dates

PASSWORD = "Calm-harbour-58"
CENTRE = "امام خمینی"
IMAGING = "خدمات تصویربرداری (سونوگرافی، رادیوگرافی‌ها، ام‌آرآی، سی‌تی‌اسکن و…)"
MRI = "انواع MRI (ام‌آرآی)"


def field(page, label: str):
    """The control of this accessible name: the words alone, or with a star or a remark in brackets."""
    return page.get_by_label(re.compile(rf"^{re.escape(label)}( \*| \(.*\))?$"))


def press(page, name: str, *, role: str = "button") -> None:
    """In the page itself: the menu above it says some of the same words."""
    found = page.locator("main").get_by_role(role, name=re.compile(rf"^{re.escape(name)}( \*| \(.*\))?$"))
    found.first.click()


def heading(page, text: str) -> None:
    expect(page.get_by_role("heading", name=text, exact=True, level=1)).to_be_visible()


def on_the_phone(page, servers, mobile: str, pattern: str, eventually) -> str:
    """What the newest text to this number says, as its owner reads it at /demo/phone/."""
    texts = re.compile(rf"{mobile}.*?</p>(.*?)</section>", re.S)

    def found():
        answer = page.request.get(f"{servers.url}/demo/phone/")
        newest = texts.search(answer.text())
        return newest and re.search(pattern, newest[1])

    return eventually(found)[1]


def log_in(page, servers, who: dict, password: str) -> None:
    page.goto(f"{servers.url}/login/")
    fill_login(page, who, password)
    press(page, "ورود")
    page.wait_for_url(f"{servers.url}/")


def fill_login(page, who: dict, password: str) -> None:
    field(page, "کد ملی").fill(who["national_id"])
    field(page, "رمز عبور").fill(password)
    if field(page, "کد امنیتی").count():
        field(page, "کد امنیتی").fill("PASSED")


def fill_basics(page, *, insured: dict) -> None:
    field(page, "تاریخ مراجعه").fill(dates.short(dates.today()))
    field(page, "بیمه‌نامه").select_option(value=str(insured["contract"]))
    name = f"{insured['first_name']} {insured['last_name']}"
    field(page, "بیمه‌شده").select_option(label=name)


def fill_details(page) -> None:
    """All but «مرکز درمانی», for which there are several ways."""
    field(page, "استان محل سکونت").select_option(label="استان تهران")
    field(page, "مبلغ پرداخت‌شده").fill("۱٬۵۱۰٬۰۰۰")
    field(page, "نوع خدمت").select_option(label=IMAGING)
    field(page, "خدمت").select_option(label=MRI)
    field(page, "بیمهٔ پایه").select_option(label="تأمین اجتماعی")
    field(page, "کد نظام پزشکی").fill("۱۲۳۴۵۶")
    page.get_by_role("radio", name="دارم", exact=True).check()
    field(page, "شناسهٔ نسخهٔ الکترونیک").fill("۱۴۰۵۱۲۳۴۵۶")
    field(page, "توضیحات").fill("درد زانو پس از زمین خوردن")


def choose_centre(page) -> str:
    """The first of what the picker found; its name."""
    option = page.get_by_role("listbox", name="مرکزهای پیداشده").get_by_role("option").first
    name = option.locator("b").inner_text()
    option.click()
    return name


def photo(words: str, *, blur: int = 0, noise: bool = False, lines: int = 40) -> dict:
    """A photographed sheet as a file input takes it; different for each text. With noise it is a heavy file."""
    image = Image.new("RGB", (1200, 1600), (228, 225, 217))
    if noise:
        image = Image.effect_noise(image.size, 90).convert("RGB")
    draw = ImageDraw.Draw(image)
    for line in range(lines):
        draw.text((90, 60 + 37 * line), f"{words} {line * 7919 % 1000} " * 6, fill=(40, 40, 50), font_size=24)
    if blur:
        image = image.filter(ImageFilter.GaussianBlur(blur))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    return {"name": f"{words}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def not_a_photo() -> dict:
    return {"name": "letter.jpg", "mimeType": "image/jpeg", "buffer": b"Dear insurer, here is my invoice."}


def file_input(page, document_type: str):
    """The gallery's input of a slot; its button is a label around it."""
    return page.locator(f"#slot-{document_type} input[type=file][multiple]")
