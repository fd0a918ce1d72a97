-- What the web chat asks to show a pane again, and how it forgets a secret message.

-- name: pane_of_address
SELECT * FROM chats WHERE messenger = 'web' AND address = :address AND state = 'open' AND profile IS NOT NULL;

-- name: newest_messages_of_chat
SELECT id, payload, created FROM messages WHERE chat = :chat ORDER BY created DESC, id DESC LIMIT :limit;

-- name: newest_updates_of_chat
SELECT update_id, payload, received FROM inbox WHERE chat = :chat ORDER BY number DESC LIMIT :limit;

-- name: messages_mentioning
SELECT payload FROM messages WHERE chat = :chat AND payload LIKE :pattern;

-- name: updates_mentioning
SELECT payload FROM inbox WHERE chat = :chat AND payload LIKE :pattern;

-- name: blank_update
-- Only what was handled: an open update is still needed.
UPDATE inbox SET payload = :payload WHERE messenger = 'web' AND update_id = :update AND state <> 0;

-- name: texts_of_phone_since
SELECT * FROM texts WHERE created >= :since AND (phone = :phone OR id IN (
    SELECT challenges.id FROM challenges JOIN persons ON persons.id = challenges.person
    WHERE persons.phone = :phone AND challenges.channel = 'email'
)) ORDER BY created, id;
