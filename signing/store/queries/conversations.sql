-- What the conversation engine asks, beyond the verbs of the port.

-- name: front_of_chat
SELECT * FROM conversations WHERE chat = :chat AND state IN ('running', 'waiting')
ORDER BY changed DESC, id DESC LIMIT 1;

-- name: call_of_step
SELECT state, result FROM calls WHERE conversation = :conversation AND key = :key;

-- name: message_by_reference
SELECT id FROM messages WHERE chat = :chat AND ref = :ref;

-- name: cards_with_buttons
SELECT id FROM messages WHERE conversation = :conversation AND buttons = 1;

-- name: release_leases
-- At the start of the only process: nobody holds a lease any more.
UPDATE calls SET leased_until = 0 WHERE state = 'ready' AND leased_until > :now;

-- name: release_deliveries
UPDATE outbox SET leased_until = 0 WHERE state = 'ready' AND leased_until > :now;

-- name: blank_inbox
-- What an update said was a secret: only that it came is kept.
UPDATE inbox SET payload = :payload WHERE number = :number;
