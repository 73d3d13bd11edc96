"""The online fall-back against a local stand-in that enforces the policy and fails in every way."""

import csv
import threading

import pytest
from geopy.geocoders import Photon

from geo.errors import InputError
from geo.places.gazetteer.lookup import load
from geo.places.online import fallback
from geo.places.online.cache import AnswerCache
from geo.places.online.fallback import OnlineFinder, geocoder_from_settings
from geo.places.table import locate_file
from tests.places.stand_in import JUNK, StandIn

CREDIT = "Nominatim, © OpenStreetMap contributors"


@pytest.fixture
def service():
    running = StandIn()
    yield running
    running.close()


@pytest.fixture
def hurried(service, monkeypatch):
    """The stand-in with the pace taken out, for tests of what it answers."""
    monkeypatch.setattr(fallback, "SECONDS_APART", 0.0)
    service.least_apart_s = 0.0
    return service


@pytest.fixture
def cache(tmp_path):
    return AnswerCache(tmp_path / "fetched" / "cache.sqlite")


def finder_of(service, cache, timeout=3):
    options = f'{{"domain": "{service.domain}", "scheme": "http", "timeout": {timeout}}}'
    geocoder = geocoder_from_settings({"BORDERMAP_GEOCODER_OPTIONS": options})
    return OnlineFinder(load(), geocoder, cache)


def test_only_what_the_gazetteer_lacks_is_asked(hurried, cache):
    find = finder_of(hurried, cache)
    assert find("Torkham", "", "", "").resolution.place.id == "torkham"
    assert find("قلات", "", "", "").status == "ambiguous"
    assert find("", "", "", "").status == "no name"
    assert find("Dogarzai", "XX", "", "").status == "unknown country"
    assert find("Dogarzai", "IR", "", "").resolution.place.kind == "country"
    assert find("Torkham border outpost", "", "", "").resolution.place.id == "torkham"
    assert find("x" * 300, "", "", "").status == "unmatched"
    assert hurried.asked == []
    found = find("Dogarzai", "", "", "")
    assert found.status == "resolved"
    assert (found.resolution.place.id, found.resolution.place.lat) == ("osm-node-7", 33.1)
    assert found.resolution.place.source == CREDIT
    assert found.resolution.precision == "exact"
    assert found.resolution.score < 0.9
    assert [query for _, query in hurried.asked] == ["Dogarzai"]
    assert hurried.breaches == []


def test_answers_and_honest_not_found_are_kept_between_runs(hurried, cache):
    first = finder_of(hurried, cache)
    held = [first(name, "", "", "") for name in ("Dogarzai", "Nowhereabad-i-Dur")]
    assert [found.status for found in held] == ["resolved", "unmatched"]
    assert len(hurried.asked) == 2
    again = finder_of(hurried, AnswerCache(cache.path))
    assert [again(n, "", "", "") for n in ("DOGARZAI", "Nowhereabad-i-Dur")] == held
    assert len(hurried.asked) == 2


def test_context_bounds_the_answer(hurried, cache):
    find = finder_of(hurried, cache)
    inside = find("Dogarzai", "AF", "Khost", "").resolution
    assert (inside.place.id, "lies in the unit named" in inside.reason) == ("osm-node-7", True)
    assert find("Dogarzai", "AF", "Herat", "").resolution.place.name == "Herat"
    assert find("Dogarzai", "PK", "", "").resolution.place.kind == "country"
    assert find("Farland", "", "", "").status == "unmatched"
    twins = find("Twinname", "", "", "")
    assert (twins.status, twins.resolution.place) == ("ambiguous", None)
    assert len(twins.resolution.candidates) == 2
    wide = find("Widedistrict", "", "", "").resolution
    assert wide.precision == "admin2"
    assert 25 < wide.place.radius_km < 35
    assert hurried.breaches == []


@pytest.mark.parametrize("mode", [*JUNK, "hang-up"])
def test_no_failure_is_kept_or_raised(mode, hurried, cache):
    hurried.mode = mode
    find = finder_of(hurried, cache)
    found = find("Dogarzai", "", "", "")
    assert (found.status, found.resolution.place) == ("error", None)
    assert CREDIT in found.resolution.reason
    hurried.mode = ""
    assert finder_of(hurried, cache)("Dogarzai", "", "", "").status == "resolved"


def test_a_failure_leaves_the_row_its_district(hurried, cache):
    hurried.mode = "broken"
    found = finder_of(hurried, cache)("Dogarzai", "AF", "Khost", "")
    assert (found.status, found.resolution.place.name) == ("error", "Khost")


def test_a_timeout_is_an_error_and_is_not_repeated(hurried, cache):
    hurried.slow_s = 1.0
    found = finder_of(hurried, cache, timeout=0.2)("Dogarzai", "", "", "")
    assert found.status == "error"
    assert len(hurried.asked) == 1


def test_a_service_that_is_not_there_is_an_error(hurried, cache):
    find = finder_of(hurried, cache)
    hurried.server.server_close()
    assert find("Dogarzai", "", "", "").status == "error"


@pytest.mark.parametrize(("mode", "asked"), [("blocked", 1), ("busy", 1), ("broken", 3)])
def test_a_service_that_refuses_is_left_alone(mode, asked, hurried, cache):
    hurried.mode = mode
    find = finder_of(hurried, cache)
    statuses = {find(f"Dogarzai {n}", "", "", "").status for n in range(6)}
    assert statuses == {"error"}
    assert len(hurried.asked) == asked


def test_a_batch_goes_on_through_failures_row_by_row(hurried, cache, tmp_path):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("name,note\nTorkham,a\nDogarzai,b\nChaman,c\n", encoding="utf-8")
    hurried.mode = "broken"
    counts = locate_file(source, target, finder_of(hurried, cache))
    assert counts == {"resolved": 2, "error": 1}
    with target.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["note"] for row in rows] == ["a", "b", "c"]
    assert [row["lat"] != "" for row in rows] == [True, False, True]


def test_the_whole_process_keeps_the_pace(service, tmp_path):
    finders = [finder_of(service, AnswerCache(tmp_path / f"{n}.sqlite")) for n in range(2)]
    names = [(find, f"Nowhere {n}") for n, find in enumerate(finders * 2)]
    threads = [threading.Thread(target=find, args=(name, "", "", "")) for find, name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(service.asked) == 4
    assert service.breaches == []


def test_a_broken_cache_is_set_aside(hurried, cache):
    cache.path.parent.mkdir(parents=True)
    cache.path.write_bytes(b"no database at all" * 100)
    assert finder_of(hurried, cache)("Dogarzai", "", "", "").status == "resolved"
    assert cache.path.with_suffix(".broken").exists()
    assert finder_of(hurried, cache)("Dogarzai", "", "", "").status == "resolved"
    assert len(hurried.asked) == 1


def test_a_cache_that_cannot_be_written_does_not_matter(hurried, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    found = finder_of(hurried, AnswerCache(blocked / "cache.sqlite"))("Dogarzai", "", "", "")
    assert found.status == "resolved"


def test_any_geopy_geocoder_by_setting():
    asked = {"BORDERMAP_GEOCODER": "geopy.geocoders.Photon", "BORDERMAP_CONTACT": "me@example.org"}
    made = geocoder_from_settings(asked)
    assert isinstance(made, Photon)
    assert made.headers["User-Agent"].endswith("; me@example.org")


@pytest.mark.parametrize(
    "settings",
    [
        {"BORDERMAP_GEOCODER": "geopy.geocoders.Nonesuch"},
        {"BORDERMAP_GEOCODER": "Photon"},
        {"BORDERMAP_GEOCODER": "no.such.module.Photon"},
        {"BORDERMAP_GEOCODER_OPTIONS": "{junk"},
        {"BORDERMAP_GEOCODER_OPTIONS": '{"no_such_option": 1}'},
        {"BORDERMAP_GEOCODER_OPTIONS": "[1]"},
    ],
)
def test_a_wrong_setting_is_named(settings):
    with pytest.raises(InputError, match="BORDERMAP_GEOCODER"):
        geocoder_from_settings(settings)


def test_another_geocoder_answers_only_within_the_region(cache, monkeypatch):
    monkeypatch.setattr(fallback, "SECONDS_APART", 0.0)

    class Elsewhere(Photon):
        def geocode(self, query, *, exactly_one=True):
            from geopy.location import Location

            lat = 33.0 if "near" in query else 60.0
            return [Location(query, (lat, 70.0), {})]

    find = OnlineFinder(load(), Elsewhere(user_agent="test"), cache)
    assert find("Xyzzyxfar", "", "", "").status == "unmatched"
    near = find("Xyzzyxnear", "", "", "")
    assert (near.status, near.resolution.place.source) == ("resolved", "Elsewhere")
    assert near.resolution.precision == "near"
