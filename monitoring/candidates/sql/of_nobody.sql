-- Question: which delivered numbers does nobody of the register have?
-- Reads: nobody (temporary: subject, name, line, sheet), identities. Columns out: subject, sealed, name, line, sheet.
-- Index: a_person_lives_in_one_household, resident_who_left.
SELECT nobody.subject, identity.sealed, nobody.name, nobody.line, nobody.sheet
FROM nobody JOIN households_identity AS identity ON identity.subject = nobody.subject
WHERE NOT EXISTS (SELECT FROM households_resident AS resident WHERE resident.subject = nobody.subject)
ORDER BY nobody.sheet, nobody.line
LIMIT %(most)s
