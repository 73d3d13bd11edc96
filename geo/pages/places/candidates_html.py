"""The places a name may mean, as safe HTML: the words of :mod:`geo.story.candidates`, laid out."""

from __future__ import annotations

from collections.abc import Iterable

from geo.border.nearby import Nearby, Pin
from geo.model import Candidate, Place, Resolution
from geo.pages.shared.event_html import terms_html
from geo.pages.shared.html import esc
from geo.story import candidates

__all__ = ["first_html", "others_html", "verdict_html"]


def verdict_html(name: str, found: Resolution, others: int) -> str:
    """Return the outcome in a sentence, each name apart from the direction around it."""
    said = esc(candidates.verdict(name, found, others))
    return said.replace(candidates.ISOLATE, "<bdi>").replace(candidates.POP, "</bdi>")


def first_html(candidate: Candidate, pin: Pin, near: Nearby) -> str:
    """Return the first candidate with all that is known of it."""
    return _heading(1, candidate.place) + terms_html(candidates.facts(candidate, pin, near))


def others_html(rows: Iterable[tuple[int, Candidate, Pin, Nearby]]) -> str:
    """Return the other candidates, a few lines each, under their numbers on the map."""
    return "".join(_other(*row) for row in rows)


def _other(number: int, candidate: Candidate, pin: Pin, near: Nearby) -> str:
    said = "".join(f"<p>{esc(line)}</p>" for line in candidates.lines(candidate, pin, near))
    return f'<div class="bm-other">{_heading(number, candidate.place)}{said}</div>'


def _heading(number: int, place: Place) -> str:
    local = "".join(f'<bdi dir="rtl">{esc(name)}</bdi>' for name in candidates.local_names(place))
    names = f'<p class="bm-local">{local}</p>' if local else ""
    return (
        f'<h3 class="bm-found"><span class="bm-rank">{number}</span>'
        f'<span dir="auto">{esc(place.name)}</span></h3>'
        f'<p class="bm-what">{esc(candidates.what(place))}</p>{names}'
    )
