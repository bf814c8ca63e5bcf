-- Question:   none; brings the categories of households to what a list of monitored objects states
-- Reads:      monitored_case (households/monitored/sql/cases.sql)
-- Columns:    number of cases made, households whose case was there and changed; monitored_case names every standing
-- Index:      households_standing by key
-- Parameters: revision

WITH made AS (
    INSERT INTO households_standing
        (household_id, kind, from_day, until_day, risk_types, removal_way, helper, measures, net_income_per_head,
         basis, revision_id)
    SELECT household, kind, from_day, until_day, risks, way, helper, measures, income, 'monitored_file',
        %(revision)s::bigint
    FROM monitored_case WHERE standing IS NULL
    RETURNING id, household_id
), named AS (
    UPDATE monitored_case SET standing = made.id, made = true
    FROM made WHERE made.household_id = monitored_case.household
    RETURNING made.id
), changed AS (
    UPDATE households_standing AS standing
    SET kind = stated.kind, from_day = stated.from_day, until_day = stated.until_day, risk_types = stated.risks,
        removal_way = stated.way, helper = stated.helper, measures = stated.measures,
        net_income_per_head = stated.income, basis = 'monitored_file', revision_id = %(revision)s::bigint
    FROM monitored_case AS stated
    WHERE standing.id = stated.standing AND NOT stated.kept
        AND (standing.kind, standing.from_day, standing.until_day, standing.risk_types, standing.removal_way,
             standing.helper, standing.measures, standing.net_income_per_head)
            IS DISTINCT FROM (stated.kind, stated.from_day, stated.until_day, stated.risks, stated.way,
             stated.helper, stated.measures, stated.income)
    RETURNING standing.household_id
)
SELECT (SELECT count(*) FROM named), ARRAY(SELECT household_id FROM changed)
