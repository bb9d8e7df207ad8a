"""Programmes in the database."""

from collections.abc import Iterable
from typing import Any

from pymongo import UpdateMany

from chassis.repository import Collection
from chassis.unit_of_work import UnitOfWork
from pairing.programmes.model import Programme

PROGRAMMES = Collection("programmes", Programme)
COLLECTIONS = (PROGRAMMES,)


def of_ids(uow: UnitOfWork, ids: Iterable[str]) -> list[Programme]:
    """These programmes, the latest to start first."""
    return uow.find(PROGRAMMES, {"_id": {"$in": sorted(ids)}}, sort=[("starts_on", -1), ("_id", 1)], limit=500)


def every(uow: UnitOfWork) -> list[Programme]:
    """All programmes, the latest to start first."""
    return uow.find(PROGRAMMES, {}, sort=[("starts_on", -1), ("_id", 1)], limit=500)


def page(uow: UnitOfWork, ids: Iterable[str], after: str | None, limit: int) -> list[Programme]:
    """Up to `limit` + 1 of these programmes by id, from the one after `after`."""
    wanted = {"$in": sorted(ids)} | ({"$gt": after} if after else {})
    return uow.find(PROGRAMMES, {"_id": wanted}, sort=[("_id", 1)], limit=limit + 1)


def hold(uow: UnitOfWork, ids: Iterable[str]) -> None:
    """Has whatever else changes or holds one of these programmes at this very moment wait: one of both is repeated."""
    uow.write(PROGRAMMES.name, UpdateMany({"_id": {"$in": sorted(ids)}}, {"$set": {"held": uow.new_id()}}))


def find_stages(database: Any) -> None:
    """Migration: programmes from before there were stages are running when a match run of theirs was published; the others are planned."""
    published = database["match_runs"].distinct("programme_id", {"state": "published"})
    database["programmes"].update_many({"_id": {"$in": published}, "state": {"$exists": False}}, {"$set": {"state": "running"}})
