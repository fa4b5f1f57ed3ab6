-- The coordinator's desk, for SQLite: who signs in, how a plan changed after it
-- was made, what bodies resolved, and what a page at a time is found by.

ALTER TABLE municipality ADD COLUMN settings text NOT NULL DEFAULT '{}';
ALTER TABLE organisation ADD COLUMN writing text NOT NULL DEFAULT '{}';
ALTER TABLE request ADD COLUMN moves text NOT NULL DEFAULT 'null';
ALTER TABLE season ADD COLUMN ask_on text NOT NULL DEFAULT '';
ALTER TABLE season ADD COLUMN draft_on text NOT NULL DEFAULT '';
-- What an activity is found by: without diacritics, in lower case.
ALTER TABLE activity ADD COLUMN folded text NOT NULL DEFAULT '';

CREATE TABLE account (
    tenant text NOT NULL,
    id text NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    role text NOT NULL,
    areas text NOT NULL,
    stands_for text NOT NULL,
    from_on text NOT NULL,
    until_on text NOT NULL,
    language text NOT NULL,
    sso text NOT NULL,
    disabled integer NOT NULL,
    secrets text NOT NULL,
    invite_hash text NOT NULL,
    invite_until text,
    created_at text,
    version integer NOT NULL,
    PRIMARY KEY (tenant, id)
) STRICT;

-- Who is signed in. The cookie's value stands nowhere, only its hash.
CREATE TABLE session (
    tenant text NOT NULL,
    hash text NOT NULL,
    account text NOT NULL,
    created_at text NOT NULL,
    seen_at text NOT NULL,
    expires_at text NOT NULL,
    strong integer NOT NULL,
    agent text NOT NULL,
    PRIMARY KEY (tenant, hash)
) STRICT;

CREATE TABLE amendment (
    tenant text NOT NULL,
    plan text NOT NULL,
    number integer NOT NULL,
    body text NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (tenant, plan, number)
) STRICT;

CREATE TABLE resolution (
    tenant text NOT NULL,
    plan text NOT NULL,
    period text NOT NULL,
    id integer NOT NULL,
    body text NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (tenant, plan, period, id)
) STRICT;

CREATE UNIQUE INDEX account_email ON account (tenant, email);
CREATE INDEX account_id ON account (id);
CREATE INDEX account_anywhere ON account (email);
CREATE INDEX account_sso ON account (sso) WHERE sso <> '';
CREATE UNIQUE INDEX account_invite ON account (invite_hash) WHERE invite_hash <> '';
CREATE UNIQUE INDEX session_hash ON session (hash);
CREATE INDEX session_account ON session (tenant, account, created_at);
CREATE INDEX proposal_body ON proposal (tenant, plan, period, organisation, revision);
CREATE INDEX proposal_returned ON proposal (tenant, plan, period, activity, organisation) WHERE state = 'returned';
CREATE INDEX proposal_given ON proposal (tenant, organisation, given_at);
CREATE INDEX journal_subject ON journal (tenant, subject, seq);
CREATE INDEX message_organisation ON message (tenant, organisation, created_at, key);
CREATE INDEX activity_measure ON activity (tenant, plan, measure, position, id);
-- Counted without reading the texts beside it.
CREATE INDEX entry_count ON entry (tenant, plan, period, state, next_step, answered_at, approved_at);
CREATE INDEX entry_owed ON entry (tenant, plan, period, askees, said, answered_at, state, next_step)
    WHERE state NOT IN ('fulfilled', 'partial', 'unfulfilled') AND next_step <> 'drop';
CREATE INDEX activity_each ON activity (tenant, plan, id) WHERE answers = 'each';
