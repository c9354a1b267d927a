"""Everything on offer, and what the search of centres stands on."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django_jalali.db.models
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

# What a centre is found by: every beginning of a word, every end of one ("پزشکی" in "دندانپزشکی"), two words
# written as one, and its province and type, so that a filter costs no more than a word. Dear on purpose: a plan
# that works the tokens out row by row, instead of reading them from the index, must look as bad as it is.
CENTRE_TOKENS = """
CREATE FUNCTION centre_tokens(search_key text, province_id bigint, centre_type_id bigint) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS $$
DECLARE
    words text[] := pg_catalog.string_to_array(search_key, ' ');
    tokens text[] := ARRAY['P' || province_id, 'T' || centre_type_id];
    word text;
BEGIN
    FOR place IN 1 .. pg_catalog.cardinality(words) LOOP
        word := words[place];
        FOR size IN 1 .. least(pg_catalog.length(word), 12) LOOP
            tokens := tokens || pg_catalog.left(word, size);
        END LOOP;
        FOR start IN 2 .. pg_catalog.length(word) - 2 LOOP
            tokens := tokens || pg_catalog.substr(word, start, 12);
        END LOOP;
        IF place < pg_catalog.cardinality(words) THEN
            tokens := tokens || pg_catalog.left(word || words[place + 1], 12);
        END IF;
    END LOOP;
    RETURN tokens;
END
$$
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        TrigramExtension(),
        migrations.RunSQL(CENTRE_TOKENS, "DROP FUNCTION centre_tokens(text, bigint, bigint)"),
        migrations.CreateModel(
            name="BaseInsurer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="کد")),
                ("title", models.CharField(max_length=60, verbose_name="عنوان")),
                ("hint", models.CharField(blank=True, max_length=200, verbose_name="راهنما")),
                ("sort", models.PositiveSmallIntegerField(default=0, verbose_name="ترتیب")),
            ],
            options={
                "verbose_name": "بیمهٔ پایه",
                "verbose_name_plural": "بیمه\u200cهای پایه",
                "ordering": ["sort"],
            },
        ),
        migrations.CreateModel(
            name="Branch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="نام شعبه")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="نشانی")),
                ("phone", models.CharField(blank=True, max_length=11, verbose_name="تلفن")),
                ("is_active", models.BooleanField(default=True, verbose_name="فعال")),
            ],
            options={
                "verbose_name": "شعبه",
                "verbose_name_plural": "شعبه\u200cها",
            },
        ),
        migrations.CreateModel(
            name="CentreType",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=30, unique=True, verbose_name="کد")),
                ("title", models.CharField(max_length=60, verbose_name="عنوان")),
                ("sort", models.PositiveSmallIntegerField(default=0, verbose_name="ترتیب")),
            ],
            options={
                "verbose_name": "نوع مرکز",
                "verbose_name_plural": "نوع\u200cهای مرکز",
                "ordering": ["sort"],
            },
        ),
        migrations.CreateModel(
            name="DocumentType",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="کد")),
                ("title", models.CharField(max_length=100, verbose_name="عنوان")),
                ("hint", models.CharField(blank=True, max_length=300, verbose_name="آنچه باید دیده شود")),
                ("is_invoice", models.BooleanField(default=False, verbose_name="نوعی صورت\u200cحساب است")),
                ("is_order", models.BooleanField(default=False, verbose_name="دستور یا نسخه است")),
                ("sort", models.PositiveSmallIntegerField(default=0, verbose_name="ترتیب")),
            ],
            options={
                "verbose_name": "نوع مدرک",
                "verbose_name_plural": "نوع\u200cهای مدرک",
                "ordering": ["sort"],
            },
        ),
        migrations.CreateModel(
            name="Insurer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="نام")),
            ],
            options={
                "verbose_name": "بیمه\u200cگر",
                "verbose_name_plural": "بیمه\u200cگرها",
            },
        ),
        migrations.CreateModel(
            name="MembershipType",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="کد")),
                ("title", models.CharField(max_length=100, verbose_name="عنوان")),
                ("is_enabled", models.BooleanField(default=False, verbose_name="فعال")),
                (
                    "captcha",
                    models.CharField(
                        choices=[("unknown_browser", "مگر در مرورگر آشنا"), ("always", "همیشه")],
                        default="unknown_browser",
                        max_length=20,
                        verbose_name="کد امنیتی",
                    ),
                ),
                ("phone_is_mandatory", models.BooleanField(default=False, verbose_name="تلفن اجباری است")),
                ("sort", models.PositiveSmallIntegerField(default=0, verbose_name="ترتیب")),
            ],
            options={
                "verbose_name": "نوع عضویت",
                "verbose_name_plural": "نوع\u200cهای عضویت",
                "ordering": ["sort"],
            },
        ),
        migrations.CreateModel(
            name="ServiceType",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="کد")),
                ("title", models.CharField(max_length=150, verbose_name="عنوان")),
                ("is_enabled", models.BooleanField(default=True, verbose_name="فعال")),
                ("sort", models.PositiveSmallIntegerField(default=0, verbose_name="ترتیب")),
                (
                    "usual_from_amount",
                    models.BigIntegerField(blank=True, null=True, verbose_name="کمترین مبلغ معمول (ریال)"),
                ),
                (
                    "usual_to_amount",
                    models.BigIntegerField(blank=True, null=True, verbose_name="بیشترین مبلغ معمول (ریال)"),
                ),
            ],
            options={
                "verbose_name": "نوع خدمت",
                "verbose_name_plural": "نوع\u200cهای خدمت",
                "ordering": ["sort"],
            },
        ),
        migrations.CreateModel(
            name="CatalogueVersion",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("number", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "نسخهٔ کاتالوگ",
                "verbose_name_plural": "نسخهٔ کاتالوگ",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="catalogue_version_is_one_row")
                ],
            },
        ),
        migrations.CreateModel(
            name="CentreWord",
            fields=[
                ("word", models.TextField(db_collation="C", primary_key=True, serialize=False)),
                (
                    "forms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(db_collation="C"), size=None
                    ),
                ),
            ],
            options={
                "verbose_name": "واژهٔ نام مراکز",
                "verbose_name_plural": "واژه\u200cهای نام مراکز",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["forms"], name="centre_word_forms"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False,
                        fields=["word"],
                        name="centre_word_trigrams",
                        opclasses=["gin_trgm_ops"],
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contract",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, unique=True, verbose_name="شمارهٔ قرارداد")),
                ("title", models.CharField(blank=True, max_length=150, verbose_name="عنوان")),
                ("policyholder", models.CharField(blank=True, max_length=150, verbose_name="بیمه\u200cگذار")),
                ("start_date", django_jalali.db.models.jDateField(verbose_name="شروع")),
                ("end_date", django_jalali.db.models.jDateField(verbose_name="پایان")),
                ("e_claims", models.BooleanField(default=True, verbose_name="ارسال الکترونیک اسناد")),
                (
                    "submission_days_after_service",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="مهلت ارسال پس از خدمت (روز)"
                    ),
                ),
                (
                    "submission_days_after_contract_end",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="مهلت ارسال پس از پایان قرارداد (روز)"
                    ),
                ),
                (
                    "late_is_refused",
                    models.BooleanField(default=False, verbose_name="ارسال دیرهنگام پذیرفته نمی\u200cشود"),
                ),
                (
                    "answer_days",
                    models.PositiveSmallIntegerField(default=30, verbose_name="مهلت رفع نقص (روز)"),
                ),
                (
                    "draft_days",
                    models.PositiveSmallIntegerField(default=60, verbose_name="نگهداری پیش\u200cنویس (روز)"),
                ),
                (
                    "council_number_required",
                    models.BooleanField(default=False, verbose_name="کد نظام پزشکی اجباری است"),
                ),
                (
                    "missing_document_allowed",
                    models.BooleanField(default=True, verbose_name="«این مدرک را ندارم» پذیرفته می\u200cشود"),
                ),
                (
                    "originals",
                    models.CharField(
                        choices=[
                            ("never", "لازم نیست"),
                            ("on_request", "در صورت درخواست کارشناس"),
                            ("always", "همیشه"),
                        ],
                        default="on_request",
                        max_length=12,
                        verbose_name="اصل مدارک",
                    ),
                ),
                (
                    "second_approval_above",
                    models.BigIntegerField(
                        blank=True, null=True, verbose_name="تأیید دوم برای بیش از (ریال)"
                    ),
                ),
                (
                    "queue_age_days",
                    models.PositiveSmallIntegerField(default=3, verbose_name="سن هشدار صف (روز)"),
                ),
                (
                    "insurer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="catalog.insurer",
                        verbose_name="بیمه\u200cگر",
                    ),
                ),
                (
                    "membership_type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="catalog.membershiptype",
                        verbose_name="نوع عضویت",
                    ),
                ),
            ],
            options={
                "verbose_name": "قرارداد",
                "verbose_name_plural": "قراردادها",
                "ordering": ["-start_date", "number"],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=60, verbose_name="عنوان")),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plans",
                        to="catalog.contract",
                        verbose_name="قرارداد",
                    ),
                ),
            ],
            options={
                "verbose_name": "طرح",
                "verbose_name_plural": "طرح\u200cها",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Province",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=5, unique=True, verbose_name="کد")),
                ("title", models.CharField(max_length=60, verbose_name="عنوان")),
                ("name", models.CharField(max_length=60, verbose_name="نام")),
                ("area_code", models.CharField(blank=True, max_length=3, verbose_name="پیش\u200cشماره")),
                ("capital", models.CharField(blank=True, max_length=60, verbose_name="مرکز استان")),
                ("sort", models.PositiveSmallIntegerField(default=0, verbose_name="ترتیب")),
                (
                    "branch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="catalog.branch",
                        verbose_name="شعبهٔ تحویل اصل مدارک",
                    ),
                ),
            ],
            options={
                "verbose_name": "استان",
                "verbose_name_plural": "استان\u200cها",
                "ordering": ["sort"],
            },
        ),
        migrations.CreateModel(
            name="MedicalCentre",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source_id",
                    models.CharField(
                        blank=True, max_length=40, null=True, unique=True, verbose_name="شناسهٔ مبدأ"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="نام")),
                (
                    "ownership",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("public", "دولتی"),
                            ("private", "خصوصی"),
                            ("non_governmental_public", "عمومی غیردولتی"),
                            ("charity", "خیریه"),
                        ],
                        max_length=30,
                        verbose_name="مالکیت",
                    ),
                ),
                ("city", models.CharField(blank=True, max_length=60, verbose_name="شهر")),
                ("address", models.CharField(blank=True, max_length=400, verbose_name="نشانی")),
                ("search_key", models.TextField(blank=True, db_collation="C", editable=False)),
                ("is_active", models.BooleanField(default=True, verbose_name="فعال")),
                (
                    "centre_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="catalog.centretype",
                        verbose_name="نوع مرکز",
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="catalog.province",
                        verbose_name="استان",
                    ),
                ),
            ],
            options={
                "verbose_name": "مرکز درمانی",
                "verbose_name_plural": "مراکز درمانی",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Reason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=10, unique=True, verbose_name="کد")),
                (
                    "kind",
                    models.CharField(
                        choices=[("deficiency", "نقص"), ("rejection", "رد"), ("deduction", "کسورات")],
                        max_length=12,
                        verbose_name="گونه",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="جمله")),
                ("advice", models.CharField(blank=True, max_length=300, verbose_name="چه باید کرد")),
                ("section", models.CharField(blank=True, max_length=20, verbose_name="بخش")),
                ("field", models.CharField(blank=True, max_length=40, verbose_name="فیلد")),
                ("is_appealable", models.BooleanField(default=True, verbose_name="قابل اعتراض")),
                ("is_active", models.BooleanField(default=True, verbose_name="فعال")),
                (
                    "document_type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="catalog.documenttype",
                        verbose_name="مدرک",
                    ),
                ),
            ],
            options={
                "verbose_name": "علت",
                "verbose_name_plural": "علت\u200cها",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=60, unique=True, verbose_name="کد")),
                ("title", models.CharField(max_length=150, verbose_name="عنوان")),
                ("hint", models.CharField(blank=True, max_length=300, verbose_name="راهنما")),
                ("is_enabled", models.BooleanField(default=True, verbose_name="فعال")),
                ("sort", models.PositiveSmallIntegerField(default=0, verbose_name="ترتیب")),
                (
                    "usual_from_amount",
                    models.BigIntegerField(blank=True, null=True, verbose_name="کمترین مبلغ معمول (ریال)"),
                ),
                (
                    "usual_to_amount",
                    models.BigIntegerField(blank=True, null=True, verbose_name="بیشترین مبلغ معمول (ریال)"),
                ),
                (
                    "service_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="services",
                        to="catalog.servicetype",
                        verbose_name="نوع خدمت",
                    ),
                ),
            ],
            options={
                "verbose_name": "خدمت",
                "verbose_name_plural": "خدمات",
                "ordering": ["service_type", "sort"],
            },
        ),
        migrations.CreateModel(
            name="RequiredDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_required", models.BooleanField(default=True, verbose_name="اجباری")),
                ("sort", models.PositiveSmallIntegerField(default=0, verbose_name="ترتیب")),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="catalog.contract",
                        verbose_name="قرارداد",
                    ),
                ),
                (
                    "document_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="catalog.documenttype",
                        verbose_name="مدرک",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="catalog.service",
                        verbose_name="خدمت",
                    ),
                ),
                (
                    "service_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="catalog.servicetype",
                        verbose_name="نوع خدمت",
                    ),
                ),
            ],
            options={
                "verbose_name": "مدرک لازم",
                "verbose_name_plural": "مدارک لازم",
                "ordering": ["sort", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(("end_date__gte", models.F("start_date"))),
                name="contract_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(fields=("contract", "title"), name="plan_once_in_a_contract"),
        ),
        migrations.AddIndex(
            model_name="medicalcentre",
            index=models.Index(fields=["search_key"], name="centre_search_key"),
        ),
        migrations.AddIndex(
            model_name="medicalcentre",
            index=models.Index(fields=["province", "search_key"], name="centre_province_search_key"),
        ),
        migrations.AddIndex(
            model_name="medicalcentre",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func("search_key", "province", "centre_type", function="centre_tokens"),
                fastupdate=False,
                name="centre_tokens",
            ),
        ),
        migrations.AddConstraint(
            model_name="reason",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["deficiency", "rejection", "deduction"])),
                name="reason_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="requireddocument",
            constraint=models.UniqueConstraint(
                fields=("contract", "service_type", "service", "document_type"),
                name="document_asked_once_by_a_rule",
                nulls_distinct=False,
            ),
        ),
    ]
