-- Version 0.1.0 made its tables by another text of this step, whose hash begins
-- with 40ab49ba. This makes of them what the step makes now, for SQLite.

ALTER TABLE municipality ADD COLUMN columns text NOT NULL DEFAULT '{}';
ALTER TABLE municipality ADD COLUMN status_words text NOT NULL DEFAULT '{}';
ALTER TABLE plan ADD COLUMN approvals text NOT NULL DEFAULT 'null';
ALTER TABLE activity ADD COLUMN carried text NOT NULL DEFAULT 'null';
ALTER TABLE activity ADD COLUMN answers text NOT NULL DEFAULT '';
ALTER TABLE activity ADD COLUMN dropped text NOT NULL DEFAULT '';

CREATE TABLE imported (
    tenant text NOT NULL,
    plan text NOT NULL,
    body text NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (tenant, plan)
) STRICT;

-- What it froze was hashed without the columns of rows that came later.
UPDATE evaluation SET body = substr(body, 1, length(body) - 1) || ',"First":true}' WHERE body LIKE '{%}';
