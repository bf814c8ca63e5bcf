-- Question:   none; notes pairs of members of two households of a village with the same name, birth date and sex
-- Reads:      members of today by village and name, the pairs known already, decided or not
-- Columns:    none
-- Index:      resident_search_name, a_pair_of_people_is_compared_once, duplicate_waiting; households_resident by household
-- Parameters: scope (a condition): of whom one of the two is (_OF_ in seeking.py), with areas (patterns) or households;
--             nameless, alike (more of one name and birth date are placeholders), most (that wait in a village), today

WITH touched AS MATERIALIZED (
    SELECT DISTINCT one.area_id, one.name, one.born_on
    FROM households_resident AS one
    WHERE one.left_on IS NULL AND one.name <> %(nameless)s AND one.born_on IS NOT NULL AND {scope}
), few AS MATERIALIZED (
    -- Counted before anybody is compared: a name and birth date that a thousand rows share would make a million pairs.
    SELECT same.area_id, same.name, same.born_on
    FROM touched
    JOIN households_resident AS same
        ON left(same.area_id, 9) = left(touched.area_id, 9) AND same.name = touched.name
        AND same.area_id = touched.area_id AND same.born_on = touched.born_on AND same.left_on IS NULL
    GROUP BY same.area_id, same.name, same.born_on
    HAVING count(*) BETWEEN 2 AND %(alike)s
), people AS MATERIALIZED (
    SELECT member.id, member.subject, member.area_id, member.name, member.born_on, member.sex, member.household_id
    FROM few
    JOIN households_resident AS member
        ON left(member.area_id, 9) = left(few.area_id, 9) AND member.name = few.name
        AND member.area_id = few.area_id AND member.born_on = few.born_on AND member.left_on IS NULL
), alike AS (
    SELECT one.id AS one, other.id AS other, one.subject AS one_subject, other.subject AS other_subject,
        one.area_id AS area, one.household_id AS household, other.household_id AS claimed, other.name AS name
    FROM people AS one
    JOIN people AS other USING (area_id, name, born_on, sex)
    WHERE one.id < other.id AND one.household_id <> other.household_id
), unknown AS (
    SELECT alike.*, row_number() OVER (PARTITION BY alike.area ORDER BY alike.one, alike.other) AS place
    FROM alike
    -- People, not rows: who was told apart stays so in whatever household they live later.
    WHERE NOT EXISTS (
        SELECT 1 FROM households_duplicate AS pair
        JOIN households_resident AS here ON here.id = pair.resident_id
        JOIN households_resident AS there ON there.id = pair.other_id
        WHERE pair.basis = 'likeness' AND here.name = alike.name AND (
            (here.id = alike.one OR here.subject = alike.one_subject)
                AND (there.id = alike.other OR there.subject = alike.other_subject)
            OR (here.id = alike.other OR here.subject = alike.other_subject)
                AND (there.id = alike.one OR there.subject = alike.one_subject)))
)
INSERT INTO households_duplicate
    (basis, resident_id, other_id, household_id, claimed_code, claimed_area_id, claimed_name, found_on)
SELECT 'likeness', unknown.one, unknown.other, unknown.household, home.code, unknown.area, unknown.name, %(today)s
FROM unknown
JOIN households_household AS home ON home.id = unknown.claimed
WHERE unknown.place <= %(most)s - (
    SELECT count(*) FROM households_duplicate AS waits
    WHERE waits.basis = 'likeness' AND waits.decided_on IS NULL AND waits.claimed_area_id = unknown.area)
ON CONFLICT DO NOTHING
