-- What happens around and after signing: questions, voidings, words to search.

-- name: questions_of_contract
SELECT * FROM questions WHERE contract = :contract ORDER BY created, id;

-- name: open_questions_of_party
SELECT id FROM questions WHERE party = :party AND kind = :kind AND answered IS NULL AND created >= :since;

-- name: voidings_of
SELECT * FROM voidings WHERE voids = :contract ORDER BY created DESC, id DESC;
