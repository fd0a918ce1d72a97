-- Who belongs to an enterprise, how they came and went, and which chats are a person's.

-- name: staff
-- The members of an enterprise with the seals that were lent to each.
SELECT members.person, members.role, members.created, persons.name, persons.phone,
    (SELECT count(DISTINCT grants.seal) FROM grants WHERE grants.enterprise = members.enterprise
        AND grants.person = members.person AND grants.state = 'given' AND grants.contract IS NULL
        AND grants.until > :now AND (grants.uses IS NULL OR grants.uses > 0)) AS seals
FROM members JOIN persons ON persons.id = members.person
WHERE members.enterprise = :enterprise ORDER BY members.role, members.created, members.id;

-- name: grants_of_member
SELECT id FROM grants WHERE enterprise = :enterprise AND person = :person AND state IN ('asked', 'given');

-- name: contracts_of_member
-- Everything that a member sent for the enterprise, and everything that waits for them to sign for it.
SELECT contracts.id AS contract, contracts.sender, parties.id AS party, parties.position
FROM parties CROSS JOIN contracts ON contracts.id = parties.contract
WHERE (parties.enterprise = :enterprise OR parties.code = :code) AND (
    (parties.position = 1 AND contracts.sender = :person)
    OR (contracts.state = 'signing' AND parties.state IN ('planned', 'invited', 'opened')
        AND (parties.person = :person OR (parties.person IS NULL AND parties.phone = :phone)))
)
ORDER BY contracts.id, parties.position;

-- name: pass_of_token
SELECT * FROM passes WHERE token = :token AND kind = :kind AND state = 'open' AND expires > :now;

-- name: open_invitations
SELECT * FROM passes WHERE enterprise = :enterprise AND state = 'open' AND expires > :now ORDER BY created, id;

-- name: void_codes_of_person
UPDATE passes SET state = 'void' WHERE kind = 'chat' AND person = :person AND state = 'open';

-- name: void_passes_of_person
UPDATE passes SET state = 'void', name = NULL, phone = NULL
WHERE person = :person OR (:phone <> '' AND phone = :phone);

-- name: forget_passes
DELETE FROM passes WHERE expires < :before;

-- name: forget_pass_tries
DELETE FROM pass_tries WHERE created < :before;

-- name: tries_of_chat
SELECT count(*) AS tries FROM pass_tries WHERE chat = :chat AND created >= :since;

-- name: tries_in_all
SELECT count(*) AS tries FROM pass_tries WHERE created >= :since;

-- name: last_join_request
SELECT * FROM join_requests WHERE enterprise = :enterprise AND person = :person ORDER BY created DESC, id DESC LIMIT 1;

-- name: events_of_enterprise
SELECT * FROM enterprise_events WHERE enterprise = :enterprise ORDER BY at DESC, id DESC LIMIT :limit;

-- name: chats_used_last
-- The chats in which a person can be reached, the one that was used last first.
SELECT * FROM chats WHERE person = :person AND state = 'open'
ORDER BY coalesce((SELECT max(number) FROM inbox WHERE inbox.chat = chats.id), 0) DESC, created DESC, id DESC;
