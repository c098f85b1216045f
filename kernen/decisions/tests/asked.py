"""Somebody is asked by e-mail: what the tests of questions and links share."""

from datetime import timedelta

from django.core import mail
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from kernen.decisions import actions
from kernen.decisions.answering import actions as answering
from kernen.decisions.answering import duties

from .lived import REASON

FORM_HERE = '<input class="form-radio" type="radio" name="answer"'
NEW = {"name": "Anna Vej", "title": "Ældrechef", "email": "anna.vej@example.org"}
YES_IF = {"answer": "yes_if", "words": "Hvis der er kørsel.", "seen": "0"}


def ask(lived, proposal, organisation, by=None, language="en", **how):
    how = how or {"to": lived.leaders[organisation]}
    with override(language):
        return answering.ask(
            proposal=proposal, organisation=organisation, by=by or lived.lead, **how
        )


def path(link):
    return link.link.partition("://")[2].partition("/")[2].join(["/", ""])


def page(link, **how):
    return Client().get(path(link), **how).content.decode()


def work(**later):
    for duty in (duties.ask_anew, duties.remind, duties.send_answer_links):
        duty(timezone.now() + timedelta(**later), 100)
    return mail.outbox


def new_version(lived, proposal, **how):
    return actions.submit(
        proposal=proposal, reason=REASON, changes="Kørsel er med.", by=lived.lead, **how
    )
