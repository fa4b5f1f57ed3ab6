-- The first schema, for PostgreSQL. Every table of a municipality begins with its
-- tenant. Keys and days compare byte by byte, as they do in SQLite.

-- The tenant itself.
CREATE TABLE municipality (
    tenant text COLLATE "C" NOT NULL,
    name text NOT NULL,
    coordinator text NOT NULL,
    steering_group text NOT NULL,
    sender text NOT NULL,
    preset text NOT NULL,
    days_off text NOT NULL,
    schedule text NOT NULL,
    policy text NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (tenant)
);

CREATE TABLE plan (
    tenant text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    title text NOT NULL,
    kind text NOT NULL,
    territory text NOT NULL,
    start_on text COLLATE "C" NOT NULL,
    end_on text COLLATE "C" NOT NULL,
    open_end text NOT NULL,
    approved_by text NOT NULL,
    approved_on text COLLATE "C" NOT NULL,
    approved_at text NOT NULL,
    parent text NOT NULL,
    funding text NOT NULL,
    levels text NOT NULL,
    areas text NOT NULL,
    measures text NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (tenant, id)
);

CREATE TABLE organisation (
    tenant text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    aliases text NOT NULL,
    contacts text NOT NULL,
    members text NOT NULL,
    ended text COLLATE "C" NOT NULL,
    successor text NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (tenant, id)
);

CREATE TABLE activity (
    tenant text COLLATE "C" NOT NULL,
    plan text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    area text NOT NULL,
    measure text NOT NULL,
    label text NOT NULL,
    title text NOT NULL,
    details text NOT NULL,
    tags text NOT NULL,
    target_group text NOT NULL,
    responsible_raw text NOT NULL,
    responsible text NOT NULL,
    deadline text NOT NULL,
    parts text NOT NULL,
    indicators text NOT NULL,
    carried_from text NOT NULL,
    status_raw text NOT NULL,
    position integer NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (tenant, plan, id)
);

CREATE TABLE season (
    tenant text COLLATE "C" NOT NULL,
    plan text COLLATE "C" NOT NULL,
    period text COLLATE "C" NOT NULL,
    period_start text COLLATE "C" NOT NULL,
    period_end text COLLATE "C" NOT NULL,
    state text NOT NULL,
    opened_at timestamptz,
    asked_on text COLLATE "C" NOT NULL,
    closed_at timestamptz,
    version integer NOT NULL,
    PRIMARY KEY (tenant, plan, period)
);

CREATE TABLE request (
    tenant text COLLATE "C" NOT NULL,
    plan text COLLATE "C" NOT NULL,
    period text COLLATE "C" NOT NULL,
    organisation text COLLATE "C" NOT NULL,
    activities text NOT NULL,
    round integer NOT NULL,
    asked_on text COLLATE "C" NOT NULL,
    answer_by text COLLATE "C" NOT NULL,
    step integer NOT NULL,
    next_on text COLLATE "C" NOT NULL,
    looked_on text COLLATE "C" NOT NULL,
    written text NOT NULL,
    link_hash text COLLATE "C" NOT NULL,
    link_serial integer NOT NULL,
    revoked boolean NOT NULL,
    answered_at timestamptz,
    version integer NOT NULL,
    PRIMARY KEY (tenant, plan, period, organisation)
);

-- Answer pages saved but not sent; not official.
CREATE TABLE draft (
    tenant text COLLATE "C" NOT NULL,
    plan text COLLATE "C" NOT NULL,
    period text COLLATE "C" NOT NULL,
    organisation text COLLATE "C" NOT NULL,
    body text NOT NULL,
    saved_at timestamptz,
    PRIMARY KEY (tenant, plan, period, organisation)
);

CREATE TABLE entry (
    tenant text COLLATE "C" NOT NULL,
    plan text COLLATE "C" NOT NULL,
    period text COLLATE "C" NOT NULL,
    activity text COLLATE "C" NOT NULL,
    state text NOT NULL,
    qualifier text NOT NULL,
    narrative text NOT NULL,
    missing text NOT NULL,
    numbers text NOT NULL,
    next_step text NOT NULL,
    postponed_to text COLLATE "C" NOT NULL,
    askees text NOT NULL,
    answered_at timestamptz,
    said text NOT NULL,
    approved_by text NOT NULL,
    approved_at timestamptz,
    source text NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (tenant, plan, period, activity)
);

CREATE TABLE proposal (
    tenant text COLLATE "C" NOT NULL,
    plan text COLLATE "C" NOT NULL,
    period text COLLATE "C" NOT NULL,
    activity text COLLATE "C" NOT NULL,
    organisation text COLLATE "C" NOT NULL,
    revision integer NOT NULL,
    answer text NOT NULL,
    channel text NOT NULL,
    given_by text NOT NULL,
    given_at timestamptz,
    state text NOT NULL,
    question text NOT NULL,
    told_on text COLLATE "C" NOT NULL,
    decided_by text NOT NULL,
    decided_at timestamptz,
    version integer NOT NULL,
    PRIMARY KEY (tenant, plan, period, activity, organisation, revision)
);

-- Whole documents: they are frozen, and a hash covers all of one.
CREATE TABLE evaluation (
    tenant text COLLATE "C" NOT NULL,
    plan text COLLATE "C" NOT NULL,
    period text COLLATE "C" NOT NULL,
    number integer NOT NULL,
    body text NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (tenant, plan, period, number)
);

-- Outgoing mail: the record and the queue.
CREATE TABLE message (
    tenant text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    kind text NOT NULL,
    organisation text NOT NULL,
    recipient text NOT NULL,
    sender text NOT NULL,
    subject text NOT NULL,
    message_id text NOT NULL,
    text text NOT NULL,
    raw bytea,
    hash text NOT NULL,
    state text NOT NULL,
    attempts integer NOT NULL,
    next_at timestamptz NOT NULL,
    created_at timestamptz,
    sent_at timestamptz,
    last_error text NOT NULL,
    PRIMARY KEY (tenant, key)
);

-- The calendar's ledger, and its queue.
CREATE TABLE occurrence (
    tenant text COLLATE "C" NOT NULL,
    rule text COLLATE "C" NOT NULL,
    day text COLLATE "C" NOT NULL,
    plan_at timestamptz,
    state text NOT NULL,
    attempts integer NOT NULL,
    next_at timestamptz NOT NULL,
    ran_at timestamptz,
    note text NOT NULL,
    PRIMARY KEY (tenant, rule, day)
);

-- The instant up to which a rule's occurrences are stored.
CREATE TABLE rule_cursor (
    tenant text COLLATE "C" NOT NULL,
    rule text COLLATE "C" NOT NULL,
    reached_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, rule)
);

-- The last line of each journal: the row every commit of a municipality queues at.
CREATE TABLE journal_head (
    tenant text COLLATE "C" NOT NULL,
    seq bigint NOT NULL,
    hash text NOT NULL,
    PRIMARY KEY (tenant)
);

CREATE TABLE journal (
    tenant text COLLATE "C" NOT NULL,
    seq bigint NOT NULL,
    made_at timestamptz NOT NULL,
    actor text NOT NULL,
    event text NOT NULL,
    subject text NOT NULL,
    detail text NOT NULL,
    prev text NOT NULL,
    hash text NOT NULL,
    PRIMARY KEY (tenant, seq)
);

-- Facts about the whole installation, written once.
CREATE TABLE setting (
    name text NOT NULL PRIMARY KEY,
    value text NOT NULL
);

-- What is asked for again and again costs what is due, not what is stored.
CREATE INDEX request_due ON request (tenant, next_on, plan, period, organisation) WHERE next_on <> '';
CREATE UNIQUE INDEX request_link ON request (link_hash) WHERE link_hash <> '';
CREATE INDEX proposal_pending ON proposal (tenant, given_at) WHERE state = 'pending';
CREATE INDEX message_due ON message (tenant, next_at, key) WHERE state IN ('queued', 'retry', 'unsure');
CREATE INDEX message_newest ON message (tenant, created_at, key);
CREATE INDEX message_by_state ON message (tenant, state, created_at, key);
CREATE INDEX occurrence_due ON occurrence (tenant, next_at, rule) WHERE state = 'due';
CREATE INDEX occurrence_newest ON occurrence (tenant, plan_at, rule);
