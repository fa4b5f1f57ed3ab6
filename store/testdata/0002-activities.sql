-- Activities as step 0002 stored them.
INSERT INTO plan (tenant, id, title, kind, territory, start_on, end_on, open_end, approved_by, approved_on, approved_at, approvals, parent, funding, levels, areas, measures, version)
VALUES ('klatovy', 'kpss', 'Plán', 'plan', '', '2022-01-01', '2024-12-31', '', '', '', '', 'null', '', '', '{}', 'null', 'null', 1);
INSERT INTO activity (tenant, plan, id, area, measure, label, title, details, tags, target_group, responsible_raw, responsible, deadline, parts, indicators, carried_from, carried, answers, dropped, status_raw, position, version)
VALUES ('klatovy', 'kpss', '1.1/1', '1', '1.1', '1.', 'Žluťoučký kůň ÚPĚL ďábelské ÓDY', '["Sústredená péče", "ľahko ťažko Österreich"]', 'null', 'SENIOŘI', 'Strana, MĚSTO Žďár', 'null', '{}', 'null', 'null', '', 'null', '', '', '', 1, 1),
       ('klatovy', 'kpss', '1.1/2', '1', '1.1', '2.', 'Rozložené písmo', 'null', 'null', '', 'Řídící skupina', 'null', '{}', 'null', 'null', '', 'null', '', '', '', 2, 1);
