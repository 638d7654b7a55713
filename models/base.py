"""The base of all tables: naming of constraints and how a few Python types are kept."""

from datetime import datetime
from typing import Annotated, Any, ClassVar

from sqlalchemy import ForeignKey, MetaData, String
from sqlalchemy.orm import DeclarativeBase, mapped_column

from models.columns import Identifier, Json, UtcDateTime

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Id = Annotated[int, mapped_column(Identifier, primary_key=True)]
Code = Annotated[str, mapped_column(String(64))]
"""An identifier written by people or programs: a key, a state, a kind."""
Name = Annotated[str, mapped_column(String(255))]


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {
        datetime: UtcDateTime(),
        dict[str, Any]: Json,
        list[Any]: Json,
    }


def reference(target: str, *, index: bool = True, **more: Any) -> Any:
    """A column that points to another table's `id`; rows that are pointed to are not deleted."""
    return mapped_column(Identifier, ForeignKey(target, ondelete="RESTRICT"), index=index, **more)
