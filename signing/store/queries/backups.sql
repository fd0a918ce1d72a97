-- Looking an installation over after it was restored.

-- name: completed_after
SELECT id, current FROM contracts WHERE state = 'completed' AND id > :after ORDER BY id LIMIT :limit;

-- name: count_completed
SELECT count(*) AS number FROM contracts WHERE state = 'completed';
