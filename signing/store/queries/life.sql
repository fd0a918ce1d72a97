-- The life of a contract after its start: reminders, evidence.

-- name: last_reminder_of_party
SELECT max(at) AS at FROM reminders WHERE party = :party AND how = :how;

-- name: last_letter
-- When a party's invitation was last sent by this channel.
SELECT max(created) AS at FROM letters WHERE party = :party AND channel = :channel AND kind = 'invitation';

-- name: last_reminder_of_phone
SELECT max(at) AS at FROM reminders WHERE phone = :phone AND how = :how;

-- name: passed_check
SELECT kind, provider, verdict, reference, decided FROM checks
WHERE person = :person AND kind = :kind AND state = 'passed' ORDER BY decided DESC LIMIT 1;

-- name: contract_of_number
-- The number of its evidence, or the one at its foot before there is any.
SELECT id FROM contract_proofs WHERE number = :number UNION SELECT id FROM contracts WHERE number = :number;

-- name: contracts_on_shelves
-- What a person sent, signs, or was invited to by their proved phone, once it has started, and on which shelf it is.
-- From the person to the contracts, never over all of them. What was signed for a company is seen by who belongs to it.
-- With a :principal, what waits for the person and what concerns that company, or the person themself.
WITH named AS (
    SELECT id FROM contracts WHERE sender = :person
    UNION SELECT contract FROM parties WHERE person = :person AND (enterprise IS NULL
        OR enterprise IN (SELECT members.enterprise FROM members WHERE members.person = :person))
    UNION SELECT contract FROM parties WHERE phone = :phone AND state = 'invited' AND person IS NULL
    UNION SELECT contract FROM parties WHERE phone = :phone AND signs = 0 AND removed IS NULL
)
SELECT contracts.id, CASE
    WHEN contracts.state <> 'signing' THEN 'done'
    WHEN EXISTS (
        SELECT 1 FROM parties WHERE parties.contract = contracts.id AND parties.state IN ('invited', 'opened')
        AND (parties.person = :person OR (parties.person IS NULL AND parties.phone = :phone))
    ) THEN 'mine'
    ELSE 'others'
END AS shelf
FROM named JOIN contracts ON contracts.id = named.id
WHERE contracts.state NOT IN ('draft', 'discarded')
AND ((contracts.created >= :since AND contracts.created < :until)
    OR (contracts.deadline >= :since AND contracts.deadline < :until))
AND (
    :words = '%%'
    OR EXISTS (
        SELECT 1 FROM contract_words WHERE contract_words.id = contracts.id AND :parts <> '[]'
        AND NOT EXISTS (SELECT 1 FROM json_each(:parts) WHERE instr(contract_words.words, value) = 0)
    )
    OR lower(contracts.title) LIKE :words ESCAPE '\'
    OR EXISTS (
        SELECT 1 FROM parties WHERE parties.contract = contracts.id
        AND (lower(parties.name) LIKE :words ESCAPE '\' OR lower(parties.contact) LIKE :words ESCAPE '\')
    )
)
AND (
    :principal = ''
    OR EXISTS (
        SELECT 1 FROM parties WHERE parties.contract = contracts.id
        AND (parties.enterprise = :principal
            OR (parties.enterprise IS NULL AND parties.person = :principal)
            OR (contracts.state = 'signing' AND parties.state IN ('invited', 'opened')
                AND (parties.person = :person OR (parties.person IS NULL AND parties.phone = :phone))))
    )
)
ORDER BY contracts.deadline, contracts.id;

-- name: colleagues
-- The other members of an enterprise whose real names were checked.
SELECT persons.id, persons.name FROM members JOIN persons ON persons.id = members.person
WHERE members.enterprise = :enterprise AND members.person <> :person
AND persons.name IS NOT NULL AND persons.phone IS NOT NULL
ORDER BY persons.name, persons.id;
