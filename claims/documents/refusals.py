"""Why a file is not taken, in the words its owner reads. No decision is made here."""

SENTENCES = {
    "empty": "این فایل خالی است؛ دوباره عکس بگیرید یا فایل دیگری انتخاب کنید.",
    "too_large": "حجم فایل بیشتر از ۱۵ مگابایت است؛ عکس را با کیفیت کمتر بگیرید یا کوچک کنید.",
    "bad_file": "این فایل عکس یا PDF نیست یا بزرگ‌تر از ۱۵ مگابایت است؛ دوباره عکس بگیرید.",
    "wrong_kind": "این نوع فایل پذیرفته نمی‌شود؛ عکس JPEG، PNG، WebP یا HEIC یا فایل PDF بفرستید.",
    "damaged": "این فایل ناقص یا خراب است؛ دوباره عکس بگیرید یا فایل را از نو بفرستید.",
    "animated": "تصویر متحرک پذیرفته نمی‌شود؛ از مدرک یک عکس معمولی بگیرید.",
    "too_many_pixels": "ابعاد عکس بیش از اندازه بزرگ است؛ با دوربین معمولی گوشی دوباره عکس بگیرید.",
    "too_long": "یک ضلع عکس بیش از اندازه بلند است؛ مدرک را در چند عکس جداگانه بفرستید.",
    "too_small": "عکس بسیار کوچک است و خوانده نمی‌شود؛ از نزدیک و با اندازهٔ کامل دوباره عکس بگیرید.",
    "too_complex": "ساختار این فایل بیش از اندازه پیچیده است؛ از خود مدرک یا از صفحهٔ نمایش عکس بگیرید.",
    "encrypted_pdf": "PDF رمز دارد؛ رمز آن را بردارید یا از برگه‌ها عکس بگیرید.",
    "too_many_pages": "PDF بیشتر از ۱۰ برگه دارد؛ فقط برگه‌های لازم را در فایل جداگانه بفرستید.",
    "bad_pdf": "این PDF باز نمی‌شود؛ آن را دوباره ذخیره کنید یا از برگه‌ها عکس بگیرید.",
    "busy": "اکنون فایل‌های زیادی در صف است؛ چند دقیقهٔ دیگر دوباره بفرستید.",
}


class FileRefused(Exception):
    """`code` tells the kinds apart; `name` is what the sender called the file."""

    def __init__(self, code: str, *, name: str = "") -> None:
        super().__init__(SENTENCES[code])
        self.code = code
        self.name = name


class StorageFull(Exception):
    """The disk took no more; nothing of the picture was left behind."""

    code = "storage_full"

    def __init__(self) -> None:
        super().__init__("اکنون جایی برای نگه‌داشتن تصویر نیست؛ لطفاً بعداً دوباره تلاش کنید.")
