-- Seals, who may use them, and what they were used for.

-- name: seals_of_owner
SELECT * FROM seals WHERE owner = :owner AND state <> 'retired'
ORDER BY preferred DESC, kind = 'contract' DESC, kind = 'official' DESC, created DESC, id DESC;

-- name: grants_of_seal
SELECT * FROM grants WHERE seal = :seal AND state = 'given' AND until > :now ORDER BY created, id;

-- name: grants_asked
SELECT id FROM grants
WHERE seal = :seal AND person = :person AND contract = :contract AND state = 'asked' ORDER BY created, id;

-- name: grants_in_force
SELECT id FROM grants
WHERE seal = :seal AND person = :person AND state = 'given' AND until > :now
AND (contract IS NULL OR contract = :contract) AND (uses IS NULL OR uses > 0)
ORDER BY contract IS NULL, until, id;

-- name: uses_of_seal
SELECT parties.person, parties.signed, contracts.title, contracts.id AS contract
FROM parties JOIN contracts ON contracts.id = parties.contract
WHERE parties.seal = :seal AND parties.state = 'signed' ORDER BY parties.signed DESC LIMIT :limit;

-- name: count_uses_of_seal
SELECT count(*) AS uses FROM parties WHERE seal = :seal AND state = 'signed';

-- name: admins
SELECT person FROM members WHERE enterprise = :enterprise AND role = 'admin' ORDER BY created, id;

-- name: membership_row
SELECT * FROM members WHERE enterprise = :enterprise AND person = :person;

-- name: waiting_seal_reviews
SELECT seal_reviews.id FROM seal_reviews JOIN seals ON seals.id = seal_reviews.id
WHERE seal_reviews.state = 'waiting' AND seals.state = 'waiting' ORDER BY seal_reviews.created, seal_reviews.id LIMIT :limit;

-- name: seal_review_cards_of
SELECT chat FROM seal_review_cards WHERE seal = :seal;

-- name: seal_review_card_of_chat
SELECT * FROM seal_review_cards WHERE seal = :seal AND chat = :chat;
