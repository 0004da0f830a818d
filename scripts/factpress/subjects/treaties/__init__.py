"""Treaties: who promised what to whom, since when; their table, their dates in the timeline, figures of them.

- `records`: parties and treaties of `docs/back`, and events that take their dates from them
- `checks`: parties, dates and their order, dates printed in the prose
- `blocks`: the table of treaties and the entry of each
- `figures`: dates, memberships and the map
"""

from factpress.model.figures.data import FigureKind
from factpress.model.subject import Subject
from factpress.subjects.treaties.figures.data import map_fault, map_states, memberships, treaty_dates
from factpress.subjects.treaties.records import SUBJECT_NAME, Treaties, TreatyEvent

_DRAW = "factpress.subjects.treaties.figures"

SUBJECT = Subject(
    name=SUBJECT_NAME,
    records=Treaties,
    event=TreatyEvent,
    checks=("factpress.subjects.treaties.checks:check_treaties",),
    blocks={"treaties": "factpress.subjects.treaties.blocks:treaties"},
    brief={"treaties": "factpress.subjects.treaties.blocks:treaties_in_brief"},
    wording="factpress.subjects.treaties.blocks:WORDING",
    shown_by="treaties",
    figures={
        "treaty-dates": FigureKind(treaty_dates, f"{_DRAW}.date_ranges:draw"),
        "bonds": FigureKind(memberships, f"{_DRAW}.membership:draw", needs_dates=True),
        "map": FigureKind(map_states, f"{_DRAW}.map:draw", needs_dates=True, wrong=map_fault),
    },
)
