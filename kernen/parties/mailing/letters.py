"""The e-mail that carries a link: the same each time it is sent."""

from datetime import datetime
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from ..models import Mailed, Person


def letter(
    mailed: Mailed, *, subject: str, template: str, at: datetime, by: Person, **context: Any
) -> EmailMultiAlternatives:
    """In plain text and as a page, from `template`. Whoever answers it writes to `by`."""
    context |= {"address": mailed.link, "by": by}
    mail = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"{template}.txt", context),
        to=[mailed.email],
        reply_to=[by.user.email] if by.user else None,
        headers={"Message-ID": mailed.message_id(at), "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    return mail
