-- Question:   which of these rows still stand where the caller saw them? Move exactly those.
-- Reads:      the table of the lifecycle, by primary key; locks in key order, so that two bulk moves cannot deadlock
-- Columns out: every row that was moved, as it stands now
-- Index used: primary key
-- Compare-and-swap: a row whose version or state changed meanwhile is left alone and not returned.
WITH seen AS (
    SELECT * FROM unnest(%(keys)s::{key_type}[], %(versions)s::int[]) AS seen (key, version)
), standing AS (
    SELECT target.{key} AS key
    FROM {table} AS target JOIN seen ON seen.key = target.{key}
    WHERE target.version = seen.version AND target.state = ANY (%(sources)s)
    ORDER BY target.{key}
    FOR NO KEY UPDATE OF target
)
UPDATE {table} AS target
SET state = coalesce(%(state)s, target.state), version = target.version + 1{writes}
FROM standing
WHERE target.{key} = standing.key
RETURNING target.*
