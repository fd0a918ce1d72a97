-- Everything that hangs from the key-encryption key, in order, to be wrapped anew.

-- name: authorities_after
SELECT id, exported FROM authorities WHERE id > :after ORDER BY id LIMIT :limit;

-- name: certificates_after
SELECT id, key FROM certificates WHERE id > :after ORDER BY id LIMIT :limit;

-- name: subject_keys_after
SELECT id, wrapped FROM subject_keys WHERE id > :after ORDER BY id LIMIT :limit;
