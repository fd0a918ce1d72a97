-- What happens around and after signing: questions, voidings, words to search.

-- name: questions_of_contract
SELECT * FROM questions WHERE contract = :contract ORDER BY created, id;

-- name: open_questions_of_party
SELECT id FROM questions WHERE party = :party AND kind = :kind AND answered IS NULL AND created >= :since;

-- name: voidings_of
SELECT * FROM voidings WHERE voids = :contract ORDER BY created DESC, id DESC;

-- name: contracts_of_period
-- What a person sent, or was let in to sign, of the contracts that were started in a time.
WITH named AS (
    SELECT id FROM contracts WHERE sender = :person
    UNION SELECT contract FROM parties WHERE person = :person
)
SELECT contracts.id FROM named JOIN contracts ON contracts.id = named.id
WHERE contracts.state NOT IN ('draft', 'discarded') AND contracts.created >= :since AND contracts.created < :until
ORDER BY contracts.created, contracts.id;
