-- Evaluations that everybody may read, and the files a municipality keeps, for PostgreSQL.

ALTER TABLE season ADD COLUMN published integer NOT NULL DEFAULT 0;
ALTER TABLE season ADD COLUMN published_at timestamptz;

CREATE TABLE filed (
    tenant text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    type text NOT NULL,
    data bytea NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (tenant, name)
);
