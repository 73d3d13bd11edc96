"""The verb ``store``: where it is and whether it is sound; backed up, moved, repaired."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from geo.errors import InputError

__all__ = ["add_store"]


def add_store(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb ``store`` to the parser's verbs."""
    verb = verbs.add_parser(
        "store",
        help="what was imported and decided: looked after, backed up, moved",
        description="Without a word after it: say where the store is and what is wrong with it.",
    )
    verb.set_defaults(run=_status)
    words = verb.add_subparsers(dest="word")
    saved = words.add_parser("backup", help="write all of it into one file")
    saved.add_argument("file", type=Path, metavar="FILE")
    saved.set_defaults(run=_backup)
    back = words.add_parser("restore", help="put a backup into an empty store")
    back.add_argument("file", type=Path, metavar="FILE")
    back.set_defaults(run=_restore)
    moved = words.add_parser("move", help="copy all of it into an empty PostgreSQL database")
    moved.add_argument("url", metavar="URL", help="postgresql://user:password@host/name")
    moved.set_defaults(run=_move)
    mended = words.add_parser("repair", help="set a damaged database aside, keep what can be read")
    mended.set_defaults(run=_repair)


def _status(_: argparse.Namespace) -> int:
    from geo.store.catalogue import held
    from geo.store.place import here
    from geo.store.repair import faults

    store = here()
    found = list(faults(store))
    for fault in found:
        sys.stderr.write(f"{fault}\n")
    kind = "PostgreSQL" if store.url else "SQLite"
    names = ", ".join(one.name for one in held(store).datasets) or "none"
    state = f"{len(found)} faults found" if found else "in order"
    _say(f"{store} ({kind}): datasets: {names}; {state}.")
    return 1 if found else 0


def _backup(options: argparse.Namespace) -> int:
    from geo.store.moving import backup
    from geo.store.place import here

    copied = backup(here(), options.file)
    _say(f"{options.file}: {copied.account()}. 'python -m geo store restore' takes it back.")
    return 0


def _restore(options: argparse.Namespace) -> int:
    from geo.store.moving import restore
    from geo.store.place import here

    store = here()
    _say(f"{store}: {restore(options.file, store).account()}.")
    return 0


def _move(options: argparse.Namespace) -> int:
    from geo.store.moving import move
    from geo.store.place import Store, here, postgresql

    store = replace(here(), url="")
    url = postgresql(options.url)
    if not url:
        raise InputError("Name the database: postgresql://user:password@host/name")
    target = Store(store.folder, url)
    copied = move(store, target)
    _say(f"{target}: {copied.account()}. Set DATABASE_URL to its address to use it.")
    return 0


def _repair(_: argparse.Namespace) -> int:
    from geo.store.place import here
    from geo.store.repair import repair

    store = here()
    kept = repair(store)
    if kept is None:
        _say(f"{store}: the database is in order; nothing was changed.")
        return 0
    told = ", ".join(f"{name} {kept[name]:,}" for name in ("datasets", "documents", "decisions"))
    _say(f"{store}: made anew; kept: {told}. The damaged file lies beside it.")
    return 0


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
