-- Municipalities on hold, and what kept nodes from working, for SQLite.

CREATE TABLE hold (
    tenant text NOT NULL,
    kind text NOT NULL,
    since text NOT NULL,
    as_of text,
    note text NOT NULL,
    PRIMARY KEY (tenant)
) STRICT;

-- Of the whole installation. ended_at is missing while it goes on.
CREATE TABLE incident (
    node text NOT NULL,
    kind text NOT NULL,
    began_at text NOT NULL,
    ended_at text,
    note text NOT NULL,
    PRIMARY KEY (node, kind, began_at)
) STRICT;

-- Since when it has been tried to hand a message over: until a person let it go, it
-- was not, however old it is.
ALTER TABLE message ADD COLUMN tried_at text;
