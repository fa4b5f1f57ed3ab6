-- The servers that run on this database, for PostgreSQL.

CREATE TABLE node (
    id text COLLATE "C" NOT NULL,
    name text NOT NULL,
    version text NOT NULL,
    started_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    off_ms bigint NOT NULL DEFAULT 0,
    -- What its clock shows while that is not believed.
    ahead_at timestamptz,
    PRIMARY KEY (id)
);
CREATE INDEX node_seen ON node (seen_at);
