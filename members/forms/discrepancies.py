"""«گزارش مغایرت» of a member who is signed in."""

from django import forms

from members.access import enrolments_of
from members.models import Discrepancy
from portal.lib.fields import PersianTextField
from portal.lib.forms import PersianForm

Subject = Discrepancy.Subject
SUBJECTS = (Subject.PERSON, Subject.HOUSEHOLD, Subject.COVER, Subject.CASE, Subject.PAYMENT, Subject.MOBILE)


class DiscrepancyForm(PersianForm):
    subject = forms.ChoiceField(
        label="موضوع",
        choices=[("", "انتخاب کنید"), *((subject.value, subject.label) for subject in SUBJECTS)],
    )
    person = forms.ChoiceField(label="بیمه‌شده")
    text = PersianTextField(
        label="شرح",
        max_length=2000,
        help_text="بنویسید چه چیزی نادرست است و درست آن چیست.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    # Where the report was begun; shown to staff, never trusted for anything.
    about = PersianTextField(label="صفحه", required=False, widget=forms.HiddenInput)

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(row.person_id): row.person for row in enrolments_of(member)}
        self.people.setdefault(str(member.person_id), member.person)
        self.fields["person"].choices = [(pk, person.full_name) for pk, person in self.people.items()]
        self.fields["person"].initial = str(member.person_id)

    def report(self) -> dict:
        """What discrepancies.report wants, beside the contract."""
        told = {name: self.cleaned_data[name] for name in ("subject", "text", "about")}
        return told | {"person": self.people[self.cleaned_data["person"]]}
