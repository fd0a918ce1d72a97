-- What is kept of a person, and letting it go.

-- name: contracts_of_person
SELECT id, title, state, created FROM contracts WHERE sender = :person
UNION
SELECT contracts.id, title, contracts.state, created FROM parties JOIN contracts ON contracts.id = parties.contract
WHERE parties.person = :person
ORDER BY created, id;

-- name: parties_held_by_person
SELECT id, contract, kind FROM parties WHERE person = :person OR (:phone <> '' AND phone = :phone);

-- name: checks_of_person
SELECT * FROM checks WHERE person = :person ORDER BY created, id;

-- name: consents_of_person
SELECT id, purpose, wording, created FROM consents WHERE person = :person ORDER BY created, id;

-- name: memberships_of_person
SELECT * FROM members WHERE person = :person ORDER BY created, id;

-- name: members_of_enterprise
SELECT * FROM members WHERE enterprise = :enterprise ORDER BY created, id;

-- name: sealed_blobs_of
SELECT id FROM blobs WHERE subject = :subject;

-- name: stale_checks
-- Decided, or left lying: what was collected for them is not needed any more.
SELECT id, person FROM checks
WHERE ((state IN ('passed', 'failed') AND decided < :decided_before)
   OR (state NOT IN ('passed', 'failed') AND created < :left_before))
  AND (elements IS NOT NULL OR EXISTS (SELECT 1 FROM proofs WHERE proofs.check_id = checks.id AND proofs.state <> 'forgotten'))
ORDER BY created LIMIT :limit;

-- name: papers_of_no_check
-- Letters and exports that were handed over, and scans whose process died before they were filed.
SELECT id FROM blobs WHERE subject IS NOT NULL AND created < :before
AND NOT EXISTS (SELECT 1 FROM proofs WHERE proofs.digest = blobs.id AND proofs.state <> 'forgotten')
ORDER BY created LIMIT :limit;

-- name: proofs_of_check
SELECT * FROM proofs WHERE check_id = :check_id AND state <> 'forgotten';

-- name: forget_texts_of_phone
DELETE FROM texts WHERE phone = :phone OR id IN (SELECT id FROM challenges WHERE person = :person);

-- name: forget_challenges_of_person
UPDATE challenges SET phone = '', chat = '' WHERE person = :person OR (:phone <> '' AND phone = :phone);

-- name: forget_secrets_of_subject
DELETE FROM secrets WHERE subject = :subject;

-- name: forget_consents_of_person
DELETE FROM consents WHERE person = :person;

-- name: forget_inbox_of_chat
DELETE FROM inbox WHERE chat = :chat AND state <> 0;

-- name: forget_outbox_of_chat
DELETE FROM outbox WHERE chat = :chat AND state <> 'ready';

-- name: forget_messages_of_chat
UPDATE messages SET payload = :payload, buttons = 0 WHERE chat = :chat;

-- name: forget_other_conversations
DELETE FROM conversations WHERE chat = :chat AND state IN ('parked', 'ended');

-- name: signed_with_certificate
SELECT id FROM parties WHERE certificate = :certificate LIMIT 1;

-- name: seals_owned_by
SELECT id, picture FROM seals WHERE owner = :owner;

-- name: seals_of_others_with_picture
SELECT id FROM seals WHERE picture = :picture AND owner <> :owner LIMIT 1;

-- name: questions_asked_by
SELECT questions.asked AS words, questions.created AS written, contracts.title
FROM questions JOIN contracts ON contracts.id = questions.contract
WHERE questions.asker = :person AND questions.kind = 'question' ORDER BY questions.created, questions.id;

-- name: questions_answered_by
SELECT questions.answer AS words, questions.answered AS written, contracts.title
FROM questions JOIN contracts ON contracts.id = questions.contract
WHERE questions.answerer = :person ORDER BY questions.answered, questions.id;
