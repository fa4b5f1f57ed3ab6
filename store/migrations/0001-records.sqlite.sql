-- The first schema, for SQLite. Every table of a municipality begins with its
-- tenant. Times are text in UTC, which sorts as time; yes and no are 1 and 0.

-- The tenant itself.
CREATE TABLE municipality (
    tenant text NOT NULL,
    name text NOT NULL,
    coordinator text NOT NULL,
    steering_group text NOT NULL,
    sender text NOT NULL,
    preset text NOT NULL,
    days_off text NOT NULL,
    schedule text NOT NULL,
    policy text NOT NULL,
    columns text NOT NULL,
    status_words text NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (tenant)
) STRICT;

CREATE TABLE plan (
    tenant text NOT NULL,
    id text NOT NULL,
    title text NOT NULL,
    kind text NOT NULL,
    territory text NOT NULL,
    start_on text NOT NULL,
    end_on text NOT NULL,
    open_end text NOT NULL,
    approved_by text NOT NULL,
    approved_on text NOT NULL,
    approved_at text NOT NULL,
    approvals text NOT NULL,
    parent text NOT NULL,
    funding text NOT NULL,
    levels text NOT NULL,
    areas text NOT NULL,
    measures text NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE TABLE organisation (
    tenant text NOT NULL,
    id text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    aliases text NOT NULL,
    contacts text NOT NULL,
    members text NOT NULL,
    ended text NOT NULL,
    successor text NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE TABLE activity (
    tenant text NOT NULL,
    plan text NOT NULL,
    id text NOT NULL,
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
    carried text NOT NULL,
    answers text NOT NULL,
    dropped text NOT NULL,
    status_raw text NOT NULL,
    position integer NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (tenant, plan, id)
) STRICT;

-- Every plan as its file said it when it was last imported.
CREATE TABLE imported (
    tenant text NOT NULL,
    plan text NOT NULL,
    body text NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (tenant, plan)
) STRICT;

CREATE TABLE season (
    tenant text NOT NULL,
    plan text NOT NULL,
    period text NOT NULL,
    period_start text NOT NULL,
    period_end text NOT NULL,
    state text NOT NULL,
    opened_at text,
    asked_on text NOT NULL,
    closed_at text,
    version integer NOT NULL,
    PRIMARY KEY (tenant, plan, period)
) STRICT;

CREATE TABLE request (
    tenant text NOT NULL,
    plan text NOT NULL,
    period text NOT NULL,
    organisation text NOT NULL,
    activities text NOT NULL,
    round integer NOT NULL,
    asked_on text NOT NULL,
    answer_by text NOT NULL,
    step integer NOT NULL,
    next_on text NOT NULL,
    looked_on text NOT NULL,
    written text NOT NULL,
    link_hash text NOT NULL,
    link_serial integer NOT NULL,
    revoked integer NOT NULL,
    answered_at text,
    version integer NOT NULL,
    PRIMARY KEY (tenant, plan, period, organisation)
) STRICT;

-- Answer pages saved but not sent; not official.
CREATE TABLE draft (
    tenant text NOT NULL,
    plan text NOT NULL,
    period text NOT NULL,
    organisation text NOT NULL,
    body text NOT NULL,
    saved_at text,
    PRIMARY KEY (tenant, plan, period, organisation)
) STRICT;

CREATE TABLE entry (
    tenant text NOT NULL,
    plan text NOT NULL,
    period text NOT NULL,
    activity text NOT NULL,
    state text NOT NULL,
    qualifier text NOT NULL,
    narrative text NOT NULL,
    missing text NOT NULL,
    numbers text NOT NULL,
    next_step text NOT NULL,
    postponed_to text NOT NULL,
    askees text NOT NULL,
    answered_at text,
    said text NOT NULL,
    approved_by text NOT NULL,
    approved_at text,
    source text NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (tenant, plan, period, activity)
) STRICT;

CREATE TABLE proposal (
    tenant text NOT NULL,
    plan text NOT NULL,
    period text NOT NULL,
    activity text NOT NULL,
    organisation text NOT NULL,
    revision integer NOT NULL,
    answer text NOT NULL,
    channel text NOT NULL,
    given_by text NOT NULL,
    given_at text,
    state text NOT NULL,
    question text NOT NULL,
    told_on text NOT NULL,
    decided_by text NOT NULL,
    decided_at text,
    version integer NOT NULL,
    PRIMARY KEY (tenant, plan, period, activity, organisation, revision)
) STRICT;

-- Whole documents: they are frozen, and a hash covers all of one.
CREATE TABLE evaluation (
    tenant text NOT NULL,
    plan text NOT NULL,
    period text NOT NULL,
    number integer NOT NULL,
    body text NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (tenant, plan, period, number)
) STRICT;

-- Outgoing mail: the record and the queue.
CREATE TABLE message (
    tenant text NOT NULL,
    key text NOT NULL,
    kind text NOT NULL,
    organisation text NOT NULL,
    recipient text NOT NULL,
    sender text NOT NULL,
    subject text NOT NULL,
    message_id text NOT NULL,
    text text NOT NULL,
    raw blob,
    hash text NOT NULL,
    state text NOT NULL,
    attempts integer NOT NULL,
    next_at text NOT NULL,
    created_at text,
    sent_at text,
    last_error text NOT NULL,
    PRIMARY KEY (tenant, key)
) STRICT;

-- The calendar's ledger, and its queue.
CREATE TABLE occurrence (
    tenant text NOT NULL,
    rule text NOT NULL,
    day text NOT NULL,
    plan_at text,
    state text NOT NULL,
    attempts integer NOT NULL,
    next_at text NOT NULL,
    ran_at text,
    note text NOT NULL,
    PRIMARY KEY (tenant, rule, day)
) STRICT;

-- The instant up to which a rule's occurrences are stored.
CREATE TABLE rule_cursor (
    tenant text NOT NULL,
    rule text NOT NULL,
    reached_at text NOT NULL,
    PRIMARY KEY (tenant, rule)
) STRICT;

-- The last line of each journal: the row every commit of a municipality queues at.
CREATE TABLE journal_head (
    tenant text NOT NULL,
    seq integer NOT NULL,
    hash text NOT NULL,
    PRIMARY KEY (tenant)
) STRICT;

CREATE TABLE journal (
    tenant text NOT NULL,
    seq integer NOT NULL,
    made_at text NOT NULL,
    actor text NOT NULL,
    event text NOT NULL,
    subject text NOT NULL,
    detail text NOT NULL,
    prev text NOT NULL,
    hash text NOT NULL,
    PRIMARY KEY (tenant, seq)
) STRICT;

-- Facts about the whole installation, written once.
CREATE TABLE setting (
    name text NOT NULL PRIMARY KEY,
    value text NOT NULL
) STRICT;

-- What is asked for again and again costs what is due, not what is stored.
CREATE INDEX request_due ON request (tenant, next_on, plan, period, organisation) WHERE next_on <> '';
CREATE UNIQUE INDEX request_link ON request (link_hash) WHERE link_hash <> '';
CREATE INDEX proposal_pending ON proposal (tenant, given_at) WHERE state = 'pending';
CREATE INDEX message_due ON message (tenant, next_at, key) WHERE state IN ('queued', 'retry', 'unsure');
CREATE INDEX message_newest ON message (tenant, created_at, key);
CREATE INDEX message_by_state ON message (tenant, state, created_at, key);
CREATE INDEX occurrence_due ON occurrence (tenant, next_at, rule) WHERE state = 'due';
CREATE INDEX occurrence_newest ON occurrence (tenant, plan_at, rule);
