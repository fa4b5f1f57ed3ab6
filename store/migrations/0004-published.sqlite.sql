-- Evaluations that everybody may read, and the files a municipality keeps, for SQLite.

ALTER TABLE season ADD COLUMN published integer NOT NULL DEFAULT 0;
ALTER TABLE season ADD COLUMN published_at text;

CREATE TABLE filed (
    tenant text NOT NULL,
    name text NOT NULL,
    type text NOT NULL,
    data blob NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (tenant, name)
) STRICT;
