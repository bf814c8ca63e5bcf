-- Question:   who lives in the households that are checked, and what is stated of them?
-- Reads:      households_resident, households_household
-- Columns:    household, resident, area, identity; sex; born_on; age (whole years); relation; education; stage
--             (school); health (codes); labour; has_place (of work); months (worked, 0: not stated); insured; dibao;
--             tekun; twins (members of the household with this name, sex and birth date; 1 where that is not known)
-- Index:      household_by_area, resident_of_household; a whole county is read as it lies
-- Parameters: today; the households that are checked
CREATE TEMPORARY TABLE checked_member AS
SELECT resident.household_id AS household, resident.id AS resident, resident.area_id AS area,
       resident.subject AS identity, resident.sex, resident.born_on,
       date_part('year', age(%(today)s::date, resident.born_on))::int AS age,
       resident.relation, resident.education, resident.school_stage AS stage, resident.health::text[] AS health,
       resident.labour, resident.work_place <> '' AS has_place, coalesce(resident.work_months, 0) AS months,
       resident.insured, resident.dibao, resident.tekun,
       CASE WHEN resident.born_on IS NULL THEN 1 ELSE count(*) OVER (
           PARTITION BY resident.household_id, resident.name, resident.sex, resident.born_on
       ) END AS twins
FROM households_resident AS resident
JOIN households_household AS home ON home.id = resident.household_id
WHERE {here}
  AND resident.name <> '*' -- erased: nobody can correct what is not known of them
  AND (resident.left_on IS NULL OR resident.left_on > %(today)s)
  AND (home.dissolved_on IS NULL OR home.dissolved_on > %(today)s)
