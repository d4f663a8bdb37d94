-- The ledger. Every row is made from one record of a history topic, so that any order and any
-- repetition of them gives the same tables. Tables with a time are cut into months.

-- How far each partition of the topics of each Kafka has been read; not part of what is told.
CREATE TABLE place (
    log text NOT NULL, topic text NOT NULL, part int NOT NULL, next bigint NOT NULL,
    PRIMARY KEY (log, topic, part));

CREATE TABLE event (
    time timestamptz NOT NULL, id text NOT NULL, kind text NOT NULL, topic text NOT NULL,
    key text NOT NULL, cluster text NOT NULL, producer text NOT NULL,
    cause text NOT NULL, correlation text NOT NULL, traceparent text, replay text, body jsonb NOT NULL,
    PRIMARY KEY (time, id, topic)) PARTITION BY RANGE (time);
CREATE INDEX event_id ON event (id);
CREATE INDEX event_key ON event (key, time);
CREATE INDEX event_correlation ON event (correlation);

-- What Git said: who wrote what a source held, and why.
CREATE TABLE push (
    time timestamptz NOT NULL, event text NOT NULL, source text NOT NULL, revision text NOT NULL,
    artifact text NOT NULL, sha text, author text, committed timestamptz, message text,
    PRIMARY KEY (time, event)) PARTITION BY RANGE (time);
CREATE INDEX push_source ON push (source, revision);

CREATE TABLE apply (
    time timestamptz NOT NULL, event text NOT NULL, delivery text NOT NULL, source text NOT NULL,
    revision text NOT NULL, artifact text NOT NULL, content text NOT NULL, bundle text, rendered text,
    objects int NOT NULL, cause text NOT NULL, correlation text NOT NULL,
    apply_ms bigint NOT NULL, total_ms bigint NOT NULL,
    PRIMARY KEY (time, event)) PARTITION BY RANGE (time);
CREATE INDEX apply_delivery ON apply (delivery, time);

CREATE TABLE change (
    time timestamptz NOT NULL, event text NOT NULL, delivery text NOT NULL, object text NOT NULL,
    action text NOT NULL,
    PRIMARY KEY (time, event, object, action)) PARTITION BY RANGE (time);
CREATE INDEX change_object ON change (object, time);

CREATE TABLE failure (
    time timestamptz NOT NULL, event text NOT NULL, delivery text NOT NULL, revision text,
    stage text NOT NULL, reason text NOT NULL, message text NOT NULL,
    PRIMARY KEY (time, event)) PARTITION BY RANGE (time);
CREATE INDEX failure_delivery ON failure (delivery, time);

CREATE TABLE drift (
    time timestamptz NOT NULL, event text NOT NULL, delivery text NOT NULL, object text NOT NULL,
    how text NOT NULL, who text, fields text[] NOT NULL, fighting boolean NOT NULL,
    PRIMARY KEY (time, event, object)) PARTITION BY RANGE (time);
CREATE INDEX drift_delivery ON drift (delivery, time);

CREATE TABLE alert (
    time timestamptz NOT NULL, event text NOT NULL, alert text NOT NULL, provider text NOT NULL,
    announcement text NOT NULL, state text NOT NULL, attempts int, why text,
    PRIMARY KEY (time, event)) PARTITION BY RANGE (time);

-- What was no event.
CREATE TABLE unreadable (
    time timestamptz NOT NULL, place text NOT NULL, reason text NOT NULL,
    PRIMARY KEY (time, place)) PARTITION BY RANGE (time);

-- How each delivery stands: its latest outcome.
CREATE VIEW delivery AS
SELECT DISTINCT ON (key) key AS delivery, time AS since, kind AS state, id AS event,
       body #>> '{source,revision}' AS revision, body ->> 'reason' AS reason, body ->> 'message' AS message
FROM event WHERE topic = 'sluice.outcomes' ORDER BY key, time DESC, id DESC;

-- Each apply with the push that it brought.
CREATE VIEW apply_of_push AS
SELECT a.*, p.sha, p.author, p.committed, p.message
FROM apply a LEFT JOIN LATERAL (
    SELECT * FROM push p WHERE p.source = a.source AND p.revision = a.revision AND p.time <= a.time
    ORDER BY p.time DESC, p.event DESC LIMIT 1) p ON true;

-- How long each stage took, from the artifact to the apply.
CREATE VIEW stage_time AS
SELECT a.delivery, a.event, a.time AS applied, v.time AS revealed, r.time AS rendered, s.time AS fetched
FROM apply a
LEFT JOIN event k ON k.id = a.cause AND k.topic = 'sluice.trail'
LEFT JOIN event v ON v.id = CASE k.kind WHEN 'delivery.applied' THEN k.cause ELSE k.id END AND v.kind = 'delivery.revealed'
LEFT JOIN event r ON r.id = v.cause AND r.kind = 'delivery.rendered'
LEFT JOIN event s ON s.id = r.cause AND s.kind = 'source.changed';
