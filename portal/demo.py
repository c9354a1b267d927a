"""What the page of components shows: one example of everything, in every state. All names are invented."""

from datetime import UTC, datetime

import jdatetime
from django import forms

from portal.lib.fields import JalaliDateField, MobileField, NationalIdField, RialField
from portal.lib.forms import PersianForm

TYPES = [("", "انتخاب کنید"), ("imaging", "خدمات تصویربرداری"), ("visit", "ویزیت")]
HAVE = [("yes", "دارم"), ("no", "ندارم")]
STATUSES = [
    "draft",
    "submitted",
    "under_review",
    "deficient",
    "approved",
    "rejected",
    "paid",
    "payment_failed",
    "withdrawn",
    "expired",
]


class Fields(PersianForm):
    service_date = JalaliDateField(
        label="تاریخ مراجعه", help_text="تاریخی که روی قبض (فاکتور) است، مانند ۱۴۰۳/۰۸/۲۲"
    )
    mobile = MobileField(label="شمارهٔ موبایل", required=False)
    paid_amount = RialField(label="مبلغ پرداخت‌شده", help_text="سهم شما، همان که در قبض (فاکتور) آمده است.")
    national_id = NationalIdField(label="کد ملی", help_text="۱۰ رقم، از روی کارت ملی")
    password = forms.CharField(label="رمز عبور", widget=forms.PasswordInput)
    service_type = forms.ChoiceField(label="نوع خدمت", choices=TYPES)
    service = forms.ChoiceField(
        label="خدمت",
        choices=[("", "ابتدا نوع خدمت")],
        required=False,
        disabled=True,
        help_text="برای انتخاب خدمت، ابتدا نوع خدمت را انتخاب کنید.",
    )
    has_eprescription = forms.ChoiceField(label="نسخهٔ الکترونیک", choices=HAVE, widget=forms.RadioSelect)
    notes = forms.CharField(label="توضیحات", required=False, widget=forms.Textarea)
    remember = forms.BooleanField(label="مرا به خاطر بسپار", required=False)


def day(year, month, date):
    return jdatetime.date(year, month, date)


CLAIMS = [
    {
        "status": "under_review",
        "title": "ویزیت پزشک متخصص",
        "person": "سید محمدرضا حسینی طباطبایی",
        "centre": "مطب دکتر نیلوفر آریامنش",
        "date": day(1403, 10, 2),
        "amount": 4_200_000,
    },
    {
        "status": "paid",
        "title": "عینک طبی (فریم و عدسی)",
        "person": "آوا حسینی طباطبایی",
        "centre": "عینک‌سازی دیدگان روشن",
        "date": day(1403, 9, 18),
        "amount": 31_500_000,
    },
    {
        "status": "rejected",
        "title": "جرم‌گیری و بروساژ",
        "person": "مریم کاظمی‌نیا",
        "centre": "دندان‌پزشکی شبانه‌روزی سپید",
        "date": day(1403, 8, 29),
        "amount": 9_800_000,
    },
]
WAITING = [
    {
        "status": "draft",
        "title": "داروی سرپایی (نسخه)",
        "person": "مریم کاظمی‌نیا",
        "centre": "داروخانهٔ شبانه‌روزی بهار",
        "date": day(1403, 10, 15),
        "amount": 6_740_000,
        "waits": "مرحلهٔ ۳ از ۵: «قبض داروخانه» بارگذاری نشده است",
        "waits_icon": "pencil-line",
        "kept": "این پیش‌نویس تا ۳۰ دی ۱۴۰۳ نگه داشته می‌شود.",
        "link_label": "ادامهٔ پیش‌نویس",
    },
    {
        "status": "deficient",
        "title": "انواع MRI (ام‌آرآی)",
        "person": "سید محمدرضا حسینی طباطبایی",
        "centre": "مرکز تصویربرداری پرتونگار مهر",
        "date": day(1403, 9, 24),
        "amount": 18_500_000,
        "waits": "تا ۱۱ بهمن ۱۴۰۳، ۲۵ روز مانده",
    },
]
STEPS = [
    {
        "title": "اطلاعات اولیه",
        "state": "done",
        "summary": ["۲۴ آذر ۱۴۰۳", "سید محمدرضا حسینی طباطبایی (همسر)"],
        "edit_url": "#steps",
    },
    {"title": "جزئیات پرونده", "state": "open"},
    {"title": "تصاویر مدارک", "state": "todo"},
]
EVENTS = [
    {"status": "paid", "title": "پرداخت شد", "text": "۱۷٬۰۰۰٬۰۰۰ ریال به شبای شما واریز شد."},
    {"status": "deficient", "title": "نقص دارد، نیاز به ویرایش", "text": "کارشناس ۳ نقص اعلام کرد."},
    {"status": "under_review", "title": "در حال رسیدگی"},
    {"status": "submitted", "title": "ثبت شد", "text": "کد رهگیری پیامک شد."},
]
NEXT = [
    {"title": "ثبت شد", "state": "done", "text": "۶ دی ۱۴۰۳، ساعت ۲۱:۱۷"},
    {
        "title": "در حال رسیدگی",
        "state": "now",
        "text": "کارشناس خسارت مدارک را می‌بیند. معمولاً تا ۴ روز کاری شروع می‌شود.",
    },
    {
        "title": "نتیجه",
        "state": "todo",
        "text": "نتیجه را پیامک می‌کنیم. اگر نقصی باشد، ۳۰ روز برای اصلاح فرصت دارید.",
    },
    {"title": "پرداخت", "state": "todo"},
]
DEFICIENCIES = [
    {
        "place": "جزئیات پرونده، مبلغ پرداخت‌شده",
        "sentence": "مبلغ پرداخت‌شده با مبلغ سهم بیمار در قبض (فاکتور) همخوانی ندارد.",
        "cured": True,
    },
    {
        "place": "تصاویر مدارک، قبض (فاکتور)",
        "sentence": "قبض (فاکتور) مهر مرکز درمانی ندارد.",
        "advice": "قبض را به مرکز ببرید تا مهر شود و دوباره از کل برگه عکس بگیرید.",
        "url": "#deficiencies",
        "label": "تعویض تصویر",
        "icon_name": "camera",
    },
    {
        "place": "تصاویر مدارک، جواب (ریپورت)",
        "sentence": "جواب (ریپورت) خدمت بارگذاری نشده است.",
        "advice": "برگهٔ جواب را با نام بیمار و تاریخ اضافه کنید.",
        "url": "#deficiencies",
        "label": "افزودن تصاویر",
        "icon_name": "plus",
    },
]
SLOTS = [
    {
        "document_type": {
            "code": "invoice",
            "title": "قبض (فاکتور)",
            "hint": "با نام بیمار، تاریخ، نوع خدمت، مبلغ و مهر مرکز",
        },
        "is_required": True,
    },
    {
        "document_type": {
            "code": "printout",
            "title": "چاپ نسخهٔ الکترونیک",
            "hint": "صفحهٔ نسخه با کد رهگیری",
        },
        "may_be_missing": True,
        "missing_field": "missing_printout",
        "reason": "چاپگر نداشتم؛ شناسهٔ نسخه را نوشته‌ام.",
    },
]
DOCUMENTS = [
    {"pk": 1, "code": "one", "heading": "قبض داروخانه", "title_field": "title_1", "size": 1_260_000},
    {
        "pk": 2,
        "code": "two",
        "heading": "جواب (ریپورت)",
        "title_field": "title_2",
        "needs_look": True,
        "advice_sentences": ["عکس تاریک است؛ در نور بیشتر دوباره عکس بگیرید."],
    },
]
GROUP = {
    "title": "اطلاعات اولیه",
    "change_url": "#summary",
    "rows": [
        {"label": "تاریخ مراجعه", "value": "۱۴۰۳/۰۹/۲۴"},
        {"label": "مبلغ پرداخت‌شده", "value": 18_500_000, "changed_from": 15_800_000, "kind": "amount"},
        {"label": "کد نظام پزشکی", "value": ""},
        {"label": "شمارهٔ موبایل", "value": "09153384147", "kind": "mobile"},
    ],
}
SLIP = {
    "tracking_code": "4071928356",
    "title": "انواع MRI (ام‌آرآی)",
    "insured": {"full_name": "سید محمدرضا حسینی طباطبایی‌نژاد اصفهانی"},
    "paid_amount": 18_500_000,
    "submitted_at": datetime(2024, 12, 26, 17, 47, tzinfo=UTC),
    "code": "demo",
    "centre": {"city": "مشهد", "address": "بلوار سجاد، نبش بزرگمهر ۴"},
}


class Papers(PersianForm):
    title_1 = forms.ChoiceField(label="عنوان تصویر", choices=[("drugs", "قبض داروخانه")], required=False)
    title_2 = forms.ChoiceField(label="عنوان تصویر", choices=[("report", "جواب (ریپورت)")], required=False)
    missing_printout = forms.CharField(
        label="دلیل نداشتن این مدرک",
        help_text="کارشناس این دلیل را می‌خواند.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        initial="چاپگر نداشتم؛ شناسهٔ نسخه را نوشته‌ام.",
    )


class Centre(PersianForm):
    centre = forms.CharField(widget=forms.HiddenInput, required=False)
    centre_text = forms.CharField(label="مرکز درمانی", initial="مرکز تصویربرداری پرتونگار مهر")
    centre_missing = forms.BooleanField(required=False)
    centre_name = forms.CharField(label="نام مرکز", required=False)
    centre_city = forms.CharField(label="شهر", required=False)


def components() -> dict:
    wrong = Fields(
        {"paid_amount": "۰", "service_date": "۱۴۰۳/۱۳/۰۱", "has_eprescription": ""}, prefix="wrong"
    )
    wrong.is_valid()
    return {
        "fields": Fields(
            initial={
                "paid_amount": 18_500_000,
                "service_date": day(1403, 9, 24),
                "has_eprescription": "yes",
                "mobile": "09153384147",
                "remember": True,
            }
        ),
        "wrong": wrong,
        "statuses": STATUSES,
        "claims": CLAIMS,
        "waiting": WAITING,
        "steps": STEPS,
        "events": EVENTS,
        "next_steps": NEXT,
        "deficiencies": DEFICIENCIES,
        "deadline": day(1403, 11, 11),
        "slots": SLOTS,
        "documents": DOCUMENTS,
        "papers": Papers(),
        "centre": Centre(),
        "group": GROUP,
        "slip": SLIP,
    }
