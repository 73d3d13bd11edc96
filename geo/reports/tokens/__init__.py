"""A text as tokens of known meaning, and its sentences.

A *unit* is a word, a number, a mark, or a phrase of the word lists (:mod:`.lexicon`); each has a
tag of one character (:mod:`.tokenise`). All later rules are regular expressions over tags.
"""
