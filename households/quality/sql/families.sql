-- Question:   what is stated of the households that are checked, of their members together, and of their standing?
-- Reads:      households_household, households_standing, households_income, checked_member
-- Columns:    household, area
--             income (per head and year as stated); house_grade; water_safe; has_phone; lifted_out
--             members, heads, spouses, same_sex_spouses, head_sex; able (ordinary, skilled, weak or half labour),
--             strong (ordinary or skilled); disabled; uninsured; workers (place or months of work); in_dibao, in_tekun;
--             unidentified (no ID number), unschooled (neither education nor stage), no_health, no_insured, no_dibao
--             (not stated): numbers of members
--             category (of a monitored object, the newest; NULL: never one); monitored, removed (one of both where
--             there is a category); identified, removed_on (days; months count from their first); months_watched;
--             risks, measures (codes and words); removal_way; entry_income
--             wages, production, transfers, self_paid, dibao_paid, pension, planning (yuan of the newest accounting
--             period, by items A, B, D, G, D2, D4, D1); cost_counted (whether any cost was taken off); NULL: no income
--             is stated by items
-- Index:      household_by_area, standing_of_household; a whole county is read as it lies
-- Parameters: today; the households that are checked
CREATE TEMPORARY TABLE checked_family AS
WITH people AS (
    SELECT household,
           count(*) AS members,
           count(*) FILTER (WHERE relation = '01') AS heads,
           count(*) FILTER (WHERE relation = '02') AS spouses,
           min(sex) FILTER (WHERE relation = '01') AS head_sex,
           array_agg(sex) FILTER (WHERE relation = '02' AND sex IN ('1', '2')) AS spouse_sexes,
           count(*) FILTER (WHERE labour IN ('1', '2', '3')) AS able,
           count(*) FILTER (WHERE labour IN ('1', '2')) AS strong,
           count(*) FILTER (WHERE '2' = ANY (health)) AS disabled,
           count(*) FILTER (WHERE NOT insured) AS uninsured,
           count(*) FILTER (WHERE has_place OR months > 0) AS workers,
           count(*) FILTER (WHERE dibao IN ('rural', 'urban')) AS in_dibao,
           count(*) FILTER (WHERE tekun IN ('rural', 'urban')) AS in_tekun,
           count(*) FILTER (WHERE identity IS NULL) AS unidentified,
           count(*) FILTER (WHERE education = '' AND stage = '') AS unschooled,
           count(*) FILTER (WHERE cardinality(health) = 0) AS no_health,
           count(*) FILTER (WHERE insured IS NULL) AS no_insured,
           count(*) FILTER (WHERE dibao = '') AS no_dibao
    FROM checked_member
    GROUP BY household
), watched AS (
    SELECT DISTINCT ON (standing.household_id)
           standing.household_id AS household, standing.kind, standing.from_day, standing.until_day,
           standing.risk_types, standing.measures, standing.removal_way, standing.net_income_per_head,
           standing.removal_way <> '' OR coalesce(standing.until_day < %(today)s, false) AS removed
    FROM households_standing AS standing
    JOIN households_household AS home ON home.id = standing.household_id
    WHERE {here} AND standing.resident_id IS NULL AND standing.kind IN ('unstable', 'marginal', 'sudden')
      AND (standing.from_day IS NULL OR standing.from_day <= %(today)s)
    ORDER BY standing.household_id, standing.from_day DESC NULLS LAST, standing.id DESC
), earned AS (
    SELECT DISTINCT ON (income.household_id)
           income.household_id AS household, items.*,
           income.net_income < wages + production + property + transfers AS cost_counted
    FROM households_income AS income
    JOIN households_household AS home ON home.id = income.household_id
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(value::numeric) FILTER (WHERE key LIKE 'A%%'), 0) AS wages,
               coalesce(sum(value::numeric) FILTER (WHERE key LIKE 'B%%'), 0) AS production,
               coalesce(sum(value::numeric) FILTER (WHERE key LIKE 'C%%'), 0) AS property,
               coalesce(sum(value::numeric) FILTER (WHERE key LIKE 'D%%'), 0) AS transfers,
               coalesce(sum(value::numeric) FILTER (WHERE key LIKE 'G%%'), 0) AS self_paid,
               coalesce(sum(value::numeric) FILTER (WHERE key = 'D1'), 0) AS planning,
               coalesce(sum(value::numeric) FILTER (WHERE key = 'D2'), 0) AS dibao_paid,
               coalesce(sum(value::numeric) FILTER (WHERE key = 'D4'), 0) AS pension
        FROM jsonb_each_text(income.parts)
    ) AS items
    WHERE {here} AND income.until_day <= %(today)s
    ORDER BY income.household_id, income.until_day DESC, income.from_day DESC
), lifted AS (
    SELECT DISTINCT standing.household_id AS household
    FROM households_standing AS standing
    JOIN households_household AS home ON home.id = standing.household_id
    WHERE {here} AND standing.resident_id IS NULL AND standing.kind = 'lifted_out'
      AND (standing.from_day IS NULL OR standing.from_day <= %(today)s)
      AND (standing.until_day IS NULL OR standing.until_day >= %(today)s)
)
SELECT home.id AS household, home.area_id AS area, home.net_income_per_head AS income, home.house_grade,
       home.water_safe, home.phone_id IS NOT NULL AS has_phone, lifted.household IS NOT NULL AS lifted_out,
       coalesce(people.members, 0) AS members, coalesce(people.heads, 0) AS heads,
       coalesce(people.spouses, 0) AS spouses, people.head_sex,
       cardinality(array_positions(coalesce(people.spouse_sexes, '{{}}'), people.head_sex)) AS same_sex_spouses,
       coalesce(people.able, 0) AS able, coalesce(people.strong, 0) AS strong,
       coalesce(people.disabled, 0) AS disabled, coalesce(people.uninsured, 0) AS uninsured,
       coalesce(people.workers, 0) AS workers, coalesce(people.in_dibao, 0) AS in_dibao,
       coalesce(people.in_tekun, 0) AS in_tekun, coalesce(people.unidentified, 0) AS unidentified,
       coalesce(people.unschooled, 0) AS unschooled, coalesce(people.no_health, 0) AS no_health,
       coalesce(people.no_insured, 0) AS no_insured, coalesce(people.no_dibao, 0) AS no_dibao,
       watched.kind AS category, coalesce(NOT watched.removed, false) AS monitored,
       coalesce(watched.removed, false) AS removed, watched.from_day AS identified, watched.until_day AS removed_on,
       (date_part('year', watched.until_day) - date_part('year', watched.from_day)) * 12
           + date_part('month', watched.until_day) - date_part('month', watched.from_day) AS months_watched,
       coalesce(watched.risk_types, '{{}}')::text[] AS risks, coalesce(watched.measures, '{{}}')::text[] AS measures,
       watched.removal_way, watched.net_income_per_head AS entry_income,
       earned.wages, earned.production, earned.transfers, earned.self_paid, earned.dibao_paid, earned.pension,
       earned.planning, earned.cost_counted
FROM households_household AS home
LEFT JOIN people ON people.household = home.id
LEFT JOIN watched ON watched.household = home.id
LEFT JOIN earned ON earned.household = home.id
LEFT JOIN lifted ON lifted.household = home.id
WHERE {here} AND (home.dissolved_on IS NULL OR home.dissolved_on > %(today)s)
