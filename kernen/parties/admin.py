"""Upkeep of who takes part, for administrators."""

from django.contrib import admin
from django.http import HttpRequest

from .models import (
    Cluster,
    ClusterMembership,
    Forum,
    ForumMember,
    Organisation,
    OrganisationRole,
    Person,
    User,
)


class Memberships(admin.TabularInline):
    model = ClusterMembership
    extra = 0
    autocomplete_fields = ["organisation"]


class Members(admin.TabularInline):
    model = ForumMember
    extra = 0
    autocomplete_fields = ["organisation", "person"]


class Roles(admin.TabularInline):
    model = OrganisationRole
    extra = 0
    autocomplete_fields = ["organisation"]


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    list_display = ["name", "sector", "start", "end"]
    list_filter = ["sector"]
    search_fields = ["name"]


@admin.register(Cluster)
class ClusterAdmin(admin.ModelAdmin):
    list_display = ["name", "kind", "start", "end"]
    inlines = [Memberships]


@admin.register(Forum)
class ForumAdmin(admin.ModelAdmin):
    list_display = ["name", "level", "decision_rule", "start", "end"]
    inlines = [Members]

    def get_readonly_fields(self, request: HttpRequest, obj: Forum | None = None) -> list[str]:
        """How a forum decides is changed on its own page, where what held before stays."""
        return ["decision_rule", "quorum"] if obj else []


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin):
    list_display = ["name", "title", "user", "made_up"]
    search_fields = ["name"]
    autocomplete_fields = ["user"]
    inlines = [Roles]


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """A new user chooses a password through the link “forgotten password”."""

    list_display = ["email", "is_active", "is_staff", "last_login"]
    fields = ["email", "is_active", "is_staff", "is_superuser"]
    search_fields = ["email"]
