-- Persons, enterprises, checks, certificates, seals, challenges.

-- name: person_of_phone
SELECT * FROM persons WHERE phone = :phone;

-- name: person_of_identity
SELECT * FROM persons WHERE identity = :identity;

-- name: enterprise_of_code
SELECT * FROM enterprises WHERE code = :code;

-- name: membership
SELECT role FROM members WHERE enterprise = :enterprise AND person = :person;

-- name: enterprises_of_person
SELECT enterprises.* FROM enterprises JOIN members ON members.enterprise = enterprises.id
WHERE members.person = :person ORDER BY members.created, enterprises.id;

-- name: valid_certificate
SELECT * FROM certificates
WHERE principal = :principal AND state = 'valid' AND not_before <= :now AND not_after > :now
ORDER BY not_before DESC, id DESC LIMIT 1;

-- name: revoked_certificates
SELECT id, reason, revoked FROM certificates WHERE state = 'revoked' ORDER BY revoked, id;

-- name: usable_seals
-- What was made the default last, then the kind that contracts want, then the newest.
SELECT * FROM seals WHERE owner = :owner AND state = 'usable'
ORDER BY preferred DESC, kind = 'contract' DESC, kind = 'official' DESC, created DESC, id DESC;

-- name: challenges_of_phone_since
SELECT count(*) AS challenges FROM challenges WHERE phone = :phone AND created >= :since;

-- name: challenges_of_chat_since
SELECT count(*) AS challenges FROM challenges WHERE chat = :chat AND created >= :since;

-- name: challenges_since
SELECT count(*) AS challenges FROM challenges WHERE created >= :since;

-- name: last_challenge_for
SELECT created FROM challenges WHERE chat = :chat AND binding = :binding AND channel = :channel ORDER BY created DESC, id DESC LIMIT 1;

-- name: close_challenges_of_chat
UPDATE challenges SET state = 'closed' WHERE chat = :chat AND state = 'open';

-- name: certificates_of_contract
SELECT certificates.pem FROM certificates JOIN parties ON parties.certificate = certificates.id
WHERE parties.contract = :contract ORDER BY parties.position;
