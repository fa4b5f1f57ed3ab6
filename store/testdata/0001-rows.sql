-- One row of each table that step 0002 adds to, as step 0001 stored it.
INSERT INTO municipality (tenant, name, coordinator, steering_group, sender, preset, days_off, schedule, policy, columns, status_words, version)
VALUES ('klatovy', 'Město Klatovy', '{"Name":"Jana Nováková"}', 'null', 'plan@klatovy.example', 'autumn', 'null', 'null', '{}', 'null', 'null', 4);
INSERT INTO journal_head (tenant, seq, hash) VALUES ('klatovy', 0, '');
INSERT INTO request (tenant, plan, period, organisation, activities, round, asked_on, answer_by, step, next_on, looked_on, written, link_hash, link_serial, revoked, answered_at, version)
VALUES ('klatovy', 'kpss', '2023', 'charita', '["1.1/2"]', 1, '2024-01-02', '2024-02-01', 2, '2024-02-08', '', '["2024-01-02"]', 'hash', 1, false, NULL, 5),
       ('klatovy', 'kpss', '2023', 'město', '["1.1/3"]', 1, '', '', 0, '', '', 'null', '', 0, false, NULL, 1);
INSERT INTO proposal (tenant, plan, period, activity, organisation, revision, answer, channel, given_by, given_at, state, question, told_on, decided_by, decided_at, version)
VALUES ('klatovy', 'kpss', '2023', '1.1/2', 'charita', 1, '{"Status":"fulfilled","Done":"Proběhlo 12 setkání."}', 'link', 'Petr Svoboda', '2024-02-29 12:00:00+00:00', 'pending', '', '', '', NULL, 1);
INSERT INTO message (tenant, key, kind, organisation, recipient, sender, subject, message_id, text, raw, hash, state, attempts, next_at, created_at, sent_at, last_error)
VALUES ('klatovy', 'letter', 'request', 'charita', 'charita@klatovy.example', 'plan@klatovy.example', 'Plnění plánu', 'letter@klatovy.example', 'Dobrý den', NULL, 'h', 'sent', 1, '2024-02-29 12:00:00+00:00', '2024-02-29 12:00:00+00:00', '2024-02-29 12:00:00+00:00', ''),
       ('klatovy', 'other', 'request', 'charita', 'charita@klatovy.example', 'plan@klatovy.example', 'Plnění plánu', '', 'Dobrý den', NULL, 'h', 'queued', 0, '2024-02-29 12:00:00+00:00', '2024-02-29 11:00:00+00:00', NULL, '');
