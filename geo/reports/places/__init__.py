"""Toponyms in a text: which words are place names, and which places they mean.

Every name of the gazetteer is a candidate (:mod:`.recognise`); rules over the words around it say
whether it is a place here and in what role (:mod:`.roles`), and find names that no gazetteer has;
then all names of the item are resolved together (:mod:`.disambiguate`).
"""
