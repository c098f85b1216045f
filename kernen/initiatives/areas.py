"""What the current health agreement puts first: a table of facts. A later agreement adds its own
lines, and those of this one stay, as long as an initiative names them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PriorityArea(models.TextChoices):
    """The priority areas of Region Midtjylland's health agreement 2019–2023."""

    PREVENTION = "prevention", _("Investing in prevention together")
    OLDER = "older", _("Together for older citizens")
    MENTAL = "mental", _("Mental health care close by")
