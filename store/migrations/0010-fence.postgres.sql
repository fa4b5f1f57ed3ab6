-- The second fence between municipalities, for PostgreSQL: whatever a statement
-- forgets to say, a session sees and writes the rows of its own tenant only. It
-- carries the tenant in the setting splneno.tenant: '*' is all of them, '' nobody.
-- A session that never set it is one of an older version running beside this one,
-- or of the administrator with psql or pg_dump --enable-row-security.

-- fence_tenants fences every table with a tenant that has no fence yet. A later step
-- that makes such a table ends with SELECT fence_tenants(). For reading, the setting
-- stands in one subquery: it is read once for a statement and not for each row, and a
-- second one would cost each statement as much again to plan. Of rows that are written
-- there are few. A CASE, because PostgreSQL takes that for half of the rows: of a bare
-- comparison it would think that it leaves one town's share of what is one town's anyway.
CREATE FUNCTION fence_tenants() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    t name;
BEGIN
    FOR t IN SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attname = 'tenant'
            AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY tenant_only ON %I '
            'USING (CASE (SELECT coalesce(current_setting(''splneno.tenant'', true), ''*'')) WHEN tenant THEN true WHEN ''*'' THEN true ELSE false END) '
            'WITH CHECK (CASE coalesce(current_setting(''splneno.tenant'', true), ''*'') WHEN tenant THEN true WHEN ''*'' THEN true ELSE false END)', t);
    END LOOP;
END $$;

SELECT fence_tenants();
