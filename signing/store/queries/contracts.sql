-- Contracts with their parties, areas, revisions and trail.

-- name: parties_of_contract
SELECT * FROM parties WHERE contract = :contract AND removed IS NULL ORDER BY position;

-- name: areas_of_contract
SELECT areas.* FROM areas JOIN parties ON parties.id = areas.party
WHERE areas.contract = :contract AND areas.removed IS NULL AND parties.removed IS NULL
ORDER BY areas.page, areas.y1 DESC, areas.x0, areas.id;

-- name: positions_of_contract
SELECT position FROM parties WHERE contract = :contract;

-- name: removed_parties
SELECT id FROM parties WHERE contract = :contract AND removed IS NOT NULL;

-- name: address_book_of
SELECT * FROM address_book WHERE owner = :owner ORDER BY used DESC, id LIMIT :limit;

-- name: party_of_token
SELECT * FROM parties WHERE token = :token OR handed = :token;

-- name: revisions_of_contract
SELECT id, digest FROM revisions WHERE contract = :contract ORDER BY number;

-- name: contract_of_digest
SELECT contract FROM revisions WHERE digest = :digest;

-- name: last_event
SELECT number, digest FROM audit WHERE contract = :contract ORDER BY number DESC LIMIT 1;

-- name: events_of_contract
SELECT * FROM audit WHERE contract = :contract ORDER BY number;

-- name: drafts_of_sender
SELECT id FROM contracts WHERE sender = :sender AND state = 'draft' ORDER BY changed DESC, id DESC LIMIT :limit;

-- name: started_by_sender
SELECT id FROM contracts WHERE sender = :sender AND state NOT IN ('draft', 'discarded')
ORDER BY changed DESC, id DESC LIMIT :limit;

-- name: waiting_for_person
SELECT contracts.id FROM contracts JOIN parties ON parties.contract = contracts.id
WHERE contracts.state = 'signing' AND parties.state IN ('invited', 'opened')
AND (parties.person = :person OR parties.phone = :phone)
ORDER BY contracts.deadline, contracts.id LIMIT :limit;
