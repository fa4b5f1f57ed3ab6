-- Meetings of the steering group, for SQLite. send_on is '' once nothing leaves by itself.

CREATE TABLE meeting (
    tenant text NOT NULL,
    plan text NOT NULL,
    period text NOT NULL,
    id integer NOT NULL,
    day text NOT NULL,
    send_on text NOT NULL,
    body text NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (tenant, plan, period, id)
) STRICT;
CREATE INDEX meeting_due ON meeting (tenant, send_on) WHERE send_on <> '';
CREATE INDEX meeting_day ON meeting (tenant, day);
