-- What towns delivered to their region, and how it reads them, for PostgreSQL.

CREATE TABLE region (
    tenant text COLLATE "C" NOT NULL,
    body text NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (tenant)
);

CREATE TABLE bundle (
    tenant text COLLATE "C" NOT NULL,
    town text COLLATE "C" NOT NULL,
    plan text COLLATE "C" NOT NULL,
    period text COLLATE "C" NOT NULL,
    number integer NOT NULL,
    taken_at timestamptz NOT NULL,
    version integer NOT NULL,
    head text NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (tenant, town, plan, period)
);
