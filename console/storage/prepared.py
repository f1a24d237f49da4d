"""Statements that every turn runs: compiled once, then handed to the driver as they are.

SQLAlchemy keys, compiles, binds and wraps a statement anew each time it runs; for a row by its
primary key that takes ten times what the database takes. What is compiled stays an expression
with its column types, so both databases read and write the same. Source: docs/adr/0017.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.engine import Dialect
from sqlalchemy.engine.interfaces import DBAPICursor

Values = Mapping[str, Any]
_Turned = Callable[[Any], Any] | None


class Prepared:
    """A statement without lists in it. `values`: its parameters, or the columns that it writes.

    Compiled once for each kind of database and each set of written columns: nothing else changes
    its text. Rows are named tuples. Runs in the connection's transaction, and begins one as
    SQLAlchemy does; errors are SQLAlchemy's.
    """

    def __init__(self, statement: sa.Select[Any] | sa.UpdateBase) -> None:
        self._statement = statement
        self._compiled: dict[tuple[str, ...], _Compiled] = {}

    def first(self, tx: Connection, values: Values) -> Any | None:
        cursor, compiled = self._run(tx, values)
        with closing(cursor):
            row = cursor.fetchone()
            return compiled.rows(cursor, [row])[0] if row is not None else None

    def all(self, tx: Connection, values: Values) -> list[Any]:
        cursor, compiled = self._run(tx, values)
        with closing(cursor):
            return compiled.rows(cursor, cursor.fetchall())

    def change(self, tx: Connection, values: Values) -> int:
        """How many rows were written."""
        cursor, _ = self._run(tx, values)
        with closing(cursor):
            return int(cursor.rowcount)

    def change_many(self, tx: Connection, rows: Sequence[Values]) -> None:
        """All with the same columns; nothing for no rows."""
        if not rows:
            return
        compiled = self._of(tx.dialect, rows[0])
        with closing(_cursor(tx)) as cursor:
            try:
                cursor.executemany(compiled.text, [compiled.bound(values) for values in rows])
            except tx.dialect.loaded_dbapi.Error as error:
                raise _translated(tx.dialect, compiled.text, error) from error

    def _run(self, tx: Connection, values: Values) -> tuple[DBAPICursor, _Compiled]:
        compiled = self._of(tx.dialect, values)
        cursor = _cursor(tx)
        try:
            cursor.execute(compiled.text, compiled.bound(values))
        except tx.dialect.loaded_dbapi.Error as error:
            cursor.close()
            raise _translated(tx.dialect, compiled.text, error) from error
        return cursor, compiled

    def _of(self, dialect: Dialect, values: Values) -> _Compiled:
        key = (dialect.name, *values)
        known = self._compiled.get(key)
        if known is None:
            known = self._compiled[key] = _Compiled(self._statement, dialect, values)
        return known


class PreparedList:
    """A query for the rows whose `column` is one of a list: prepared for each length of a list."""

    def __init__(self, query: sa.Select[Any], column: sa.ColumnElement[Any]) -> None:
        self._query = query
        self._column = column
        self._by_length: dict[int, Prepared] = {}

    def all(self, tx: Connection, wanted: Sequence[Any]) -> list[Any]:
        """Nothing for an empty list."""
        if not wanted:
            return []
        values = {f"one_{at}": value for at, value in enumerate(wanted)}
        return self._of(values).all(tx, values)

    def _of(self, values: Values) -> Prepared:
        known = self._by_length.get(len(values))
        if known is None:
            among = self._column.in_([sa.bindparam(name) for name in values])
            known = self._by_length[len(values)] = Prepared(self._query.where(among))
        return known


class _Compiled:
    """A text of one database, and how values go in and come out."""

    def __init__(
        self, statement: sa.Select[Any] | sa.UpdateBase, dialect: Dialect, values: Iterable[str]
    ) -> None:
        compiled: Any = statement.compile(dialect=dialect, column_keys=list(values))
        if compiled.post_compile_params or compiled.literal_execute_params:
            raise ValueError("a list of values changes the text of its statement")
        self.text: str = compiled.string
        self._dialect = dialect
        self._is_positional: bool = compiled.positional
        self._names: list[str] = list(compiled.positiontup or compiled.binds)
        self._marks = [(name, *_mark(compiled.binds[name], dialect)) for name in self._names]
        self._columns = _columns(statement)
        self._row = _row_of(name for name, _ in self._columns)
        self._results: list[tuple[int, Callable[[Any], Any]]] | None = None

    def bound(self, values: Values) -> Any:
        """Raises `KeyError` for a parameter without a value."""
        found = [
            fixed if is_fixed and name not in values else _turned(values[name], turn)
            for name, turn, is_fixed, fixed in self._marks
        ]
        return found if self._is_positional else dict(zip(self._names, found, strict=True))

    def rows(self, cursor: DBAPICursor, raw: Iterable[Sequence[Any]]) -> list[Any]:
        if self._results is None:
            self._results = self._processors(cursor)
        found = []
        for one in raw:
            row = list(one)
            for at, turn in self._results:
                row[at] = turn(row[at])
            found.append(self._row(row))
        return found

    def _processors(self, cursor: DBAPICursor) -> list[tuple[int, Callable[[Any], Any]]]:
        described = cursor.description or ()
        found = [
            (at, kind.dialect_impl(self._dialect).result_processor(self._dialect, one[1]))
            for at, ((_, kind), one) in enumerate(zip(self._columns, described, strict=True))
        ]
        return [(at, turn) for at, turn in found if turn is not None]


def _mark(bind: sa.BindParameter[Any], dialect: Dialect) -> tuple[_Turned, bool, Any]:
    """How its values are turned, and the value that it has when none is given."""
    turn = bind.type.dialect_impl(dialect).bind_processor(dialect)
    if bind.required:
        return turn, False, None
    return turn, True, _turned(bind.value, turn)


def _turned(value: Any, turn: _Turned) -> Any:
    return value if turn is None else turn(value)


def _row_of(names: Iterable[str]) -> Callable[[Iterable[Any]], Any]:
    made: Any = namedtuple("Row", list(names))  # type: ignore[misc]  # its fields are known here
    make: Callable[[Iterable[Any]], Any] = made._make
    return make


def _columns(statement: Any) -> list[tuple[str, Any]]:
    returned = statement.selected_columns if statement.is_select else statement.exported_columns
    return [(column.name, column.type) for column in returned]


def _cursor(tx: Connection) -> DBAPICursor:
    if not tx.in_transaction():
        tx.begin()
    return tx.connection.cursor()


def _translated(dialect: Dialect, text: str, error: Any) -> BaseException:
    """As SQLAlchemy would; what customers wrote is in no message."""
    translated: BaseException = sa.exc.DBAPIError.instance(
        text, None, error, dialect.loaded_dbapi.Error, hide_parameters=True, dialect=dialect
    )
    return translated
