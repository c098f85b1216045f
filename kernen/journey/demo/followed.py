"""What people of the demonstration follow, and something to be told of: made up, and marked so."""

from django.utils import timezone

from kernen.following import actions, duties
from kernen.initiatives import actions as initiatives
from kernen.initiatives.models import Initiative

from .region import TOBS
from .task_force import COPD, SHOULDER
from .who import COORDINATOR, LEADER, SECRETARY, Who

MARK = "Eksempeldata:"
#: Who writes what on which initiative, the day the demonstration is loaded.
NEWS = [
    (
        COPD,
        COORDINATOR,
        "KOL står på dagsordenen til klyngestyregruppens næste møde. Skriv gerne her, hvad I har "
        "erfaret om udskrivning siden sidst.",
    ),
    (
        SHOULDER,
        "Sofie Brandager",
        "To fysioterapeuter fra Skive vil gerne være med en dag. Hvem kan tage imod dem?",
    ),
    (
        TOBS,
        "Camilla Strandby",
        "Tre kommuner har spurgt efter materialet til oplæring. Det ligger klart, skriv til mig.",
    ),
]


def enter(entered: dict[str, Initiative], who: Who) -> None:
    coordinator, secretary = who.people[COORDINATOR], who.people[SECRETARY]
    cluster = who.clusters["Midtklyngen"]
    actions.follow(thing=cluster, by=coordinator)
    for name, query in (
        ("Afprøvninger i Midtklyngen", f"stage=testing&cluster={cluster.pk}"),
        ("Uden almen praksis", "missing=general_practice"),
    ):
        actions.save_view(name=name, query=query, by=coordinator)
    spreading = actions.save_view(name="Under spredning", query="stage=spreading", by=secretary)
    actions.follow(thing=spreading, by=secretary)
    actions.follow(thing=entered[TOBS], by=who.people[LEADER])
    for title, by, words in NEWS:
        initiatives.note(initiative=entered[title], words=f"{MARK} {words}", by=who.people[by])
    duties.tell(timezone.now(), 1000)
