-- Meetings of the steering group, for PostgreSQL. send_on is '' once nothing leaves by itself.

CREATE TABLE meeting (
    tenant text COLLATE "C" NOT NULL,
    plan text COLLATE "C" NOT NULL,
    period text COLLATE "C" NOT NULL,
    id integer NOT NULL,
    day text COLLATE "C" NOT NULL,
    send_on text COLLATE "C" NOT NULL,
    body text NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (tenant, plan, period, id)
);
CREATE INDEX meeting_due ON meeting (tenant, send_on) WHERE send_on <> '';
CREATE INDEX meeting_day ON meeting (tenant, day);
