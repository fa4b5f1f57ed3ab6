-- How long records are kept, the journal's witnesses, and what lets a person be
-- erased from the journal. Lines written before have no references.

ALTER TABLE municipality ADD COLUMN keep text NOT NULL DEFAULT '{}';
ALTER TABLE municipality ADD COLUMN witness text NOT NULL DEFAULT '[]';
ALTER TABLE journal ADD COLUMN actor_salt text NOT NULL DEFAULT '';
ALTER TABLE journal ADD COLUMN actor_ref text NOT NULL DEFAULT '';
ALTER TABLE journal ADD COLUMN words text NOT NULL DEFAULT '{}';

-- A mail whose text was removed after its period.
ALTER TABLE inbound ADD COLUMN purged integer NOT NULL DEFAULT 0;
-- A letter whose text, subject and address were.
ALTER TABLE message ADD COLUMN purged integer NOT NULL DEFAULT 0;

-- What is looked for every day costs what is still there, not all that ever was.
CREATE INDEX inbound_kept ON inbound (tenant, received_at, id) WHERE purged = 0;
CREATE INDEX inbound_raw_kept ON inbound_raw (tenant, id) WHERE raw IS NOT NULL;
CREATE INDEX message_kept ON message (tenant, created_at, key) WHERE purged = 0;
CREATE INDEX message_trouble ON message (tenant, created_at, key) WHERE state IN ('failed', 'bounced') AND (last_error <> '' OR raw IS NOT NULL);
