-- Receipts of aid lie in the village of their case: who may see it may see them. `households` null: all under areas.
UPDATE files_attachment AS file
SET area = held.area_id
FROM assistance_aidrecord AS record
JOIN assistance_case AS held ON held.id = record.case_id
WHERE file.owner_model = %(model)s
  AND file.owner_id = record.id::text
  AND file.area <> held.area_id
  AND (held.area_id LIKE ANY (%(areas)s) OR file.area LIKE ANY (%(areas)s))
  AND (%(households)s::bigint[] IS NULL OR held.household_id = ANY (%(households)s))
