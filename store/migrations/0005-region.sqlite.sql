-- What towns delivered to their region, and how it reads them, for SQLite.

CREATE TABLE region (
    tenant text NOT NULL,
    body text NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (tenant)
) STRICT;

-- The head stands before the body: SQLite reads through what stands before a column.
CREATE TABLE bundle (
    tenant text NOT NULL,
    town text NOT NULL,
    plan text NOT NULL,
    period text NOT NULL,
    number integer NOT NULL,
    taken_at text NOT NULL,
    version integer NOT NULL,
    head text NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (tenant, town, plan, period)
) STRICT;
