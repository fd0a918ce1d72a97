-- What happens around and after signing: questions, voidings, words to search.

-- name: questions_of_contract
SELECT * FROM questions WHERE contract = :contract ORDER BY created, id;

-- name: open_questions_of_party
SELECT id FROM questions WHERE party = :party AND kind = :kind AND answered IS NULL AND created >= :since;

-- name: voidings_of
SELECT * FROM voidings WHERE voids = :contract ORDER BY created DESC, id DESC;

-- name: note_searched
-- A contract's number in the index of words, by which a search asks for one contract's words alone.
INSERT INTO searched (contract) VALUES (:contract) ON CONFLICT DO NOTHING;

-- name: add_words
INSERT INTO contract_words (rowid, words) SELECT number, :words FROM searched WHERE contract = :contract;

-- name: forget_words
DELETE FROM contract_words WHERE rowid = (SELECT number FROM searched WHERE contract = :contract);

-- name: contracts_of_period
-- What a person sent, or was let in to sign, of the contracts that were started in a time.
WITH named AS (
    SELECT id FROM contracts WHERE sender = :person
    UNION SELECT contract FROM parties WHERE person = :person
)
SELECT contracts.id FROM named JOIN contracts ON contracts.id = named.id
WHERE contracts.state NOT IN ('draft', 'discarded') AND contracts.created >= :since AND contracts.created < :until
ORDER BY contracts.created, contracts.id;
