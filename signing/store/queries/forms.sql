-- Forms, what was filled into them, and what signers filled in.

-- name: forms_of_owner
SELECT * FROM forms WHERE owner = :owner AND state = 'kept' ORDER BY changed DESC, id DESC LIMIT :limit;

-- name: form_version
SELECT * FROM form_versions WHERE form = :form AND number = :number;

-- name: last_filling
-- What a person last made a contract of.
SELECT * FROM fillings WHERE form = :form AND person = :person AND contract IS NOT NULL AND roster IS NULL
ORDER BY changed DESC, id DESC LIMIT 1;

-- name: fillings_of_roster
SELECT * FROM fillings WHERE roster = :roster ORDER BY line;

-- name: forget_fillings_of_person
DELETE FROM fillings WHERE person = :person;

-- name: entries_of_party
SELECT * FROM entries WHERE party = :party ORDER BY id;
