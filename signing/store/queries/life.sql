-- The life of a contract after its start: reminders, evidence.

-- name: last_reminder_of_party
SELECT max(at) AS at FROM reminders WHERE party = :party AND how = :how;

-- name: last_reminder_of_phone
SELECT max(at) AS at FROM reminders WHERE phone = :phone AND how = :how;

-- name: passed_check
SELECT kind, provider, verdict, reference, decided FROM checks
WHERE person = :person AND kind = :kind AND state = 'passed' ORDER BY decided DESC LIMIT 1;

-- name: proof_of_number
SELECT id FROM contract_proofs WHERE number = :number;
