"""The two SQL statements that write cases. Each is atomic by itself, for one case or a thousand.

OPEN inserts cases with their first steps; MOVE changes cases whose `seq` is still what the decision saw,
and writes history, ledger, clocks, files and outbox only for those. Rows travel as JSON record sets:
$1 cases, $2 steps, $3 clocks, $4 files, $5 messages.
"""

from yiwang.kernel.ledger import actions as ledger
from yiwang.kernel.outbox import actions as outbox

_STEPS = """
steps AS MATERIALIZED (
    SELECT s.*, decode(s.prev_hex, 'hex') AS prev, decode(s.hash_hex, 'hex') AS hash,
           'case' AS kind, s.case_id AS subject
    FROM jsonb_to_recordset($2::jsonb) AS s(
        case_id uuid, seq int, action text, actor_kind text, person_id bigint, post_id bigint,
        organisation_id text, at timestamptz, from_state text, to_state text, note text, data jsonb,
        public boolean, key text, prev_hex text, hash_hex text)
    JOIN written w ON w.id = s.case_id
),
events AS (
    INSERT INTO cases_event (case_id, seq, action, actor_kind, person_id, post_id, organisation_id, at,
                             from_state, to_state, note, data, public, key)
    SELECT case_id, seq, action, actor_kind, person_id, post_id, organisation_id, at,
           from_state, to_state, note, data, public, key
    FROM steps ORDER BY case_id, seq
),
sealed AS ({append}),
clocks AS (
    INSERT INTO cases_clock (case_id, code, started_at, due_at, alerts_fired, next_at, paused_at, remaining,
                             stopped_at)
    SELECT k.case_id, k.code, k.started_at, k.due_at, k.alerts_fired, k.next_at, k.paused_at, k.remaining,
           k.stopped_at
    FROM jsonb_to_recordset($3::jsonb) AS k(
        case_id uuid, code text, started_at timestamptz, due_at timestamptz, alerts_fired smallint,
        next_at timestamptz, paused_at timestamptz, remaining int, stopped_at timestamptz)
    JOIN written w ON w.id = k.case_id
    {on_clock}
),
files AS (
    INSERT INTO cases_casefile (case_id, file_id, seq)
    SELECT f.case_id, f.file_id, f.seq
    FROM jsonb_to_recordset($4::jsonb) AS f(case_id uuid, file_id text, seq int)
    JOIN written w ON w.id = f.case_id
),
messages AS (
    SELECT m.topic, m.payload, m.at
    FROM jsonb_to_recordset($5::jsonb) AS m(case_id uuid, topic text, payload jsonb, at timestamptz)
    JOIN written w ON w.id = m.case_id
),
told AS ({emit})
"""

OPEN = (
    """
WITH given AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS x(
        id uuid, prefix text, tracking text, release_id bigint, flow text, state text, seq int, head text,
        organisation_id text, area text, category text, channel text, urgency smallint, title text, text text,
        address text, lon float8, lat float8, reporter_name text, reporter_mobile text, opened_by_id bigint,
        source text, facts jsonb, light text, due_at timestamptz, lead_id uuid, opened_at timestamptz,
        ended_at timestamptz)
),
written AS (
    INSERT INTO cases_case (
        id, number, tracking, release_id, flow, state, seq, head, organisation_id, area, category, channel,
        urgency, title, text, address, lon, lat, reporter_name, reporter_mobile, opened_by_id, source, facts,
        light, due_at, lead_id, opened_at, ended_at)
    SELECT id,
        prefix || to_char(opened_at AT TIME ZONE 'Asia/Shanghai', 'YYYYMMDD') || '-'
            || lpad(nextval('cases_case_number')::text, 7, '0'),
        tracking, release_id, flow, state, seq, decode(head, 'hex'), organisation_id, area, category, channel,
        urgency, title, text, address, lon, lat, reporter_name, reporter_mobile, opened_by_id, source, facts,
        light, due_at, lead_id, opened_at, ended_at
    FROM given ORDER BY id
    RETURNING id, number
),"""
    + _STEPS.format(
        append=ledger.APPEND.format(rows="steps"), emit=outbox.EMIT.format(rows="messages"), on_clock=""
    )
    + "SELECT id, number FROM written"
)

MOVE = (
    """
WITH given AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS x(
        id uuid, was int, seq int, head text, state text, organisation_id text, area text, category text,
        urgency smallint, rating smallint, facts jsonb, light text, due_at timestamptz, merged_into_id uuid,
        ended_at timestamptz)
),
written AS (
    UPDATE cases_case c SET
        seq = g.seq, head = decode(g.head, 'hex'), state = g.state, organisation_id = g.organisation_id,
        area = g.area, category = g.category, urgency = g.urgency, rating = g.rating, facts = g.facts,
        light = g.light, due_at = g.due_at, merged_into_id = g.merged_into_id, ended_at = g.ended_at
    FROM given g WHERE c.id = g.id AND c.seq = g.was
    RETURNING c.id, c.number
),"""
    + _STEPS.format(
        append=ledger.APPEND.format(rows="steps"),
        emit=outbox.EMIT.format(rows="messages"),
        on_clock="""ON CONFLICT (case_id, code) DO UPDATE SET
        started_at = excluded.started_at, due_at = excluded.due_at, alerts_fired = excluded.alerts_fired,
        next_at = excluded.next_at, paused_at = excluded.paused_at, remaining = excluded.remaining,
        stopped_at = excluded.stopped_at""",
    )
    + "SELECT id, number FROM written"
)
