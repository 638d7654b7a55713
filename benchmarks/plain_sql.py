"""The yardstick of the cycle figure: the least SQL that opens a stage or finds the outcomes, in sets."""

from sqlalchemy import Connection, text

ASSIGNMENT_COLUMNS = (
    "stage_id, subject_id, respondent_id, unit_id, state, round, sign_off_step, due_at, state_since, lock"
)
IN_FORCE = "starts_on <= :day AND (ends_on IS NULL OR ends_on >= :day)"

SELF = f"""
INSERT INTO assignments ({ASSIGNMENT_COLUMNS})
SELECT :stage, person_id, person_id, unit_id, 'waiting', 1, 0, :due, :now, 1 FROM posts WHERE {IN_FORCE}
"""

PEERS = f"""
INSERT INTO assignments ({ASSIGNMENT_COLUMNS})
WITH ring AS (
    SELECT person_id, unit_id,
        row_number() OVER (PARTITION BY unit_id ORDER BY person_id) - 1 AS place,
        count(*) OVER (PARTITION BY unit_id) AS size
    FROM posts WHERE {IN_FORCE}
), steps AS (SELECT 1 AS step UNION ALL SELECT 2 UNION ALL SELECT 3)
SELECT :stage, ring.person_id, rater.person_id, ring.unit_id, 'waiting', 1, 0, :due, :now, 1
FROM ring JOIN steps ON steps.step < ring.size
JOIN ring AS rater ON rater.unit_id = ring.unit_id AND rater.place = (ring.place + steps.step) % ring.size
"""

OUTCOMES_TABLE = "CREATE TABLE benchmark_outcomes (subject_id bigint PRIMARY KEY, outcome varchar(64))"

OUTCOMES = """
INSERT INTO benchmark_outcomes (subject_id, outcome)
WITH matrix (results, behaviour, outcome) AS (VALUES
    ('above', 'below', 'poor'), ('above', 'meets', 'good'), ('above', 'above', 'very_good'),
    ('meets', 'below', 'poor'), ('meets', 'meets', 'good'), ('meets', 'above', 'good'),
    ('below', 'below', 'very_poor'), ('below', 'meets', 'needs_improvement'), ('below', 'above', 'needs_improvement')
)
SELECT assignments.subject_id, matrix.outcome
FROM assignments
JOIN stages ON stages.id = assignments.stage_id
JOIN submissions ON submissions.assignment_id = assignments.id AND submissions.round = assignments.round
LEFT JOIN matrix ON matrix.results = submissions.answers ->> 'results_rating'
    AND matrix.behaviour = submissions.answers ->> 'behaviour_rating'
WHERE stages.cycle_id = :cycle AND stages.key = 'evaluation' AND assignments.state = 'completed'
"""


def insert(connection: Connection, statement: str, **values: object) -> int:
    """Run one statement; gives the number of rows it made."""
    return connection.execute(text(statement), values).rowcount
