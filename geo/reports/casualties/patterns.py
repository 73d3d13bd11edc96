"""What ties an outcome to people: short patterns over the letters of a sentence.

The letters are those of :mod:`geo.reports.casualties.encode`; ``LEFTWARDS`` are read
over its mirror image.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = [
    "AS",
    "BE",
    "FAR",
    "FINDS",
    "FOUND",
    "LEFTWARDS",
    "MOST_SHARED",
    "NEXT_VERB",
    "OFFICIAL",
    "OF_VOICE",
    "RIGHTWARDS",
    "SHARED",
    "STANDS",
    "TOLD",
]

VIA: Final = (
    r"(?:[xpoUfz,&]{0,12}?k?[wWhe]{1,2}r,?)?"  # "who were on their way home"
    r"(?:,?P|(?:[xUpo]{1,4}[,&]{1,2}){0,2}[xUpo]{1,6}[P+],?"  # "including traders"
    r"|(?:(?![xU]{1,3}[,&])|(?=[xU]{1,3}&[xU]{1,3}[po]))[xUpofr,&+zhs]{0,14}?)"
)
"""Read leftwards: what may stand between a group and its verb, but no subject of its own."""
VERBS: Final = "(?:&(?:k|[xpfoU]{1,5}?))?"
"""Read leftwards: another verb of the same people, "were taken off buses and" shot."""
SAID: Final = "(?:[hwW]p[xs](?=[wW]))?"
"""Read leftwards: "are reported to have" died."""
OTHER: Final = "[^;LSCkain]{0,6}?"
LEFTWARDS: Final = {
    "passive": re.compile(
        rf"x{{0,2}}{VERBS}{SAID}[eh]{{0,2}}(?:w{VIA}(?:L{OTHER})?(?P<one>[SCY])"
        rf"|W{VIA}(?:S{OTHER})?(?P<many>[LCY])|e{VIA}(?P<any>[LSCY]))"
    ),
    "intransitive": re.compile(rf"x?{VERBS}{SAID}[ehwW]{{0,3}}{VIA}(?P<any>[LSCY])"),
    "headline": re.compile(r"(?:[xUz]{1,3}[po]|x)?,?(?P<any>[LSCY])"),
    "noun after": re.compile(r"(?P<any>L)"),
    "them": re.compile(r"[^;LSCain]{0,12}?(?P<any>[LSC])"),
    "sustained": re.compile(rf"x{{0,3}}f{VIA}(?P<any>[LSC])"),
}
"""Rules read from an outcome towards the left, over the mirrored sentence."""
RIGHTWARDS: Final = {
    "active": re.compile(r"(?:,?&?[kai])?(?:p?z{1,3})?o?(?P<any>[LSCY])"),
    "toll": re.compile(r"[xpofUzhe,wWr]{0,10}?:?(?P<any>[LC])"),
    "put at": re.compile(r"[xpofUzr]{0,10}?(?P<any>[LSC])"),
    "as were": re.compile(r"[^;LSCYkain]{0,6},?;[wW](?P<any>[LSCY])"),
    "inverted": re.compile(r"(?:p[xUpo]{1,5}?)?[wW](?P<any>[LSCY])"),
    "are": re.compile(r"[wW](?P<any>L)"),
    "noun of": re.compile(r"o(?P<any>[LSCY])"),
    "label": re.compile(r":(?P<any>[LSC])"),
    "including": re.compile(r"P(?P<any>[LSC])"),
    "along with": re.compile(r"[xpozU]{0,14}?,?\+(?P<any>[LSC])"),
    "each": re.compile(r"(?:[po][xzU]{1,4},?&?|,?&|,(?=S))(?P<any>[LS])(?=p)"),
}
"""Rules read from an outcome towards the right."""
OF_VOICE: Final = {
    "a": ("active", "them"),
    "k": ("them", "active", "shared", "passive", "headline", "label", "including", "inverted"),
    "i": ("shared", "intransitive", "headline", "label", "including"),
    "t": ("toll",),
    "u": ("put at",),
    "nominal": ("label", "including", "are"),
    "n": ("noun of", "sustained", "noun after", "label"),
}
"""Rules to try by voice: active, either (killed), intransitive, toll, noun (death)."""
SHARED: Final = re.compile("&[kai]")
BE: Final = re.compile(rf"x{{0,2}}{VERBS}(?:[eh]{{0,2}}[wW]|e)")
"""Leftwards of an outcome in the passive voice."""
NEXT_VERB: Final = re.compile(r"(?:[op][xUz]{1,4}|x{0,2})h?(?P<be>[wWe]?)e?x{0,2}[ki]")
"""Rightwards of a list that is the subject of the next outcome."""
FOUND: Final = re.compile(r"[^;kainLSCY]{0,8}?f")
FINDS: Final = re.compile("x?[fs]")
OFFICIAL: Final = "{spokes}|{government}|{state force}|{state man}|{seat}"
"""Who says where the toll stands; anyone else only makes a claim."""
AS: Final = "'as'|'so'"
STANDS: Final = "{rise} {adverb}{0,2} (?:'to'|'at'|'by' {number} 'to')?"
"""Where a toll stands; its words may come long after the word toll."""
FAR: Final = 40
"""Units from a toll to where it stands."""
TOLD: Final = re.compile("s(?P<any>[LS])(?=[;,]|$)")
MOST_SHARED: Final = 50
