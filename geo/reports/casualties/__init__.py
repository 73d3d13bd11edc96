"""The dead and the injured, as figures of one clause, of one event and of several reports.

Groups of people (:mod:`.groups`) and outcomes become letters (:mod:`.encode`); patterns over them
attach each outcome to its people (:mod:`.attach`); that gives figures (:mod:`.find`), which are
added up within a clause and across clauses and reports (:mod:`.figures`).
"""
