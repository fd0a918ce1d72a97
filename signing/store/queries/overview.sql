-- What happened in an installation, for whoever looks at the whole of it.

-- name: happened
SELECT 'registered' AS step, created AS at, 1 AS rank FROM persons
UNION ALL SELECT 'certificate_issued', decided, 2 FROM checks WHERE state = 'passed'
UNION ALL SELECT 'seal_made', created, 3 FROM seals WHERE kind <> 'signature'
UNION ALL SELECT 'licence_read', created, 3 FROM proofs WHERE part = 'licence'
UNION ALL SELECT CASE kind WHEN 'approve' THEN 'review_approved' ELSE 'review_rejected' END, at, 4
FROM case_events WHERE kind IN ('approve', 'reject')
UNION ALL SELECT kind, at, 4 FROM enterprise_events WHERE kind IN ('member_joined', 'seal_asked', 'seal_lent')
UNION ALL SELECT kind, at, 4 + number FROM audit
UNION ALL SELECT 'straddle_sealed', at, 4 + number FROM audit
WHERE kind = 'signed' AND facts LIKE '%"straddle": %'
UNION ALL SELECT 'template_filled', changed, 4 FROM fillings WHERE contract IS NOT NULL
UNION ALL SELECT 'evidence_made', created, 1000 FROM contract_proofs WHERE report <> ''
UNION ALL SELECT 'batch_signed', accepted, 4 FROM challenges
WHERE state = 'accepted' AND purposes LIKE '["seal:%'
ORDER BY at, rank;

-- name: seals_made
SELECT seals.id, seals.owner, seals.kind, seals.picture, enterprises.name FROM seals JOIN enterprises ON enterprises.id = seals.owner
ORDER BY seals.created, seals.id;

-- name: last_contract
SELECT * FROM contracts ORDER BY created DESC, id DESC LIMIT 1;

-- name: all_journal
SELECT key, value FROM journal;

-- name: all_calls
SELECT args, result FROM calls;

-- name: all_secrets
SELECT id FROM secrets;

-- name: actor_of_address
SELECT id, person FROM chats WHERE address = :address;

-- name: garble_journal
-- For the tests: as if another release had written the journal.
UPDATE journal SET key = :now WHERE key = :was;

-- name: all_inbox
SELECT payload FROM inbox;

-- name: all_conversations
SELECT args, question FROM conversations;

-- name: newest_chat
SELECT * FROM chats ORDER BY created DESC, id DESC LIMIT 1;

-- name: hurry_decisions
-- For the demo: as if the minute in which a decision can be taken back were over.
UPDATE timers SET due = :now WHERE kind = 'case.tell' AND state = 'set' AND due > :now;

-- name: hurry_some_timers
-- For the load harness: as if some of the timers of contracts were due.
UPDATE timers SET due = :now WHERE id IN
(SELECT id FROM timers WHERE state = 'set' AND kind = 'remind' ORDER BY due DESC, id LIMIT :limit);

-- name: contracts_by_state
SELECT state, count(*) AS number FROM contracts GROUP BY state ORDER BY state;

-- name: all_sent_files
SELECT id, file FROM sent_files;
