-- Manual checks: proofs, cases, operators.

-- name: current_proofs
SELECT * FROM proofs WHERE check_id = :check_id AND state = 'current' ORDER BY part;

-- name: proofs_of_person
SELECT proofs.id, proofs.digest FROM proofs JOIN checks ON checks.id = proofs.check_id
WHERE checks.person = :person AND proofs.state <> 'forgotten';

-- name: case_of_check
SELECT * FROM cases WHERE check_id = :check_id;

-- name: case_of_number
SELECT * FROM cases WHERE number = :number;

-- name: last_case_number
SELECT coalesce(max(number), 0) AS number FROM cases;

-- name: events_of_case
SELECT * FROM case_events WHERE case_id = :case_id ORDER BY at, id;

-- name: open_cases
SELECT cases.* FROM cases WHERE state IN ('waiting', 'taken') ORDER BY opened, number LIMIT :limit;

-- name: queue_figures
-- Cases that nobody has, and seals that nobody looks at.
SELECT count(*) AS waiting, min(opened) AS first FROM (
    SELECT opened FROM cases WHERE state IN ('waiting', 'taken') AND state = 'waiting'
    UNION ALL
    SELECT seal_reviews.created AS opened FROM seal_reviews JOIN seals ON seals.id = seal_reviews.id
    WHERE seal_reviews.state = 'waiting' AND seals.state = 'waiting' AND coalesce(seal_reviews.leased_until, 0) <= :now
) AS everything;

-- name: all_proofs_of_check
SELECT digest FROM proofs WHERE check_id = :check_id;

-- name: messages_that_show
-- In one chat, with a file attached; :digest is a pattern.
SELECT id FROM messages WHERE chat = :chat AND created >= :since AND payload LIKE :digest;

-- name: waits_since
SELECT decided - opened AS wait FROM cases WHERE decided IS NOT NULL AND decided >= :since
UNION ALL
SELECT decided - created AS wait FROM seal_reviews WHERE decided IS NOT NULL AND decided >= :since
ORDER BY wait;

-- name: cards_of_case
SELECT * FROM case_cards WHERE case_id = :case_id;

-- name: case_card_of_chat
SELECT * FROM case_cards WHERE case_id = :case_id AND chat = :chat;

-- name: named_operators
SELECT * FROM operators ORDER BY created, id;

-- name: document_is_used
-- Whether a stored file is part of a contract (as it came or as a revision), a seal or a check besides having been sent.
SELECT 1 AS used FROM contracts WHERE document = :digest
UNION ALL SELECT 1 FROM revisions WHERE digest = :digest
UNION ALL SELECT 1 FROM seals WHERE picture = :digest
UNION ALL SELECT 1 FROM proofs WHERE digest = :digest
LIMIT 1;

-- name: certificates_of_principal
SELECT * FROM certificates WHERE principal = :principal ORDER BY not_before DESC, id DESC;

-- name: consent_of_person
SELECT id FROM consents WHERE person = :person AND purpose = :purpose AND wording = :wording;
