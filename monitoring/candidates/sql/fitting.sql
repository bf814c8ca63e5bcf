-- Question: who of the register under %(area)s may the rows mean?
-- Reads: meant (temporary), residents. Columns out: line, sheet, kind, resident; at most %(most)s people a row, rows with
-- more of them none at all: such a likeness decides nothing. %(by_head)s: only heads of households.
-- Index: a_person_lives_in_one_household; for the others resident_search_name, township by township.
WITH named AS (
    SELECT meant.line, meant.sheet, meant.kind, resident.id
    FROM meant JOIN households_resident AS resident
        ON resident.subject = meant.subject AND resident.left_on IS NULL
    WHERE meant.kind = 'repaired' AND resident.area_id LIKE %(area)s || '%%'
        AND translate(normalize(resident.name, NFKC), ' ·•‧∙⋅・.', '') = meant.name
        AND (NOT %(by_head)s OR resident.relation = '01')
    UNION
    SELECT meant.line, meant.sheet, meant.kind, resident.id
    FROM meant JOIN households_resident AS resident
        ON resident.born_on = meant.born_on AND resident.sex = meant.sex AND resident.left_on IS NULL
    WHERE meant.kind = 'unmatched' AND resident.area_id LIKE %(area)s || '%%'
        AND translate(normalize(resident.name, NFKC), ' ·•‧∙⋅・.', '') = meant.name
        AND (NOT %(by_head)s OR resident.relation = '01')
)
SELECT line, sheet, kind, id
FROM (SELECT *, count(*) OVER (PARTITION BY line, sheet) AS people FROM named) AS counted
WHERE people <= %(most)s
ORDER BY sheet, line, id
