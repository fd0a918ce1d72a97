-- What nobody needs any more.

-- name: forget_conversations
-- Their journals and calls go with them; the messages that were sent stay.
DELETE FROM conversations WHERE state = 'ended' AND changed < :before;

-- name: forget_secrets
DELETE FROM secrets WHERE created < :before;
