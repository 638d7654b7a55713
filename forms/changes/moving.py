"""A draft that goes on to a newer version of its form: nothing is lost that is not named."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from forms.changes import losses
from forms.changes.conversions import chosen, converted, convertible, offered
from forms.changes.effects import reworded
from forms.changes.losses import Loss
from forms.context import AnswerContext
from forms.fields import Declaration, Matrix, Ranking, RowReference, Rows
from forms.fields.base import FieldBase, Raw
from forms.schema import FormSchema
from forms.settling import settle
from forms.text import Message, Text

Field: TypeAlias = FieldBase[Any]
Drafted: TypeAlias = dict[str, Raw]


def moved_raw(old: FormSchema, new: FormSchema, raw: Mapping[str, Raw]) -> tuple[Drafted, tuple[Loss, ...]]:
    """What was typed for the old version, as typed for the new one, and all that does not go on.

    Questions are the same when they have the same key in the same place. Moving twice is moving once.
    """
    moving = _Moving()
    kept: Drafted = {}
    for key, typed in raw.items():
        was = old.field(key)
        if was is None:
            kept[key] = typed
            continue
        found = moving.answer(was, new.field(key), typed, _Place(key, (was.label,), ()))
        if found is not None:
            kept[key] = found
    return kept, tuple(moving.lost)


def no_longer_asked(
    old: FormSchema, new: FormSchema, moved: Mapping[str, Raw], context: AnswerContext
) -> tuple[Loss, ...]:
    """Answers of a moved draft that only the old version asked for, as the other answers stand.

    They stay in the draft, and come back when the other answers change, but are not handed in.
    """
    before, after = settle(old, moved, context).hidden, settle(new, moved, context).hidden
    found = []
    for path in sorted(after - before):
        loss = _at(new, moved, path.split("."))
        if loss is not None:
            found.append(loss)
    return tuple(found)


def _at(schema: FormSchema, moved: Mapping[str, Raw], path: list[str]) -> Loss | None:
    """The answer at a path, if there is one; a question hidden in both is no loss of this change."""
    found = schema.field(path[0])
    typed: Any = moved.get(path[0])
    names: tuple[Text, ...] = (found.label,) if found else ()
    rows: tuple[int, ...] = ()
    for index, key in zip(path[1::2], path[2::2], strict=True):
        if not isinstance(found, Rows) or not isinstance(typed, list) or int(index) >= len(typed):
            return None
        found, typed, rows = found.column(key), typed[int(index)].get(key), (*rows, int(index) + 1)
        names = (*names, found.label) if found else names
    if found is None or not found.answered or found.disabled or typed is None or found.is_blank(typed):
        return None
    return Loss(".".join(path), names, rows, found, typed, losses.NOT_ASKED)


class _Place:
    """Where an answer stands in a draft, and what it is called there."""

    def __init__(self, path: str, names: tuple[Text, ...], rows: tuple[int, ...]) -> None:
        self.path, self.names, self.rows = path, names, rows

    def cell(self, index: int, column: Field) -> "_Place":
        return _Place(f"{self.path}.{index}.{column.key}", (*self.names, column.label), (*self.rows, index + 1))


class _Moving:
    """One draft on its way, with what it leaves behind."""

    def __init__(self) -> None:
        self.lost: list[Loss] = []

    def answer(self, was: Field, now: Field | None, typed: Raw, place: _Place) -> Raw:
        """The answer as it goes on; None when nothing of it does."""
        if now is None or not now.answered:
            return self._lose(was, typed, place, losses.REMOVED if now is None else losses.GIVEN)
        if not was.answered:
            return typed
        if was.is_blank(typed):
            return typed if was.kind == now.kind else None
        reason = _reason(was, now)
        if reason is not None:
            return self._lose(was, typed, place, reason)
        if isinstance(was, Rows) and isinstance(now, Rows):
            return self._rows(was, now, typed, place)
        typed = converted(was, now, typed)
        return self._choices(was, now, typed, place)

    def _lose(self, was: Field, typed: Raw, place: _Place, reason: Message) -> None:
        if not was.answered or was.is_blank(typed):
            return
        if isinstance(was, Rows) and isinstance(typed, list):
            for index, row in enumerate(typed):
                for column in was.columns:
                    if isinstance(row, Mapping) and row.get(column.key) is not None:
                        self._lose(column, row[column.key], place.cell(index, column), reason)
            return
        self.lost.append(Loss(place.path, place.names, place.rows, was, typed, reason))

    def _rows(self, was: Rows, now: Rows, typed: Raw, place: _Place) -> Raw:
        if not isinstance(typed, list):
            return typed
        given = {row.key for row in now.fixed}
        kept = []
        for index, row in enumerate(typed):
            if not isinstance(row, Mapping):
                kept.append(row)
            elif given and row.get("_id") not in given:
                self._lose(was, [{}] * index + [row], place, losses.NOT_A_ROW)
            else:
                kept.append(self._row(was, now, row, index, place))
        return kept

    def _row(self, was: Rows, now: Rows, row: Mapping[str, Raw], index: int, place: _Place) -> dict[str, Raw]:
        kept = {}
        for key, cell in row.items():
            column = was.column(key)
            found = cell if column is None else self.answer(column, now.column(key), cell, place.cell(index, column))
            if found is not None:
                kept[key] = found
        return kept

    def _choices(self, was: Field, now: Field, typed: Raw, place: _Place) -> Raw:
        """What was chosen, without what can no longer be chosen; what never could is left to be corrected."""
        before, after = offered(was), offered(now)
        if before is None or after is None:
            return typed
        if isinstance(now, Matrix | Ranking) and isinstance(typed, Mapping):
            return self._parts(was, now, typed, before - after, place)
        gone = [one for part, one in chosen(typed) if part in ("", "choice") and one in before - after]
        if not gone:
            return typed
        if not isinstance(typed, list):
            return self._lose(was, typed, place, losses.NOT_OFFERED)
        for one in gone:
            self._lose(was, [one], place, losses.NOT_OFFERED)
        return [one for one in typed if one not in gone]

    def _parts(
        self, was: Field, now: "Matrix | Ranking", typed: Mapping[str, Raw], gone: frozenset[str], place: _Place
    ) -> Raw:
        asked, before = set(now.parts()), set(getattr(was, "parts", tuple)())
        kept = {}
        for part, value in typed.items():
            if part in before - asked:
                reason = losses.NOT_OFFERED if isinstance(now, Ranking) else losses.NOT_A_STATEMENT
            elif isinstance(now, Matrix) and value in gone:
                reason = losses.NOT_OFFERED
            else:
                kept[part] = value
                continue
            self._lose(was, {part: value}, place, reason)
        return kept


def _reason(was: Field, now: Field) -> Message | None:
    """Why nothing of the answer can go on."""
    if now.disabled and not was.disabled:
        return losses.REMOVED
    if now.read_only and not was.read_only:
        return losses.GIVEN
    if not convertible(was, now):
        return losses.OTHER_KIND
    if isinstance(was, Declaration) and reworded(was.label.model_dump(), now.label.model_dump()):
        return losses.REWORDED
    if isinstance(was, RowReference) and isinstance(now, RowReference) and was.source_key != now.source_key:
        return losses.OTHER_SOURCE
    if isinstance(was, Rows) and isinstance(now, Rows) and was.each != now.each:
        return losses.OTHER_SOURCE
    return None
