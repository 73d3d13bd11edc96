"""Dates in a text: found, and turned into spans of days.

**To add a date rule, add a row to** ``RULES`` **in** :mod:`.rules`: its name, its pattern over
tokens, and the function that says what the words mean (in :mod:`.days` or :mod:`.spans`; most rows
share one). Then add what it must read as a row to ``tests/cases/dates.csv``. Nothing else changes.

:mod:`.find` searches a text for all rules at once and hands the words that matched
(:mod:`.units`) to the meaning; :mod:`.offsets` reads dates that hang on another event ("a day
later"); :mod:`.inferred` finds the publication day of a report that states none.
"""
