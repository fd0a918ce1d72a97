-- What the messengers' outbox asks.

-- name: later_edit
SELECT number FROM outbox WHERE message = :message AND number > :number AND state = 'ready' AND op = 'edit' LIMIT 1;
