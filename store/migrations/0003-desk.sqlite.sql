-- The coordinator's desk, for SQLite: who signs in, how a plan changed after it
-- was made, what bodies resolved, and what a page at a time is found by.

ALTER TABLE municipality ADD COLUMN settings text NOT NULL DEFAULT '{}';
ALTER TABLE organisation ADD COLUMN writing text NOT NULL DEFAULT '{}';
ALTER TABLE request ADD COLUMN moves text NOT NULL DEFAULT 'null';
ALTER TABLE season ADD COLUMN ask_on text NOT NULL DEFAULT '';
ALTER TABLE season ADD COLUMN draft_on text NOT NULL DEFAULT '';
-- How a promise goes on, beside what follows it.
ALTER TABLE entry ADD COLUMN onward text NOT NULL DEFAULT '{}';
-- The order of entries by number: of those stored before, by text.
ALTER TABLE entry ADD COLUMN ordinal text NOT NULL DEFAULT '';
UPDATE entry SET ordinal = activity;
-- An evaluation without its rows, for pages that do not list them. Of those made
-- before it is the whole document, which says the same.
-- It stands before the body: SQLite reads through what stands before a column.
CREATE TABLE evaluation_new (
    tenant text NOT NULL,
    plan text NOT NULL,
    period text NOT NULL,
    number integer NOT NULL,
    version integer NOT NULL,
    head text NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (tenant, plan, period, number)
) STRICT;
INSERT INTO evaluation_new (tenant, plan, period, number, version, head, body)
    SELECT tenant, plan, period, number, version, body, body FROM evaluation;
DROP TABLE evaluation;
ALTER TABLE evaluation_new RENAME TO evaluation;
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

-- What a change of a plan rests on, and the plan as it was before it.
CREATE TABLE amendment (
    tenant text NOT NULL,
    plan text NOT NULL,
    number integer NOT NULL,
    day text NOT NULL,
    body text NOT NULL,
    plan_as text NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (tenant, plan, number)
) STRICT;

-- Each activity an amendment changed, as it was before; 'null' for a new one.
CREATE TABLE amended (
    tenant text NOT NULL,
    plan text NOT NULL,
    number integer NOT NULL,
    activity text NOT NULL,
    place integer NOT NULL,
    before text NOT NULL,
    PRIMARY KEY (tenant, plan, number, place)
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

-- The rows of evaluations one by one, for pages that list some of them.
CREATE TABLE evaluation_row (
    tenant text NOT NULL,
    plan text NOT NULL,
    period text NOT NULL,
    number integer NOT NULL,
    position integer NOT NULL,
    activity text NOT NULL,
    result text NOT NULL,
    figures integer NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (tenant, plan, period, number, position)
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
CREATE INDEX activity_order ON activity (tenant, plan, position, id, area);
CREATE INDEX activity_area ON activity (tenant, plan, id, area);
CREATE INDEX entry_list ON entry (tenant, plan, period, activity, state, next_step, answered_at, approved_at);
CREATE INDEX proposal_queue ON proposal (tenant, organisation, plan, period, given_at, activity, revision, channel) WHERE state = 'pending';
CREATE INDEX proposal_writer ON proposal (tenant, organisation, given_by) WHERE state = 'approved';
CREATE INDEX activity_counted ON activity (tenant, plan, measure, area, (dropped <> ''));
-- A search reads this index and not the rows.
CREATE INDEX activity_found ON activity (tenant, plan, position, id, folded);
-- Nor does asking which activities name an organisation.
CREATE INDEX activity_named ON activity (tenant, plan, position, id, responsible);
CREATE INDEX activity_carried ON activity (tenant, plan, id) WHERE carried_from <> '' OR carried NOT IN ('null', '[]');
CREATE INDEX amended_activity ON amended (tenant, plan, activity, number);

-- Activities stored before are found, too. The program folds a row anew whenever
-- it writes it; this does the letters of our plans.
UPDATE activity SET folded = replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
    lower(id || ' ' || title || ' ' || CASE details WHEN 'null' THEN '' ELSE details END || ' ' || responsible_raw || ' ' || target_group)
    , 'Á', 'a'), 'á', 'a'), 'Ä', 'a'), 'ä', 'a'), 'Â', 'a'), 'â', 'a'), 'À', 'a'), 'à', 'a')
    , 'Ă', 'a'), 'ă', 'a'), 'Ą', 'a'), 'ą', 'a'), 'Č', 'c'), 'č', 'c'), 'Ć', 'c'), 'ć', 'c')
    , 'Ç', 'c'), 'ç', 'c'), 'Ď', 'd'), 'ď', 'd'), 'É', 'e'), 'é', 'e'), 'Ě', 'e'), 'ě', 'e')
    , 'Ë', 'e'), 'ë', 'e'), 'È', 'e'), 'è', 'e'), 'Ê', 'e'), 'ê', 'e'), 'Ę', 'e'), 'ę', 'e')
    , 'Í', 'i'), 'í', 'i'), 'Î', 'i'), 'î', 'i'), 'Ì', 'i'), 'ì', 'i'), 'Ï', 'i'), 'ï', 'i')
    , 'Ĺ', 'l'), 'ĺ', 'l'), 'Ľ', 'l'), 'ľ', 'l'), 'Ň', 'n'), 'ň', 'n'), 'Ń', 'n'), 'ń', 'n')
    , 'Ñ', 'n'), 'ñ', 'n'), 'Ó', 'o'), 'ó', 'o'), 'Ö', 'o'), 'ö', 'o'), 'Ő', 'o'), 'ő', 'o')
    , 'Ô', 'o'), 'ô', 'o'), 'Ò', 'o'), 'ò', 'o'), 'Õ', 'o'), 'õ', 'o'), 'Ŕ', 'r'), 'ŕ', 'r')
    , 'Ř', 'r'), 'ř', 'r'), 'Š', 's'), 'š', 's'), 'Ś', 's'), 'ś', 's'), 'Ş', 's'), 'ş', 's')
    , 'Ť', 't'), 'ť', 't'), 'Ţ', 't'), 'ţ', 't'), 'Ú', 'u'), 'ú', 'u'), 'Ů', 'u'), 'ů', 'u')
    , 'Ü', 'u'), 'ü', 'u'), 'Ű', 'u'), 'ű', 'u'), 'Ù', 'u'), 'ù', 'u'), 'Û', 'u'), 'û', 'u')
    , 'Ý', 'y'), 'ý', 'y'), 'Ÿ', 'y'), 'ÿ', 'y'), 'Ž', 'z'), 'ž', 'z'), 'Ź', 'z'), 'ź', 'z')
    , 'Ż', 'z'), 'ż', 'z'), 'Đ', 'đ'), 'Ł', 'ł'), char(780), ''), char(769), ''), char(778), ''), char(776), '');
CREATE INDEX evaluation_row_result ON evaluation_row (tenant, plan, period, number, result, position);
CREATE INDEX evaluation_row_activity ON evaluation_row (tenant, plan, period, number, activity);
CREATE INDEX evaluation_row_figures ON evaluation_row (tenant, plan, period, number, position) WHERE figures > 0;
CREATE INDEX message_rollup ON message (tenant, key) WHERE kind = 'rollup';
CREATE INDEX entry_next ON entry (tenant, plan, period, next_step, ordinal, activity, state);
CREATE INDEX entry_counts ON entry (tenant, plan, period, state, qualifier, next_step, answered_at, approved_at);

INSERT INTO evaluation_row (tenant, plan, period, number, position, activity, result, figures, body)
SELECT e.tenant, e.plan, e.period, e.number,
    row_number() OVER (PARTITION BY e.tenant, e.plan, e.period, e.number ORDER BY a.key, m.key, r.key),
    r.value ->> 'ID',
    CASE WHEN r.value ->> 'NoAnswer' THEN 'no_answer' WHEN r.value ->> 'Qualifier' = 'another_form' THEN 'another_form'
        WHEN coalesce(r.value ->> 'Status', '') = '' THEN 'unknown' ELSE r.value ->> 'Status' END,
    coalesce(json_array_length(r.value, '$.Numbers'), 0), r.value
FROM evaluation e, json_each(e.body, '$.Areas') a, json_each(a.value, '$.Measures') m, json_each(m.value, '$.Activities') r;
