-- The life of a contract after its start: reminders, evidence.

-- name: last_reminder_of_party
SELECT max(at) AS at FROM reminders WHERE party = :party AND how = :how;

-- name: last_reminder_of_phone
SELECT max(at) AS at FROM reminders WHERE phone = :phone AND how = :how;
