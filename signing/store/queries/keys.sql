-- Everything that hangs from the key-encryption key, in order, to be wrapped anew.

-- name: authorities_after
SELECT id, exported FROM authorities WHERE id > :after ORDER BY id LIMIT :limit;

-- name: certificates_after
SELECT id, key FROM certificates WHERE id > :after ORDER BY id LIMIT :limit;

-- name: subject_keys_after
SELECT id, wrapped FROM subject_keys WHERE id > :after ORDER BY id LIMIT :limit;

-- name: certificates_in_force
SELECT id FROM certificates WHERE principal = :principal AND state = 'valid' AND not_after > :now ORDER BY id;

-- name: certificates_to_renew
-- Those that run out before a day and have no younger one beside them, of principals that still may sign.
SELECT id, principal FROM certificates WHERE state = 'valid' AND not_after > :now AND not_after < :before
AND (EXISTS (SELECT 1 FROM persons WHERE persons.id = principal AND identity IS NOT NULL)
    OR EXISTS (SELECT 1 FROM enterprises WHERE enterprises.id = principal AND enterprises.state = 'checked'))
AND NOT EXISTS (SELECT 1 FROM certificates AS younger WHERE younger.principal = certificates.principal
    AND younger.state = 'valid' AND younger.not_after >= :before)
ORDER BY not_after, id LIMIT :limit;

-- name: timers_of_kind
SELECT * FROM timers WHERE kind = :kind AND state = 'set' ORDER BY due, id;

-- name: records_of_owner
SELECT seal_records.id, seal_records.record FROM seal_records JOIN seals ON seals.id = seal_records.id
WHERE seals.owner = :owner AND seals.state <> 'retired' ORDER BY seal_records.id;
