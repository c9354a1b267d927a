"""What the buttons of the desk do: read a form, call one verb of the lifecycle, say what came of it."""

from dataclasses import dataclass

from django.contrib import messages as notes

from catalog.models import MedicalCentre
from claims import lifecycle
from claims.admin.desk import Desk
from claims.forms import officer as forms
from claims.models import Status
from portal.lib.text import persian_digits

NO_SUCH = "آنچه انتخاب شده بود دیگر پیدا نمی‌شود؛ صفحه را تازه کنید."


@dataclass
class Typed:
    """An act that decides nothing yet: the desk is drawn again with these forms."""

    forms: dict
    tab: str


def take(request, claim):
    lifecycle.take(claim, by=request.user)
    return "این درخواست اکنون در دست شماست."


def release(request, claim):
    lifecycle.release(claim, by=request.user)
    return "درخواست به صف بازگشت."


def approve(request, claim):
    data, tab = request.POST, "approve"
    if "more" in data:
        data = forms.CutRows.with_row(data, {})
    approval = forms.ApprovalForm(data, prefix="approve")
    cuts = forms.CUT_ROWS(data, prefix="cut")
    typed = Typed({"approval": approval, "cuts": cuts}, tab)
    both_right = all([approval.is_valid(), cuts.is_valid()])
    if "more" in data or "reckon" in data or not both_right:
        return typed
    try:
        claim = lifecycle.approve(claim, by=request.user, cuts=cuts.cuts, note=approval.cleaned_data["note"])
    except lifecycle.Refused as refusal:
        notes.error(request, str(refusal))
        return typed
    if claim.first_approval_by_id == request.user.pk:
        return "تأیید نخست ثبت شد؛ درخواست در انتظار تأیید دوم سرپرست است."
    return "درخواست تأیید شد و پیامک آن در نوبت ارسال است."


def deficient(request, claim):
    desk = Desk(request, claim)
    data = with_rows(request.POST, desk)
    found = forms.FOUND_ROWS(data, prefix="found", form_kwargs={"documents": desk.documents})
    typed = Typed({"found": found}, "deficient")
    if not {"add", "remove", "find"}.isdisjoint(request.POST) or not found.is_valid():
        return typed
    try:
        lifecycle.mark_deficient(claim, by=request.user, found=found.found)
    except lifecycle.Refused as refusal:
        notes.error(request, str(refusal))
        return typed
    return f"{persian_digits(len(found.found))} نقص اعلام شد و پیامک آن در نوبت ارسال است."


def with_rows(data, desk):
    """The rows as posted, with the one that was asked for added or removed."""
    if "remove" in data:
        return forms.FoundRows.without_row(data, data["remove"])
    wanted = data.get("add", "")
    for group in desk.decision.reasons if wanted else ():
        for row in group["reasons"]:
            if row["reason"].code == wanted:
                values = {
                    "reason": wanted,
                    "text": row["reason"].title,
                    "advice": row["reason"].advice,
                    "document": row["document"],
                }
                return forms.FoundRows.with_row(data, values)
    return data


def reject(request, claim):
    form = forms.RejectionForm(request.POST, prefix="reject")
    typed = Typed({"rejection": form}, "reject")
    if not form.is_valid():
        return typed
    try:
        lifecycle.reject(claim, by=request.user, **form.cleaned_data)
    except lifecycle.Refused as refusal:
        notes.error(request, str(refusal))
        return typed
    return "درخواست رد شد و پیامک آن در نوبت ارسال است."


def request_originals(request, claim):
    lifecycle.request_originals(claim, by=request.user)
    return "اصل مدارک خواسته شد و پیامک آن در نوبت ارسال است."


def receive_originals(request, claim):
    lifecycle.receive_originals(claim, by=request.user)
    return "دریافت اصل مدارک ثبت شد."


def ask_adviser(request, claim):
    form = forms.AdviserForm(request.POST, prefix="adviser")
    if not form.is_valid():
        return Typed({"adviser": form}, "")
    claim = lifecycle.ask_medical_adviser(claim, by=request.user, note=form.cleaned_data["note"])
    return "درخواست نزد پزشک معتمد است." if claim.in_medical_review else "نظر پزشک معتمد ثبت شد."


def correct_title(request, claim):
    wanted = request.POST.get("image", "")
    document = next((one for one in claim.documents.present() if one.code == wanted), None)
    form = forms.TitleForm(request.POST)
    if document is None or not form.is_valid():
        raise lifecycle.Refused(NO_SUCH)
    lifecycle.correct_title(claim, document, by=request.user, title=form.cleaned_data["title"])
    return "عنوان تصویر اصلاح شد."


def merge_centre(request, claim):
    text = request.POST.get("centre", "")
    is_number = text.isascii() and text.isdigit() and len(text) < 18
    centre = MedicalCentre.objects.filter(pk=int(text) if is_number else 0, is_active=True).first()
    if centre is None:
        raise lifecycle.Refused(NO_SUCH)
    lifecycle.merge_centre(claim, by=request.user, centre=centre)
    return f"مرکز درمانی به «{centre.name}» تطبیق داده شد."


def pay(request, claim):
    form = forms.PaymentForm(request.POST, prefix="pay")
    if not form.is_valid():
        return Typed({"payment": form}, "")
    lifecycle.pay(claim, by=request.user, reference=form.cleaned_data["reference"])
    return "پرداخت ثبت شد و پیامک آن در نوبت ارسال است."


def fail_payment(request, claim):
    form = forms.BounceForm(request.POST, prefix="bounce")
    if not form.is_valid():
        return Typed({"bounce": form}, "")
    current = lifecycle.fail_payment(claim, by=request.user, cause=form.cleaned_data["cause"])
    if current.status == Status.APPROVED:
        return "برگشت پرداخت ثبت شد؛ شبا از آن پس عوض شده است و مبلغ در دستهٔ بعد می‌رود."
    return "برگشت پرداخت ثبت شد و پیامک آن در نوبت ارسال است."


# The last part of the address: what it does. No status changes any other way.
ACTS = {
    "take": take,
    "release": release,
    "approve": approve,
    "deficient": deficient,
    "reject": reject,
    "originals": request_originals,
    "received": receive_originals,
    "adviser": ask_adviser,
    "title": correct_title,
    "centre": merge_centre,
    "pay": pay,
    "bounce": fail_payment,
}
# After these the officer is done with the claim.
DECISIONS = {"approve", "deficient", "reject", "release"}
