"""Who takes part: organisations, clusters, fora and people, each with the dates it holds."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernen.lib.cpr import refuse_cpr


class Sector(models.TextChoices):
    HOSPITAL = "hospital", _("Hospital")
    MUNICIPALITY = "municipality", _("Municipality")
    GENERAL_PRACTICE = "general_practice", _("General practice")
    REGION = "region", _("Region")
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    STATE = "state", _("State")
    COMPANY = "company", _("Company")


#: The three sectors that no one commands together; an initiative wants all of them in.
THREE_SECTORS = (Sector.HOSPITAL, Sector.MUNICIPALITY, Sector.GENERAL_PRACTICE)


class DatedQuerySet(models.QuerySet[Any]):
    def on(self, day: date) -> Self:
        """What holds on `day`; an open start or end is for ever, and both days are included."""
        return self.filter(
            Q(start__isnull=True) | Q(start__lte=day), Q(end__isnull=True) | Q(end__gte=day)
        )

    def current(self) -> Self:
        return self.on(date.today())


class Dated(models.Model):
    """Holds from `start` to `end`, both included; an empty date is open."""

    start = models.DateField(_("from"), null=True, blank=True)
    end = models.DateField(_("to"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def holds(self) -> bool:
        """Whether it holds today, of a row at hand; `current` asks the database for such rows."""
        today = date.today()
        return (not self.start or self.start <= today) and (not self.end or self.end >= today)

    @staticmethod
    def ends_after_start(name: str) -> models.CheckConstraint:
        return models.CheckConstraint(
            name=name,
            condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=F("start")),
            violation_error_message=_("The end must not lie before the start."),
        )


class Organisation(Dated):
    """A hospital, a municipality, general practice, the region … It has one sector."""

    name = models.CharField(_("name"), max_length=200, unique=True, validators=[refuse_cpr])
    sector = models.CharField(_("sector"), max_length=20, choices=Sector)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            Dated.ends_after_start("organisation_ends_after_start"),
            models.CheckConstraint(
                name="organisation_sector_known", condition=Q(sector__in=Sector.values)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisation", args=[self.pk])


class Cluster(Dated):
    """One hospital, its municipalities and the general practices around it; across sectors."""

    class Kind(models.TextChoices):
        CLUSTER = "cluster", pgettext_lazy("kind of structure", "Cluster")
        HEALTH_COUNCIL = "health_council", pgettext_lazy("kind of structure", "Health council")

    name = models.CharField(_("name"), max_length=200, unique=True, validators=[refuse_cpr])
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.CLUSTER)
    organisations = models.ManyToManyField(
        Organisation, through="ClusterMembership", related_name="clusters"
    )

    class Meta:
        verbose_name = _("cluster")
        verbose_name_plural = _("clusters")
        ordering = ["name"]
        constraints = [Dated.ends_after_start("cluster_ends_after_start")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("cluster", args=[self.pk])


class ClusterMembership(Dated):
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")

    class Meta:
        verbose_name = _("membership of a cluster")
        verbose_name_plural = _("memberships of clusters")
        constraints = [
            Dated.ends_after_start("clustermembership_ends_after_start"),
            models.UniqueConstraint(
                name="clustermembership_once_at_a_time",
                fields=["cluster", "organisation"],
                condition=Q(end__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.cluster}"


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
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

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")


class Person(models.Model):
    """Someone who takes part, with roles in organisations, in fora and on single initiatives."""

    name = models.CharField(_("name"), max_length=200, validators=[refuse_cpr])
    title = models.CharField(_("title"), max_length=200, blank=True, validators=[refuse_cpr])
    user = models.OneToOneField(
        User, models.SET_NULL, null=True, blank=True, related_name="person", verbose_name=_("user")
    )
    made_up = models.BooleanField(_("sample data"), default=False)
    organisations = models.ManyToManyField(
        Organisation, through="OrganisationRole", related_name="people"
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class OrganisationRole(Dated):
    """What a person may do on behalf of an organisation; `rules.MAY` says what each role allows."""

    class Role(models.TextChoices):
        READER = "reader", _("Reader")
        CONTRIBUTOR = "contributor", _("Contributor")
        COORDINATOR = "coordinator", _("Coordinator")

    person = models.ForeignKey(Person, models.CASCADE, related_name="roles")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="roles")
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.READER)

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


class Forum(Dated):
    """A body that decides, with its level, its members and the rule by which it decides."""

    class Level(models.TextChoices):
        CLUSTER = "cluster", pgettext_lazy("level of a forum", "Cluster")
        REGION = "region", pgettext_lazy("level of a forum", "Region")
        NATION = "nation", pgettext_lazy("level of a forum", "Nation")

    class DecisionRule(models.TextChoices):
        AGREEMENT = "agreement", _("Agreement: every voting member says yes")
        CONSENT = "consent", _("Consent: no reasoned objection stands")
        MAJORITY = "majority", _("Majority")

    name = models.CharField(_("name"), max_length=200, unique=True, validators=[refuse_cpr])
    level = models.CharField(_("level"), max_length=10, choices=Level)
    decision_rule = models.CharField(_("decision rule"), max_length=10, choices=DecisionRule)
    cluster = models.ForeignKey(
        Cluster,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="fora",
        verbose_name=_("cluster"),
    )

    class Meta:
        verbose_name = _("forum")
        verbose_name_plural = _("fora")
        ordering = ["name"]
        constraints = [
            Dated.ends_after_start("forum_ends_after_start"),
            models.CheckConstraint(
                name="forum_of_a_cluster_names_it",
                condition=Q(level="cluster", cluster__isnull=False)
                | (~Q(level="cluster") & Q(cluster__isnull=True)),
                violation_error_message=_("Name the cluster of a cluster's forum, and only there."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("forum", args=[self.pk])


class ForumMember(Dated):
    """An organisation or a person with a seat in a forum."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("Chair")
        SECRETARY = "secretary", _("Secretary")
        MEMBER = "member", _("Member")

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="members")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="seats"
    )
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="seats")
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.MEMBER)

    class Meta:
        verbose_name = _("member of a forum")
        verbose_name_plural = _("members of fora")
        constraints = [
            Dated.ends_after_start("forummember_ends_after_start"),
            models.CheckConstraint(
                name="forummember_is_an_organisation_or_a_person",
                condition=Q(organisation__isnull=False) | Q(person__isnull=False),
                violation_error_message=_("Name an organisation or a person."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.organisation} – {self.forum}"
