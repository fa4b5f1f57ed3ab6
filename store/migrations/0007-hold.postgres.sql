-- Municipalities on hold, and what kept nodes from working, for PostgreSQL.

CREATE TABLE hold (
    tenant text COLLATE "C" NOT NULL,
    kind text NOT NULL,
    since timestamptz NOT NULL,
    as_of timestamptz,
    note text NOT NULL,
    PRIMARY KEY (tenant)
);

-- Of the whole installation. ended_at is missing while it goes on.
CREATE TABLE incident (
    node text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    began_at timestamptz NOT NULL,
    ended_at timestamptz,
    note text NOT NULL,
    PRIMARY KEY (node, kind, began_at)
);

-- Since when it has been tried to hand a message over: until a person let it go, it
-- was not, however old it is.
ALTER TABLE message ADD COLUMN tried_at timestamptz;
