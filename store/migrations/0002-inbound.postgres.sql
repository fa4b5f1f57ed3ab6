-- Replies by mail, for PostgreSQL: the mails that came in, and what the rest must
-- remember of them.

ALTER TABLE municipality ADD COLUMN reply_to text NOT NULL DEFAULT '';
ALTER TABLE municipality ADD COLUMN blocked text NOT NULL DEFAULT '[]';
ALTER TABLE request ADD COLUMN reply_hash text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE proposal ADD COLUMN inbound text NOT NULL DEFAULT '';
ALTER TABLE message ADD COLUMN return_path text NOT NULL DEFAULT '';

-- Incoming mail: the record, the queue of what is to be read, and the holding pen.
-- The bytes stand apart: what becomes of a mail is written without them.
CREATE TABLE inbound (
    tenant text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    via text NOT NULL,
    envelope_from text NOT NULL,
    envelope_to text NOT NULL,
    received_at timestamptz NOT NULL,
    state text NOT NULL,
    mail text NOT NULL,
    plan text COLLATE "C" NOT NULL,
    period text COLLATE "C" NOT NULL,
    organisation text COLLATE "C" NOT NULL,
    note text NOT NULL,
    same text COLLATE "C" NOT NULL,
    decided_by text NOT NULL,
    decided_at timestamptz,
    attempts integer NOT NULL,
    next_at timestamptz NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (tenant, id)
);

CREATE TABLE inbound_raw (
    tenant text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    raw bytea,
    PRIMARY KEY (tenant, id)
);

CREATE UNIQUE INDEX request_reply ON request (reply_hash) WHERE reply_hash <> '';
CREATE INDEX inbound_due ON inbound (tenant, next_at, received_at, id) WHERE state = 'received';
CREATE UNIQUE INDEX inbound_same ON inbound (tenant, same) WHERE same <> '' AND state <> 'duplicate';
CREATE INDEX inbound_newest ON inbound (tenant, received_at, id);
CREATE INDEX inbound_by_state ON inbound (tenant, state, received_at, id);
