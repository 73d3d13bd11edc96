"""The geopy face: what code written for geopy expects of a geocoder."""

import pytest
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import Geocoder

from geo.places.geocode import GazetteerGeocoder


@pytest.fixture(scope="module")
def geocoder():
    return GazetteerGeocoder()


def test_is_a_geopy_geocoder(geocoder):
    assert isinstance(geocoder, Geocoder)
    with geocoder as entered:
        assert entered is geocoder


def test_geocode_gives_a_location_with_the_whole_answer_in_raw(geocoder):
    found = geocoder.geocode("Torkham", timeout=3)
    assert (found.latitude, found.longitude) == pytest.approx((34.123, 71.093), abs=0.02)
    assert found.raw["id"] == "torkham"
    assert found.raw["precision"] == "exact"
    assert found.raw["status"] == "resolved"
    assert "Khyber Pakhtunkhwa" in found.address


def test_the_country_is_kept_to(geocoder):
    assert geocoder.geocode("Torkham", country="AF").raw["country"] == "AF"
    assert geocoder.geocode("Qalat", country="AF").raw["admin1"] == "Zabul"


def test_not_found_is_none(geocoder):
    assert geocoder.geocode("Atlantis") is None
    assert geocoder.geocode("Atlantis", exactly_one=False) is None


def test_an_ambiguous_name_is_a_list_but_no_single_answer(geocoder):
    assert geocoder.geocode("قلات") is None
    found = geocoder.geocode("قلات", exactly_one=False)
    assert {location.raw["admin1"] for location in found} >= {"Balochistan", "Zabul"}
    assert {location.raw["status"] for location in found} == {"ambiguous"}


def test_reverse_gives_the_nearest_site_with_its_distance(geocoder):
    found = geocoder.reverse((30.92, 66.45))
    assert found.raw["distance_km"] < 10
    nearest = geocoder.reverse("34.1231, 71.0931", exactly_one=False)
    assert nearest[0].raw["id"] == "torkham"
    distances = [location.raw["distance_km"] for location in nearest]
    assert distances == sorted(distances)
    assert len(distances) == 5


def test_reverse_refuses_what_is_no_point(geocoder):
    with pytest.raises(ValueError, match="Failed to create Point"):
        geocoder.reverse("nowhere at all")


def test_geopy_s_rate_limiter_wraps_it(geocoder):
    limited = RateLimiter(geocoder.geocode, min_delay_seconds=0.0)
    assert limited("Quetta").raw["kind"] == "city"
