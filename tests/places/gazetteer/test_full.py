"""The full tier: what the dumps become, who wins, and that it answers like the embedded tier."""

import csv
import shutil
import statistics

import pytest

from geo import __main__ as command
from geo.errors import DataError
from geo.places.gazetteer.cache import build_cache
from geo.places.gazetteer.dump import check_table, check_zip
from geo.places.gazetteer.full import CACHE, FullGazetteer, load_best
from geo.places.gazetteer.lookup import COLUMNS, Gazetteer, load
from geo.places.nearness import km_between
from geo.places.resolve import Context, locate, resolve
from tests import case_tables
from tests.outside import SHARED, UCDP_FILE
from tests.sample_dumps import line, write_dumps

MIRROR = SHARED / "data" / "geonames"
EMBEDDED = (
    "pk,Pakistan,country,PK,,,30,70,500,,seed,",
    "balochistan,Balochistan,admin1,PK,Balochistan,,28,65,300,,seed,",
    "pk-zhob-district,Zhob,admin2,PK,Balochistan,Zhob,31.3,69.4,60,,seed,Fort Sandeman",
    "pk-zarkot,Zarkot,town,PK,Balochistan,Zhob,31.3,69.4,,,seed,",
    "gate,Torgate,crossing,AF/PK,Kandahar/Balochistan,Spin/Zhob,31.0,66.4,,,seed,Old Gate",
)


@pytest.fixture
def small(tmp_path):
    embedded = tmp_path / "embedded.csv"
    embedded.write_text("\n".join((",".join(COLUMNS), *EMBEDDED)) + "\n", encoding="utf-8")
    build_cache(write_dumps(tmp_path / "dumps"), tmp_path / "small.sqlite", embedded)
    held = FullGazetteer(tmp_path / "small.sqlite")
    yield held
    held.close()


def ids(hits):
    return {hit.place.id for hit in hits}


def test_an_embedded_place_wins_over_its_twin_and_takes_its_names(small):
    assert ids(small.direct("Zarkot")) == {"pk-zarkot", "gn-2"}
    assert ids(small.direct("Zarkot Khurd")) == {"pk-zarkot"}
    assert ids(small.direct("زرکوٹ")) == {"pk-zarkot"}
    assert small.by_id("pk-zarkot").lat == 31.3


def test_a_gate_takes_no_names_of_the_village_beside_it(small):
    assert ids(small.direct("Torgate")) == {"gate"}
    assert not small.direct("Lent Name")


def test_districts_keep_our_name_and_new_ones_get_a_radius(small):
    assert ids(small.direct("Zhob")) == {"pk-zhob-district"}
    assert small.by_id("gn-3").admin2 == "Zhob"
    newland = small.by_id("gn-8")
    assert (newland.kind, newland.radius_km) == ("admin2", 5.0)


def test_an_empty_province_comes_from_the_district_code(small):
    village = small.by_id("gn-3")
    assert (village.name, village.admin1, village.kind) == ("Taza Kili", "Balochistan", "village")
    assert small.by_id("gn-4").kind == "city"


def test_what_is_no_place_of_ours_is_left_out(small):
    assert not small.direct("A lake")
    with pytest.raises(KeyError):
        small.by_id("gn-6")


def test_the_interface_is_the_one_of_the_embedded_tier(small):
    again = Gazetteer(zip(small.places, small.aliases, strict=True))
    assert len(small) == len(again) == len(small.places)
    assert sorted(small.names()) == sorted(again.names())
    for name in ("Zarkot", "Fort Sandeman", "Tazza Kily", "Maiwend", "Old Gate", "Nowhere", ""):
        assert ids(small.direct(name)) == ids(again.direct(name)), name
        assert ids(small.folded(name)) == ids(again.folded(name)), name
        assert ids(small.fuzzy(name)) == ids(again.fuzzy(name)), name
    assert small.country("PK").id == "pk"
    assert small.country("ZZ") is None
    assert locate("Unknown village", small, country="PK").place.id == "pk"


def test_a_crossing_has_both_its_sides(small):
    gate = small.by_id("gate")
    assert [side.country for side in small.sides(gate)] == ["AF", "PK"]
    assert resolve("Torgate", small, Context("AF")).place.admin1 == "Kandahar"


def test_many_hamlets_of_a_name_do_not_drown_the_place_that_is_known(tmp_path):
    embedded = tmp_path / "embedded.csv"
    embedded.write_text("\n".join((",".join(COLUMNS), *EMBEDDED)) + "\n", encoding="utf-8")
    hamlets = [line(100 + n, "Zarkot", 25.0 + n / 2, 66.0, units=("", "")) for n in range(8)]
    build_cache(write_dumps(tmp_path / "d", pk=hamlets), tmp_path / "x.sqlite", embedded)
    held = FullGazetteer(tmp_path / "x.sqlite")
    assert resolve("Zarkot", held).place.id == "pk-zarkot"
    held.close()


def test_without_a_fetched_tier_the_embedded_one_answers(tmp_path):
    assert load_best(tmp_path) is load()


def test_a_cache_of_another_embedded_gazetteer_is_built_again(tmp_path, small):
    folder = write_dumps(tmp_path / "dumps")
    shutil.copy(tmp_path / "small.sqlite", folder / CACHE)
    held = load_best(folder)
    assert held.by_id("torkham").kind == "crossing"
    assert ids(held.direct("Maiwand")) >= {"gn-10"}
    held.close()


def test_a_missing_or_damaged_cache_says_what_to_do(tmp_path):
    with pytest.raises(DataError, match="geo fetch gazetteer"):
        FullGazetteer(tmp_path / "none.sqlite")
    (tmp_path / "junk.sqlite").write_bytes(b"junk" * 2000)
    with pytest.raises(DataError, match="damaged"):
        FullGazetteer(tmp_path / "junk.sqlite")


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ((), "holds no places"),
        (("one\ttwo",), "row 1"),
        ((line(1, "X", "north", 70),), "row 1"),
        ((line(1, "X", 30, 70), line(2, "Y", 130, 70)), "row 2"),
        ((line(1, "X", 30, 70, country="IN"),), "row 1"),
    ],
)
def test_a_dump_of_another_shape_is_refused(tmp_path, rows, fault):
    with pytest.raises(DataError, match=fault):
        check_zip(write_dumps(tmp_path / "d", pk=rows) / "PK.zip", "PK")


@pytest.mark.parametrize("text", ["", "AF.1\ta\ta\t1\n", "<html>\n", "AF.1\ta\nPK.1\tb\n"])
def test_a_code_table_of_another_shape_is_refused(tmp_path, text):
    path = tmp_path / "admin1CodesASCII.txt"
    path.write_text(text)
    with pytest.raises(DataError, match=r"admin1CodesASCII\.txt"):
        check_table(path)


def test_locate_uses_the_fetched_tier_unless_told_not_to(tmp_path, small, monkeypatch, capsys):
    monkeypatch.setattr(command, "load_best", lambda: small)
    assert command.main(["locate", "Tāza Kilī", "--json"]) == 0
    assert '"gn-3"' in capsys.readouterr().out
    assert command.main(["locate", "Tāza Kilī", "--embedded", "--json"]) == 0
    assert '"unmatched"' in capsys.readouterr().out


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    if not MIRROR.is_dir():
        pytest.skip("needs the dumps in ../shared/data/geonames")
    path = tmp_path_factory.mktemp("full") / CACHE
    build_cache(MIRROR, path)
    held = FullGazetteer(path)
    yield held
    held.close()


def test_the_real_dumps_keep_what_the_embedded_tier_resolves(real):
    rows = [row for row in case_tables.rows("toponyms.csv") if row["expected"] != "unmatched"]
    answers = [
        resolve(row["text"], real, Context(row["country"], row["admin1"], row["admin2"]))
        for row in rows
    ]
    assert len(real) > 150_000
    assert [
        (row["text"], answer.status)
        for row, answer in zip(rows, answers, strict=True)
        if (answer.place.id if answer.place else answer.status) != row["expected"]
    ] == []


@pytest.mark.parametrize(("tier", "near"), [("embedded", 0.60), ("full", 0.78)])
def test_ucdp_place_texts_land_near_where_ucdp_put_them(real, tier, near):
    if not UCDP_FILE.is_file():
        pytest.skip("needs ../shared/data/events")
    with UCDP_FILE.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["where_prec"] in {"1", "2", "3"}]
    asked = {(row["where_coordinates"], row["adm_1"], row["adm_2"]): row for row in rows[::-1]}
    kms = []
    for (name, admin1, admin2), row in asked.items():
        place = locate(name, real if tier == "full" else load(), admin1=admin1, admin2=admin2).place
        point = float(row["latitude"]), float(row["longitude"])
        kms.append(km_between(place.lat, place.lon, *point) if place else float("inf"))
    assert sum(km <= 25 for km in kms) >= near * len(kms)
    assert sum(km <= 161 for km in kms) >= 0.95 * len(kms)
    assert tier == "embedded" or statistics.median(kms) <= 5
