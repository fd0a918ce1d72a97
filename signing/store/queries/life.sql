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

-- name: contracts_on_shelves
-- What a person sent, signs, or was invited to by their proved phone, once it has started.
SELECT contracts.id FROM contracts
WHERE contracts.state NOT IN ('draft', 'discarded')
AND (
    contracts.sender = :person
    OR EXISTS (
        SELECT 1 FROM parties WHERE parties.contract = contracts.id
        AND (parties.person = :person
            OR (parties.person IS NULL AND parties.state = 'invited' AND parties.phone = :phone))
    )
)
AND (
    lower(contracts.title) LIKE :words ESCAPE '\'
    OR EXISTS (
        SELECT 1 FROM parties WHERE parties.contract = contracts.id
        AND (lower(parties.name) LIKE :words ESCAPE '\' OR lower(parties.contact) LIKE :words ESCAPE '\')
    )
)
ORDER BY contracts.deadline, contracts.id LIMIT :limit;

-- name: colleagues
-- The other members of an enterprise whose real names were checked.
SELECT persons.id, persons.name FROM members JOIN persons ON persons.id = members.person
WHERE members.enterprise = :enterprise AND members.person <> :person
AND persons.name IS NOT NULL AND persons.phone IS NOT NULL
ORDER BY persons.name, persons.id;
