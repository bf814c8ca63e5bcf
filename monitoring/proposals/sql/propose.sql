-- Writes what is wanted as proposals; what waits already, or was refused, is only noted as said again.
-- Reads: wanted. Of two rows that say the same the later delivery counts. A death is one question, whichever
-- department tells it; the police's day goes before the crematorium's.
WITH marked AS (
    SELECT DISTINCT ON (mark) * FROM (
        SELECT wanted.*, md5(concat_ws('|', household_id, coalesce(resident_id::text, '-'), coalesce(subject_id::text, '-'),
            field, coalesce(present::text, '-'),
            coalesce(CASE WHEN proposed ->> 'event' = '死亡' THEN '死亡' ELSE proposed::text END, why))) AS mark
        FROM wanted
    ) AS each
    ORDER BY mark, delivery DESC, line DESC
), kept AS (
    INSERT INTO monitoring_registerproposal AS known (household_id, resident_id, subject_id, area_id, field, why, present,
        proposed, for_person, mark, dataset_id, delivery_id, line, sheet, known_on, proposed_on, said_again, state,
        version)
    SELECT household_id, resident_id, subject_id, area_id, field, why, present, proposed, for_person, mark,
        %(dataset)s, delivery, line, sheet, known_on, %(today)s, 0, 'proposed', 1
    FROM marked ORDER BY mark
    ON CONFLICT (mark) WHERE state IN ('proposed', 'refused') DO UPDATE
    SET said_again = known.said_again + 1, dataset_id = excluded.dataset_id, delivery_id = excluded.delivery_id,
        line = excluded.line, sheet = excluded.sheet, known_on = excluded.known_on, proposed = excluded.proposed
    WHERE known.delivery_id <> excluded.delivery_id
        AND (known.dataset_id = excluded.dataset_id OR excluded.dataset_id = 'household_registration')
    RETURNING area_id, for_person, said_again = 0 AS is_new
)
SELECT area_id, count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM kept GROUP BY area_id
