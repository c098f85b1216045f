"""Every address of the program. A room's addresses stand in its own `urls.py`."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from kernen.lib.access import public

admin.autodiscover()
admin.site.site_header = admin.site.site_title = "Kernen"
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", include("kernen.journey.urls")),
    path("", include("kernen.following.urls")),
    path("", include("kernen.parties.urls")),
    path("", include("kernen.initiatives.urls")),
    path("", include("kernen.decisions.urls")),
    path("", include("kernen.value.urls")),
    path("", include("kernen.measures.urls")),
    path("", include("kernen.documents.urls")),
    path("ui/", include("kernen.ui.urls")),
    path("language/", public(set_language), name="set_language"),
    path("account/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
]
if settings.DEMO:
    from kernen.parties.signing_in import demo_urls

    urlpatterns += demo_urls

handler403 = "kernen.ui.views.forbidden"
