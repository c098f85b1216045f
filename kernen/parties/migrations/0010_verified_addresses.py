"""Whoever has an account has its address verified, so that another can be asked for."""

from django.db import migrations


def verify(apps, schema_editor):
    User = apps.get_model("parties", "User")
    EmailAddress = apps.get_model("account", "EmailAddress")
    for user in User.objects.exclude(emailaddress__primary=True).iterator():
        if EmailAddress.objects.filter(email=user.email, verified=True).exists():
            continue
        EmailAddress.objects.update_or_create(
            user=user, email=user.email, defaults={"verified": True, "primary": True}
        )


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0009_alphabet"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(verify, migrations.RunPython.noop)]
