-- The statements that every update runs, and what the engine asks of its tables.
-- One text for SQLite and PostgreSQL: integers for times and booleans, no JSON operators, no clock, no chance.

-- name: receive_update
INSERT INTO inbox (messenger, update_id, chat, payload, received)
VALUES (:messenger, :update, :chat, :payload, :now)
ON CONFLICT (messenger, update_id) DO NOTHING;

-- name: claim_update
UPDATE inbox SET state = 1, attempt = attempt + 1
WHERE number = (SELECT min(number) FROM inbox WHERE chat = :chat AND state = 0)
RETURNING *;

-- name: count_update_attempt
-- For an update whose work raised: counted in a transaction of its own.
UPDATE inbox SET attempt = attempt + 1 WHERE messenger = :messenger AND update_id = :update AND state = 0;

-- name: give_up_update
UPDATE inbox SET state = 2 WHERE messenger = :messenger AND update_id = :update AND state = 0;

-- name: forget_updates
-- What was handled before `before` is needed no more, beyond what a messenger may send again.
DELETE FROM inbox WHERE received < :before AND state = 1;

-- name: open_chats
SELECT chat, min(number) AS first FROM inbox WHERE state = 0 GROUP BY chat ORDER BY first LIMIT :limit;

-- name: open_updates_of_chat
SELECT * FROM inbox WHERE chat = :chat AND state = 0 ORDER BY number;

-- name: chat_of_address
SELECT * FROM chats WHERE messenger = :messenger AND address = :address;

-- name: chats_of_person
SELECT * FROM chats WHERE person = :person ORDER BY created, id;

-- name: conversations_of_chat
-- Newest first; :state is one of running, waiting, parked, ended.
SELECT * FROM conversations WHERE chat = :chat AND state = :state ORDER BY changed DESC, created DESC, id DESC;

-- name: journal
SELECT position, key, value FROM journal WHERE conversation = :conversation ORDER BY position;

-- name: append_journal
INSERT INTO journal (conversation, position, key, value) VALUES (:conversation, :position, :key, :value);

-- name: clear_journal
DELETE FROM journal WHERE conversation = :conversation;

-- name: send
INSERT INTO outbox (chat, op, message, payload, due) VALUES (:chat, :op, :message, :payload, :now)
RETURNING number;

-- name: messages_of_chat
SELECT * FROM messages WHERE chat = :chat ORDER BY created, id;

-- name: outbox_of_chat
SELECT * FROM outbox WHERE chat = :chat ORDER BY number;

-- name: drop_outbox_of_chat
-- The person blocked us: nothing that waits will arrive.
UPDATE outbox SET state = 'dead' WHERE chat = :chat AND state = 'ready';

-- name: forget_outbox
DELETE FROM outbox WHERE state <> 'ready' AND due < :before;

-- name: lease_outbox
UPDATE outbox SET leased_until = :until, attempt = attempt + 1
WHERE number IN (
    SELECT head.number
    FROM (SELECT chat, min(number) AS number FROM outbox WHERE state = 'ready' GROUP BY chat) AS head
    JOIN outbox AS waiting ON waiting.number = head.number
    WHERE waiting.due <= :now AND waiting.leased_until <= :now
    ORDER BY head.number
    LIMIT :limit
)
RETURNING *;

-- name: lease_calls
UPDATE calls SET leased_until = :until, attempt = attempt + 1
WHERE id IN (
    SELECT id FROM calls
    WHERE state = 'ready' AND due <= :now AND leased_until <= :now
    ORDER BY due, id
    LIMIT :limit
)
RETURNING *;

-- name: claim_timers
UPDATE timers SET state = 'fired'
WHERE id IN (SELECT id FROM timers WHERE state = 'set' AND due <= :now ORDER BY due, id LIMIT :limit)
RETURNING *;

-- name: timers_of_subject
SELECT * FROM timers WHERE subject = :subject AND state = 'set' ORDER BY due, id;

-- name: stop_timers
UPDATE timers SET state = 'off' WHERE subject = :subject AND state = 'set';

-- name: due_counts
-- How much waits, for whoever looks after the house.
SELECT
    (SELECT count(*) FROM inbox WHERE state = 0) AS updates,
    (SELECT count(*) FROM inbox WHERE state = 2) AS failed_updates,
    (SELECT count(*) FROM outbox WHERE state = 'ready') AS messages,
    (SELECT count(*) FROM outbox WHERE state = 'dead') AS dead_messages,
    (SELECT count(*) FROM calls WHERE state = 'ready' AND due <= :now) AS calls,
    (SELECT count(*) FROM timers WHERE state = 'set' AND due <= :now) AS timers;

-- name: next_due
-- When a worker, the clock or the sender next has something to do; null if nothing waits.
SELECT min(due) AS due FROM (
    SELECT min(due) AS due FROM timers WHERE state = 'set'
    UNION ALL
    SELECT min(CASE WHEN due > leased_until THEN due ELSE leased_until END) FROM calls WHERE state = 'ready'
    UNION ALL
    SELECT min(CASE WHEN waiting.due > waiting.leased_until THEN waiting.due ELSE waiting.leased_until END)
    FROM (SELECT min(number) AS number FROM outbox WHERE state = 'ready' GROUP BY chat) AS head
    JOIN outbox AS waiting ON waiting.number = head.number
) AS soonest;

-- name: oldest_update
-- When the update that waits longest came in; null if none waits.
SELECT min(received) AS received FROM inbox WHERE state = 0;

-- name: texts_of_phone
-- With the codes that went to the person's mailbox: the trial place has one screen for both.
SELECT * FROM texts WHERE phone = :phone OR id IN (
    SELECT challenges.id FROM challenges JOIN persons ON persons.id = challenges.person
    WHERE persons.phone = :phone AND challenges.channel = 'email'
) ORDER BY created, id;

-- name: secrets_of_subject
SELECT * FROM secrets WHERE subject = :subject ORDER BY created, id;

-- name: blobs_of_subject
SELECT * FROM blobs WHERE subject = :subject ORDER BY created, id;
