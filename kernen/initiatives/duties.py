"""What the program does by itself for the register, at intervals."""

from collections import Counter
from datetime import datetime

from .models import IdleQuestion, Initiative, TeamMember

#: So many questions at most stand open with one lead, however much he or she leads.
AT_ONCE = 3


def ask_idle(now: datetime, limit: int) -> int:
    """Ask the leads of up to `limit` idle initiatives whether they still run, once each.

    Those that fell silent last come first: there somebody is most likely to know. Gives how many
    were asked. Nothing has happened to the initiative, so its journal says nothing of it."""
    leads = TeamMember.objects.current().filter(role=TeamMember.Role.LEAD)
    open_now = IdleQuestion.objects.open().values("initiative")
    asked = Counter(leads.filter(initiative__in=open_now).values_list("person", flat=True))
    full = [person for person, count in asked.items() if count >= AT_ONCE]
    idle = (
        Initiative.objects.idle(now)
        .filter(pk__in=leads.exclude(person__in=full).values("initiative"))
        .exclude(pk__in=open_now)
        .prefetch_related("team")
    )
    questions = []
    for initiative in idle[:limit]:
        leading = [m.person_id for m in initiative.team.all() if m.role == "lead" and m.holds()]
        if any(asked[person] < AT_ONCE for person in leading):
            questions.append(
                IdleQuestion(initiative=initiative, since=initiative.active_at, at=now)
            )
            asked.update(leading)
    # Another worker may be asking the same.
    IdleQuestion.objects.bulk_create(questions, ignore_conflicts=True)
    return len(questions)
