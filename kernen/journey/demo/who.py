"""Who takes part: public organisations under their own names, people under made-up ones."""

from dataclasses import dataclass, field

from kernen.parties import actions
from kernen.parties.inviting.actions import invite
from kernen.parties.models import (
    Cluster,
    Forum,
    ForumMember,
    Organisation,
    OrganisationRole,
    Person,
    Sector,
)
from kernen.parties.people.actions import erase

REGION, PLO = "Region Midtjylland", "PLO-Midtjylland"
MIDT, VEST = "Hospitalsenhed Midt", "Hospitalsenheden Vest"
HORSENS, RANDERS = "Regionshospitalet Horsens", "Regionshospitalet Randers"
AARHUS = "Aarhus Universitetshospital"
NORTH, AALBORG = "Region Nordjylland", "Aalborg Universitetshospital"
PLO_NORTH = "PLO-Nordjylland"
BISPEBJERG = "Bispebjerg og Frederiksberg Hospital"
COPENHAGEN = "Københavns Kommune"
#: Practices that do not exist; one of them the doctor's own.
PRACTICES = [
    f"Lægehuset {place} (eksempel)"
    for place in ("Åparken", "Bakketoppen", "Kirkestræde", "Markvej", "Skovlyst", "Torvet", "Ågade")
]
REGION_STEERING, THEME = "Sundhedsstyregruppen", "Temagruppe under sundhedsaftalen"
COMMITTEE = "Sundhedskoordinationsudvalget"
FIRMS = "Private virksomheder (telemedicin)"


def municipalities(*places: str) -> list[str]:
    return [f"{place} Kommune" for place in places]


# The clusters as they were under the health agreements. Since when is not said in the sources, so
# their start is open; general practice belongs to each of them through PLO.
CLUSTERS = {
    "Horsensklyngen": (
        HORSENS,
        *municipalities("Horsens", "Hedensted", "Odder", "Skanderborg"),
    ),
    "Midtklyngen": (MIDT, *municipalities("Silkeborg", "Skive", "Viborg")),
    "Randersklyngen": (
        RANDERS,
        *municipalities("Favrskov", "Norddjurs", "Randers", "Syddjurs"),
    ),
    "Vestklyngen": (
        VEST,
        *municipalities(
            "Herning", "Holstebro", "Ikast-Brande", "Lemvig", "Ringkøbing-Skjern", "Struer"
        ),
    ),
    "Aarhusklyngen": (AARHUS, *municipalities("Aarhus", "Samsø")),
}
HOSPITALS = [members[0] for members in CLUSTERS.values()]
MUNICIPALITIES = [name for members in CLUSTERS.values() for name in members[1:]]
#: Everyone who is bound by the health agreement, the region first.
AGREEMENT = [REGION, *HOSPITALS, *MUNICIPALITIES, PLO]

_HOSPITAL, _MUNICIPALITY = Sector.HOSPITAL, Sector.MUNICIPALITY
ORGANISATIONS = {
    REGION: Sector.REGION,
    **dict.fromkeys(HOSPITALS, _HOSPITAL),
    **dict.fromkeys(MUNICIPALITIES, _MUNICIPALITY),
    PLO: Sector.GENERAL_PRACTICE,
    NORTH: Sector.REGION,
    AALBORG: _HOSPITAL,
    "Aalborg Kommune": _MUNICIPALITY,
    PLO_NORTH: Sector.GENERAL_PRACTICE,
    BISPEBJERG: _HOSPITAL,
    COPENHAGEN: _MUNICIPALITY,
    FIRMS: Sector.COMPANY,
    **dict.fromkeys(PRACTICES, Sector.GENERAL_PRACTICE),
}

_READER, _CONTRIBUTOR, _COORDINATOR, _LEADER = OrganisationRole.Role
LEAD, COORDINATOR, LEADER = "Signe Agerbæk", "Mads Thorlund", "Birgitte Sandager"
ANSWERS = "Frank Overby"
DOCTOR, SECRETARY, ADMINISTRATOR = "Lars Kildeby", "Nadia Toftegaard", "Henrik Vestervang"

#: Those one can sign in as: name, title, e-mail, organisation, role. The order is the list's.
SIGN_IN = [
    (LEAD, "Projektleder, Hospitalsenhed Midt", "projektleder", MIDT, _CONTRIBUTOR),
    (COORDINATOR, "Klyngekoordinator, Midtklyngen", "koordinator", MIDT, _COORDINATOR),
    (LEADER, "Ældrechef, Horsens Kommune", "kommune", "Horsens Kommune", _READER),
    (DOCTOR, "Praktiserende læge, PLO-Midtjylland", "laege", PLO, _CONTRIBUTOR),
    (SECRETARY, "Sekretær for Sundhedsstyregruppen", "sekretaer", REGION, _CONTRIBUTOR),
    (ANSWERS, "Sundhedschef, Silkeborg Kommune", "sundhedschef", "Silkeborg Kommune", _LEADER),
    (ADMINISTRATOR, "Administrator, Region Midtjylland", "administrator", REGION, _READER),
]

#: The others: name, title, organisation, role.
OTHERS = [
    ("Trine Solbjerg", "Klyngekoordinator, Horsensklyngen", HORSENS, _COORDINATOR),
    ("Poul Engdal", "Klyngekoordinator, Randersklyngen", RANDERS, _COORDINATOR),
    ("Ole Ravnsgaard", "Klyngekoordinator, Vestklyngen", VEST, _COORDINATOR),
    ("Ditte Hedelund", "Klyngekoordinator, Aarhusklyngen", AARHUS, _COORDINATOR),
    ("Camilla Strandby", "Chefkonsulent, Region Midtjylland", REGION, _COORDINATOR),
    ("Jesper Nørrevang", "Kvalitetskonsulent, Region Nordjylland", NORTH, _COORDINATOR),
    ("Louise Fuglevig", "Kvalitetschef", BISPEBJERG, _COORDINATOR),
    ("Karen Lyngholm", "Udviklingskonsulent, Region Midtjylland", REGION, _CONTRIBUTOR),
    ("Peter Markdal", "Specialkonsulent, Region Midtjylland", REGION, _CONTRIBUTOR),
    ("Thomas Højsted", "Projektleder, Region Midtjylland", REGION, _CONTRIBUTOR),
    ("Hanne Elverdam", "Forbedringsvejleder, Region Midtjylland", REGION, _CONTRIBUTOR),
    ("Søren Dambjerg", "Økonom, Region Midtjylland", REGION, _CONTRIBUTOR),
    ("Inge Bakkedal", "Sygefaglig leder, Horsens Kommune", "Horsens Kommune", _CONTRIBUTOR),
    ("Rasmus Klitbjerg", "Projektleder, Hospitalsenheden Vest", VEST, _CONTRIBUTOR),
    ("Gitte Ellemose", "Klinisk farmaceut", AARHUS, _CONTRIBUTOR),
    ("Sofie Brandager", "Fysioterapeut, Hospitalsenhed Midt", MIDT, _CONTRIBUTOR),
    ("Anders Lindeborg", "Overlæge, Diagnostisk Center", MIDT, _CONTRIBUTOR),
    ("Marianne Skovbæk", "Sundhedsplejerske", "Aalborg Kommune", _CONTRIBUTOR),
    ("Bo Tingsted", "Forbedringsvejleder, Region Nordjylland", NORTH, _CONTRIBUTOR),
    ("Niels Havnsø", "Udviklingskonsulent", COPENHAGEN, _CONTRIBUTOR),
    ("Yasmin Karlby", "Sygeplejerske, rehabiliteringscenteret", COPENHAGEN, _CONTRIBUTOR),
    *(
        (name, "Praktiserende læge", practice, _CONTRIBUTOR)
        for name, practice in zip(
            (
                "Eva Tranekær",
                "Jonas Vadgaard",
                "Mette Rørdal",
                "Kasper Ebeling",
                "Lise Nymark",
                "Bente Overgård",
            ),
            PRACTICES[1:],
            strict=True,
        )
    ),
    ("Vibeke Holmsted", "Hospitalsdirektør", MIDT, _LEADER),
    ("Lis Damgaard", "Sundhedschef, Viborg Kommune", "Viborg Kommune", _LEADER),
    ("Kurt Skovhus", "Sundhedschef, Skive Kommune", "Skive Kommune", _LEADER),
    ("Ellen Tranberg", "Formand, PLO-Midtjylland", PLO, _LEADER),
    ("Jørn Vindelev", "Formand, PLO-Nordjylland", PLO_NORTH, _LEADER),
    ("Agnete Rosenvang", "Koncerndirektør, Region Midtjylland", REGION, _LEADER),
    ("Preben Stenhøj", "Koncerndirektør, Region Nordjylland", NORTH, _LEADER),
    *(
        (name, "Hospitalsdirektør", hospital, _LEADER)
        for name, hospital in (
            ("Torben Elmegård", HORSENS),
            ("Kirstine Bjergby", RANDERS),
            ("Flemming Lyngsø", VEST),
            ("Hanne Birkemose", AARHUS),
            ("Steen Kærgård", AALBORG),
            ("Ulla Frydenborg", BISPEBJERG),
        )
    ),
    *(
        (name, f"Sundhedschef, {place} Kommune", f"{place} Kommune", _LEADER)
        for name, place in (
            ("Rikke Ellegård", "Horsens"),
            ("Jens Hedegaard Lund", "Hedensted"),
            ("Maria Storkær", "Odder"),
            ("Claus Bredal", "Skanderborg"),
            ("Pernille Ravnholt", "Favrskov"),
            ("Leif Klitmark", "Norddjurs"),
            ("Susanne Gudenholm", "Randers"),
            ("Erik Mosbæk", "Syddjurs"),
            ("Tine Hammerdal", "Herning"),
            ("Bjarne Storåvang", "Holstebro"),
            ("Helle Isenberg", "Ikast-Brande"),
            ("Aage Thyholm", "Lemvig"),
            ("Grethe Fjordside", "Ringkøbing-Skjern"),
            ("Villy Vejrumgård", "Struer"),
            ("Charlotte Åhavn", "Aarhus"),
            ("Mogens Kolbyvig", "Samsø"),
            ("Dorthe Limskov", "Aalborg"),
            ("Michael Sortedal", "Københavns"),
        )
    ),
    ("Ida Grønvold", "Afdelingssygeplejerske, Afdeling M", BISPEBJERG, _CONTRIBUTOR),
]
#: Who has the mandate to answer for an organisation.
LEADERS = {
    **{organisation: name for name, _, _, organisation, role in SIGN_IN if role == _LEADER},
    **{organisation: name for name, _, organisation, role in OTHERS if role == _LEADER},
}


@dataclass
class Who:
    """Everyone entered, by name."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    clusters: dict[str, Cluster] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def of(self, practice: str) -> Person:
        """Who gives the practice's figures."""
        doctors = {organisation: name for name, _, organisation, _ in OTHERS}
        return self.people[doctors.get(practice, DOCTOR)]


def enter() -> Who:
    """The program enters those who can sign in; the administrator among them enters the rest."""
    who = Who()
    for name, title, mailbox, _organisation, _role in SIGN_IN:
        who.people[name] = actions.enrol(
            name=name,
            title=title,
            email=f"{mailbox}@eksempel.dk",
            administrator=name == ADMINISTRATOR,
            made_up=True,
            by=None,
        )
    by = who.people[ADMINISTRATOR]
    for name, sector in ORGANISATIONS.items():
        who.organisations[name] = actions.found_organisation(name=name, sector=sector, by=by)
    for name, members in CLUSTERS.items():
        organisations = [who.organisations[member] for member in (*members, PLO)]
        who.clusters[name] = actions.form_cluster(name=name, organisations=organisations, by=by)
    for name, title, _organisation, _role in OTHERS:
        who.people[name] = actions.enrol(name=name, title=title, made_up=True, by=by)
    held = [(name, organisation, role) for name, _, _, organisation, role in SIGN_IN]
    held += [(name, organisation, role) for name, _, organisation, role in OTHERS]
    held.append((DOCTOR, PRACTICES[0], _CONTRIBUTOR))
    for name, organisation, role in held:
        actions.give_role(
            person=who.people[name], organisation=who.organisations[organisation], role=role, by=by
        )
    _fora(who, by)
    _comes_and_goes(who, by)
    return who


def _comes_and_goes(who: Who, by: Person) -> None:
    """One colleague has closed her account, and another is invited."""
    gone = actions.enrol(name="Lone Hvidkilde", made_up=True, by=by)
    actions.give_role(person=gone, organisation=who.organisations[MIDT], role=_CONTRIBUTOR, by=by)
    erase(person=gone, by=by)
    invite(
        organisation=who.organisations[MIDT],
        email="ny.kollega@eksempel.dk",
        role=_CONTRIBUTOR,
        by=who.people[COORDINATOR],
    )


def _fora(who: Who, by: Person) -> None:
    """Who sits where is not in the sources, so all parties of the agreement have a seat.

    The hospitals sit in the administrative fora only; the political one is the region's, the
    municipalities' and general practice's. By which rule each decides is not there either."""
    level, rule = Forum.Level.REGION, Forum.DecisionRule
    secretary, role = who.people[SECRETARY], ForumMember.Role.SECRETARY
    parties = [who.organisations[name] for name in AGREEMENT]
    horsens = who.organisations["Horsens Kommune"]
    fora = {
        COMMITTEE: (
            Forum.Kind.COMMITTEE,
            rule.MAJORITY,
            [who.organisations[name] for name in (REGION, *MUNICIPALITIES, PLO)],
        ),
        REGION_STEERING: (
            Forum.Kind.STEERING_GROUP,
            rule.AGREEMENT,
            [party for party in parties if party != horsens],  # its seat has a person, below
        ),
        THEME: (Forum.Kind.THEME_GROUP, rule.AGREEMENT, parties),  # the sources name none of them
    }
    for name, (kind, decides_by, members) in fora.items():
        made = actions.set_up_forum(
            name=name, kind=kind, level=level, decision_rule=decides_by, members=members, by=by
        )
        actions.seat(forum=made, person=secretary, role=role, by=by)
        if name == REGION_STEERING:
            actions.seat(forum=made, organisation=horsens, person=who.people[LEADER], by=by)
    for cluster in CLUSTERS:
        _steering_groups(who, cluster, by)


#: In the sources only Aarhusklyngen's groups are named, and the others are said to have one.
CHILDREN = "børn, unge og familier"
_REMITS = {"Aarhusklyngen": ("voksne", CHILDREN)}
_COORDINATORS = {
    title.rpartition(", ")[2]: name
    for name, title in [(one[0], one[1]) for one in (*SIGN_IN, *OTHERS)]
    if title.startswith("Klyngekoordinator")
}


def _steering_groups(who: Who, cluster: str, by: Person) -> None:
    """A cluster's own group or groups, prepared by the cluster's coordinator."""
    members = [who.organisations[name] for name in (*CLUSTERS[cluster], PLO)]
    rule = Forum.DecisionRule
    for remit in _REMITS.get(cluster, ("",)):
        made = actions.set_up_forum(
            name=f"{cluster}s styregruppe{remit and f' for {remit}'}",
            level=Forum.Level.CLUSTER,
            decision_rule=rule.CONSENT if remit == CHILDREN else rule.AGREEMENT,
            remit=remit.capitalize(),
            members=members,
            cluster=who.clusters[cluster],
            by=by,
        )
        secretary = who.people[_COORDINATORS[cluster]]
        actions.seat(forum=made, person=secretary, role=ForumMember.Role.SECRETARY, by=by)
