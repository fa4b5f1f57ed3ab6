-- The servers that run on this database, for SQLite.

CREATE TABLE node (
    id text NOT NULL,
    name text NOT NULL,
    version text NOT NULL,
    started_at text NOT NULL,
    seen_at text NOT NULL,
    off_ms integer NOT NULL DEFAULT 0,
    -- What its clock shows while that is not believed.
    ahead_at text,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX node_seen ON node (seen_at);
