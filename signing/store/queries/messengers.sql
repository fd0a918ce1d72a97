-- What the messengers' outbox asks.

-- name: later_edit
SELECT number FROM outbox WHERE message = :message AND number > :number AND state = 'ready' AND op = 'edit' LIMIT 1;

-- name: passable_by_sender
-- Whose signing a sender's contracts wait for, so that the sender may pass the invitation on.
SELECT parties.id, parties.contract FROM parties JOIN contracts ON contracts.id = parties.contract
WHERE contracts.sender = :sender AND contracts.state = 'signing' AND contracts.deadline > :now
AND parties.state IN ('invited', 'opened') AND (parties.person IS NULL OR parties.person <> :sender)
AND (
    lower(contracts.title) LIKE :words ESCAPE '\'
    OR lower(parties.name) LIKE :words ESCAPE '\'
    OR lower(parties.contact) LIKE :words ESCAPE '\'
)
ORDER BY contracts.changed DESC, parties.position LIMIT :limit;

-- name: signing_with_person
-- What is being signed and was sent by a person, or is theirs to sign.
SELECT id, title FROM contracts
WHERE state = 'signing' AND id IN (
    SELECT id FROM contracts WHERE sender = :person UNION SELECT contract FROM parties WHERE person = :person
)
ORDER BY changed DESC, id DESC LIMIT :limit;

-- name: board_in_chat
SELECT id FROM status_boards WHERE contract = :contract AND chat = :chat;

-- name: wake_boards
-- Something happened to a contract: its boards are shown anew, each at most every five seconds.
UPDATE timers SET state = 'set', due = CASE WHEN due + 5000 > :now THEN due + 5000 ELSE :now END
WHERE kind = 'board' AND state <> 'set' AND subject IN (SELECT id FROM status_boards WHERE contract = :contract);

-- name: delivered_to_chat
-- Whether the messenger ever took a message of ours for this chat.
SELECT 1 AS delivered FROM messages WHERE chat = :chat AND ref IS NOT NULL LIMIT 1;

-- name: forget_sent_files
DELETE FROM sent_files WHERE created < :before;
