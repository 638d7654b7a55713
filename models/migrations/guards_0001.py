"""Triggers of the first schema: what was published, submitted, signed or journalled can be read, but not rewritten."""

from alembic import op

ADDED_ONLY = ("journal", "sign_offs", "submissions")
"""Tables whose rows are added and never changed or removed."""
FROZEN = {
    "design_versions": ("OLD.state <> 'draft'", ("definition", "digest", "design_id", "number")),
    "certificates": ("1 = 1", ("number", "sequence", "year", "register", "code", "facts", "holder_id", "cycle_id")),
}
"""Table → when its row is frozen, and in which columns."""


def install() -> None:
    """Create the triggers in the dialect at hand."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in ADDED_ONLY:
        for verb in ("UPDATE", "DELETE"):
            _create(
                f"{table}_no_{verb.lower()}", table, verb, "1 = 1", f"rows of {table} are never changed", sqlite=sqlite
            )
    for table, (condition, columns) in FROZEN.items():
        differs = "IS NOT" if sqlite else "IS DISTINCT FROM"
        changed = " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in columns)
        _create(
            f"{table}_frozen", table, "UPDATE", f"({condition}) AND ({changed})", f"{table} are frozen", sqlite=sqlite
        )
        _create(f"{table}_kept", table, "DELETE", condition, f"{table} are kept", sqlite=sqlite)


def _create(name: str, table: str, verb: str, condition: str, message: str, *, sqlite: bool) -> None:
    if sqlite:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
        return
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{message}'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION {name}()"
    )


def remove() -> None:
    """Drop the triggers; on SQLite they go with their tables."""
    if op.get_bind().dialect.name == "sqlite":
        return
    names = [(f"{table}_no_{verb}", table) for table in ADDED_ONLY for verb in ("update", "delete")]
    names += [(f"{table}_{kind}", table) for table in FROZEN for kind in ("frozen", "kept")]
    for name, table in names:
        op.execute(f"DROP TRIGGER {name} ON {table}")
        op.execute(f"DROP FUNCTION {name}()")
