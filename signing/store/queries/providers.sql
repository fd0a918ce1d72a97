-- Questions put to real-name providers, and checks that wait for one that is down.

-- name: askings_of_person_since
SELECT count(*) AS askings FROM askings WHERE person = :person AND created >= :since;

-- name: last_asking
SELECT * FROM askings WHERE check_id = :check_id ORDER BY created DESC, id DESC LIMIT 1;

-- name: waiting_checks_of_person
SELECT waiting_checks.* FROM waiting_checks JOIN checks ON checks.id = waiting_checks.id
WHERE checks.person = :person AND checks.kind = :kind ORDER BY waiting_checks.since;

-- name: all_checks
SELECT id FROM checks ORDER BY created, id;
