-- The coordinator's desk, for PostgreSQL: who signs in, how a plan changed after it
-- was made, what bodies resolved, and what a page at a time is found by.

ALTER TABLE municipality ADD COLUMN settings text NOT NULL DEFAULT '{}';
ALTER TABLE organisation ADD COLUMN writing text NOT NULL DEFAULT '{}';
ALTER TABLE request ADD COLUMN moves text NOT NULL DEFAULT 'null';
ALTER TABLE season ADD COLUMN ask_on text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE season ADD COLUMN draft_on text COLLATE "C" NOT NULL DEFAULT '';
-- What an activity is found by: without diacritics, in lower case.
ALTER TABLE activity ADD COLUMN folded text NOT NULL DEFAULT '';

CREATE TABLE account (
    tenant text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    name text NOT NULL,
    email text COLLATE "C" NOT NULL,
    role text NOT NULL,
    areas text NOT NULL,
    stands_for text NOT NULL,
    from_on text NOT NULL,
    until_on text NOT NULL,
    language text NOT NULL,
    sso text COLLATE "C" NOT NULL,
    disabled boolean NOT NULL,
    secrets text NOT NULL,
    invite_hash text COLLATE "C" NOT NULL,
    invite_until timestamptz,
    created_at timestamptz,
    version integer NOT NULL,
    PRIMARY KEY (tenant, id)
);

-- Who is signed in. The cookie's value stands nowhere, only its hash.
CREATE TABLE session (
    tenant text COLLATE "C" NOT NULL,
    hash text COLLATE "C" NOT NULL,
    account text COLLATE "C" NOT NULL,
    created_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    strong boolean NOT NULL,
    agent text NOT NULL,
    PRIMARY KEY (tenant, hash)
);

CREATE TABLE amendment (
    tenant text COLLATE "C" NOT NULL,
    plan text COLLATE "C" NOT NULL,
    number integer NOT NULL,
    body text NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (tenant, plan, number)
);

CREATE TABLE resolution (
    tenant text COLLATE "C" NOT NULL,
    plan text COLLATE "C" NOT NULL,
    period text COLLATE "C" NOT NULL,
    id integer NOT NULL,
    body text NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (tenant, plan, period, id)
);

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
-- Without the bodies asked: a long list of them does not go into an index.
CREATE INDEX entry_owed ON entry (tenant, plan, period, said, answered_at)
    WHERE state NOT IN ('fulfilled', 'partial', 'unfulfilled') AND next_step <> 'drop';
CREATE INDEX activity_each ON activity (tenant, plan, id) WHERE answers = 'each';
