-- What the messengers' outbox asks.

-- name: later_edit
SELECT number FROM outbox WHERE message = :message AND number > :number AND state = 'ready' AND op = 'edit' LIMIT 1;

-- name: passable_by_sender
-- Whose signing a sender's contracts wait for, so that the sender may pass the invitation on.
SELECT parties.id, parties.contract FROM parties JOIN contracts ON contracts.id = parties.contract
WHERE contracts.sender = :sender AND contracts.state = 'signing' AND contracts.deadline > :now
AND parties.state IN ('invited', 'opened') AND (parties.person IS NULL OR parties.person <> :sender)
AND (
    lower(contracts.title) LIKE :words ESCAPE '\'
    OR lower(parties.name) LIKE :words ESCAPE '\'
    OR lower(parties.contact) LIKE :words ESCAPE '\'
)
ORDER BY contracts.changed DESC, parties.position LIMIT :limit;
