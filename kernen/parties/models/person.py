"""People, how they sign in, and what they may do for an organisation."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kernen.lib.alphabet import Alphabetical
from kernen.lib.audit import Audited
from kernen.lib.cpr import refuse_cpr

from .dated import Dated
from .organisation import Organisation


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """The address counts as verified: only its owner can get in by it, by link or invitation,
        and allauth throws an unverified one away when another is asked for."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        address = apps.get_model("account", "EmailAddress")
        address(user=user, email=user.email, verified=True, primary=True).save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True)


class User(AbstractBaseUser, PermissionsMixin):
    """For signing in only; in the domain one is a `Person`."""

    email = models.EmailField(_("e-mail"), unique=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("administrator"), default=False)

    objects = UserManager()
    USERNAME_FIELD = EMAIL_FIELD = "email"
    history = Audited(leave_out=("password", "last_login"))

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")


class Person(models.Model):
    """Someone who takes part, with roles in organisations, in fora and on single initiatives.

    Whoever is erased leaves the row without a name, so that what was done still is somebody's."""

    name = models.CharField(_("name"), max_length=200, validators=[refuse_cpr])
    title = models.CharField(_("title"), max_length=200, blank=True, validators=[refuse_cpr])
    user = models.OneToOneField(
        User, models.SET_NULL, null=True, blank=True, related_name="person", verbose_name=_("user")
    )
    made_up = models.BooleanField(_("sample data"), default=False)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)
    organisations = models.ManyToManyField(
        Organisation, through="OrganisationRole", related_name="people"
    )

    history = Audited()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = [Alphabetical("name"), "pk"]
        constraints = [
            models.CheckConstraint(
                name="person_erased_leaves_nothing",
                condition=Q(erased_at__isnull=True) | Q(name="", title="", user__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name or former_colleague(self.pk)


def former_colleague(number: int | str) -> str:
    """What is said instead of the name of a person who is erased; the number tells two apart."""
    return gettext("Former colleague %(number)s") % {"number": number}


class OrganisationRole(Dated):
    """What a person may do on behalf of an organisation; `rules.MAY` says what each role allows."""

    class Role(models.TextChoices):
        READER = "reader", _("Reader")
        CONTRIBUTOR = "contributor", _("Contributor")
        COORDINATOR = "coordinator", _("Coordinator")
        LEADER = "leader", _("Leader with the mandate to answer for it")

    person = models.ForeignKey(Person, models.CASCADE, related_name="roles")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="roles")
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.READER)

    history = Audited()

    class Meta:
        verbose_name = _("role in an organisation")
        verbose_name_plural = _("roles in organisations")
        constraints = [
            Dated.ends_after_start("organisationrole_ends_after_start"),
            models.UniqueConstraint(
                name="organisationrole_once_at_a_time",
                fields=["person", "organisation", "role"],
                condition=Q(end__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}, {self.organisation}"
