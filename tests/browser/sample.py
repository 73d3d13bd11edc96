"""Eight events: one of each case a page must get right, one of them hostile in every field."""

from geo import model
from geo.model import Tally
from tests.sample_events import UNPLACED, day, event, place, placed

BAIT = (
    "<script>window.pwned=1</script><img src=x onerror='window.pwned=1'> `tick` ${1+1} C:\\new "
    "[link](javascript:alert(1)) :red[red] $x^2$ **bold** &lt;b&gt; <b>b</b>"
)
BAD_SOURCE = model.Source("<b>Evil</b> Post", "javascript:window.pwned=1", "2023-02-19")
HOSTILE_TELLING = model.Telling(
    "t-bad",
    sources=(BAD_SOURCE,),
    claims=(model.Claim(BAIT, "fatalities", BAIT),),
    notes=f"note {BAIT}",
    claimed_by=BAIT,
    certainty="claimed",
)
KALAT = place("Kalat", 29.03, 66.59, admin1="Balochistan", admin2="Kalat", kind="admin2")
KABUL = place("Kabul", 34.53, 69.17, country="AF", admin1="Kabul", admin2="Kabul", kind="city")

EVENTS = [
    event("clash", fatalities=Tally(2, 3, 9), summary="Guards exchanged fire at the gate."),
    event(
        "shut",
        event_type="border_closure",
        when=day("2023-02-19", "2023-02-22", "day_range"),
        resolution=placed(place("Chaman", 30.956, 66.437)),
        place_name="Chaman",
    ),
    event(
        "raid",
        event_type="counter_terror_operation",
        when=day("2023-03-05"),
        resolution=placed(KALAT, "admin2"),
        place_name="Kalat district",
        fatalities=Tally(5, 5, 5),
    ),
    event("talks", event_type="diplomatic_meeting", resolution=placed(KABUL), place_name="Kabul"),
    event("lost", resolution=UNPLACED, place_name="Nowhere", when=day("2023-04-01")),
    event(
        "bad",
        resolution=placed(place(BAIT, 32.0, 69.0)),
        place_name=BAIT,
        summary=BAIT,
        actors=(BAIT,),
        claimed_by=BAIT,
        when=day("2023-05-01"),
        tellings=(HOSTILE_TELLING,),
    ),
    event("whole", fatalities=Tally(40, 40, 40), when=day("2022-01-01", "2022-01-31", "period")),
    event("part", fatalities=Tally(12, 12, 12), part_of="whole", when=day("2022-01-10")),
]
JOINED = {
    "border_side": ["PK", "PK", "PK", "AF", None, "AF", "PK", "PK"],
    "border_km": [0.2, 0.4, 90.0, 180.0, None, 12.0, 0.2, 0.2],
    "nearest_crossing": ["Torkham", "Chaman–Spin Boldak", None, None, None, None, None, None],
    "crossing_km": [0.3, 0.2, None, None, None, None, None, None],
    "crossing_status": ["closed", "closed", None, None, None, None, None, None],
}
