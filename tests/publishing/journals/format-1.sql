-- A journal of format 1, as the program wrote it before parts had pictures, with a part in each state.
BEGIN TRANSACTION;
CREATE TABLE accounts (
  name TEXT PRIMARY KEY,
  remote_id TEXT NOT NULL DEFAULT '',
  handle TEXT NOT NULL DEFAULT '',
  trouble TEXT NOT NULL DEFAULT '',
  paused INTEGER NOT NULL DEFAULT 0,
  since TEXT
);
INSERT INTO "accounts" VALUES('mine','7','@us@example.org','',0,NULL);
CREATE TABLE approvals (
  id INTEGER PRIMARY KEY,
  entry TEXT NOT NULL,
  digest TEXT NOT NULL,
  manifest TEXT NOT NULL,
  approved_by TEXT NOT NULL,
  approved_at TEXT NOT NULL,
  trust TEXT NOT NULL,
  seal TEXT NOT NULL
);
INSERT INTO "approvals" VALUES(1,'sent','sha256:sent','{}','Ana','2026-11-20T09:00:00.000Z','local','seal');
INSERT INTO "approvals" VALUES(2,'doubted','sha256:doubted','{}','Ana','2026-11-20T09:00:00.000Z','local','seal');
INSERT INTO "approvals" VALUES(3,'held','sha256:held','{}','Ana','2026-11-20T09:00:00.000Z','local','seal');
INSERT INTO "approvals" VALUES(4,'planned','sha256:planned','{}','Ana','2026-11-20T09:00:00.000Z','local','seal');
INSERT INTO "approvals" VALUES(5,'skipped','sha256:skipped','{}','Ana','2026-11-20T09:00:00.000Z','local','seal');
CREATE TABLE attempts (
  id INTEGER PRIMARY KEY,
  publication INTEGER NOT NULL REFERENCES publications(id),
  at TEXT NOT NULL,
  machine TEXT NOT NULL,
  boot TEXT NOT NULL,
  uptime REAL NOT NULL,
  move TEXT NOT NULL,
  detail TEXT NOT NULL
);
INSERT INTO "attempts" VALUES(1,1,'2026-11-20T09:00:00.000Z','this-machine','boot-1',1000.0,'planned>sending','attempt 1');
INSERT INTO "attempts" VALUES(2,1,'2026-11-20T09:00:00.000Z','this-machine','boot-1',1000.0,'sending>sent','sent');
INSERT INTO "attempts" VALUES(3,2,'2026-11-20T09:00:00.000Z','this-machine','boot-1',1000.0,'planned>sending','attempt 1');
INSERT INTO "attempts" VALUES(4,2,'2026-11-20T09:00:00.000Z','this-machine','boot-1',1000.0,'sending>sent','sent');
INSERT INTO "attempts" VALUES(5,3,'2026-11-20T09:00:00.000Z','this-machine','boot-1',1000.0,'planned>sending','attempt 1');
INSERT INTO "attempts" VALUES(6,3,'2026-11-20T09:00:00.000Z','this-machine','boot-1',1000.0,'sending>unknown','the answer was lost');
INSERT INTO "attempts" VALUES(7,5,'2026-11-20T09:00:00.000Z','this-machine','boot-1',1000.0,'planned>held','edited after the approval');
INSERT INTO "attempts" VALUES(8,9,'2026-11-20T09:00:00.000Z','this-machine','boot-1',1000.0,'planned>skipped','skipped by Ana');
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO "meta" VALUES('counter','1');
INSERT INTO "meta" VALUES('id','0123456789abcdef');
INSERT INTO "meta" VALUES('machine','this-machine');
CREATE TABLE notices (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  entry TEXT NOT NULL,
  account TEXT NOT NULL,
  part INTEGER NOT NULL DEFAULT 0,
  parts INTEGER NOT NULL DEFAULT 0,
  url TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  told INTEGER NOT NULL DEFAULT 0
);
INSERT INTO "notices" VALUES(1,'trouble','','mine',0,0,'','the server cannot be reached','2026-11-20T09:00:00.000Z',0);
CREATE TABLE publications (
  id INTEGER PRIMARY KEY,
  approval INTEGER NOT NULL REFERENCES approvals(id),
  entry TEXT NOT NULL,
  account TEXT NOT NULL,
  part INTEGER NOT NULL CHECK (part >= 0),
  parts INTEGER NOT NULL CHECK (parts > part),
  post INTEGER NOT NULL,
  due TEXT NOT NULL,
  text TEXT NOT NULL,
  warning TEXT NOT NULL,
  visibility TEXT NOT NULL,
  language TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  key TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'sending', 'unknown', 'held', 'sent', 'skipped')),
  reason TEXT NOT NULL DEFAULT '',
  attempts INTEGER NOT NULL DEFAULT 0,
  parent TEXT NOT NULL DEFAULT '',
  remote_id TEXT NOT NULL DEFAULT '' CHECK (state <> 'sent' OR remote_id <> ''),
  url TEXT NOT NULL DEFAULT '',
  watermark TEXT NOT NULL DEFAULT '',
  not_before TEXT,
  changed_at TEXT NOT NULL,
  doubted_boot TEXT NOT NULL DEFAULT '',
  doubted_uptime REAL NOT NULL DEFAULT 0,
  looks INTEGER NOT NULL DEFAULT 0,
  released_at TEXT,
  lookalike TEXT NOT NULL DEFAULT '',
  told INTEGER NOT NULL DEFAULT 1,
  CHECK (state <> 'held' OR reason <> '')
);
INSERT INTO "publications" VALUES(1,1,'sent','mine',0,2,0,'2026-11-20T09:00:00.000Z','sent, part 1.','','public','en','c3da02a112cdf87dcfa7aadc5cd1f5add3a03bf1d4a5b77b3c8233b75f6a2824','ck1-lvciyazsn7l5nv74oc6atoxfn4dxvmjxlczxwjgt','sent','',1,'','101','https://example.org/101','',NULL,'2026-11-20T09:00:00.000Z','boot-1',1000.0,0,NULL,'',1);
INSERT INTO "publications" VALUES(2,1,'sent','mine',1,2,1,'2026-11-20T09:00:00.000Z','sent, part 2.','','public','en','6019ea1db99adc84f0cabce69e46fb290de655106a43c0f540918b277ce31000','ck1-3vxplonfa6onknvhpowalopivocwevd2nl5zwd7e','sent','',1,'101','102','https://example.org/102','',NULL,'2026-11-20T09:00:00.000Z','boot-1',1000.0,0,NULL,'',1);
INSERT INTO "publications" VALUES(3,2,'doubted','mine',0,2,0,'2026-11-20T09:00:00.000Z','doubted, part 1.','','public','en','fe26ba6107b267ee580302b004d7e706196503ceea3c4bed1cb753681691283a','ck1-jobycwbmrl7o346t3bpenbgldti6t3uapxa77jey','unknown','the answer was lost',1,'','','','102',NULL,'2026-11-20T09:00:00.000Z','boot-1',1000.0,0,NULL,'',0);
INSERT INTO "publications" VALUES(4,2,'doubted','mine',1,2,1,'2026-11-20T09:00:00.000Z','doubted, part 2.','','public','en','f7f5bb7ecadf8e25228660e90740dd5736eefd926595f73707fd559462216a60','ck1-szlerr4wmifze67ivuc3uuek4n6rwdrw2gigbysl','planned','',0,'','','','',NULL,'2026-11-20T09:00:00.000Z','',0.0,0,NULL,'',1);
INSERT INTO "publications" VALUES(5,3,'held','mine',0,1,0,'2026-11-20T09:00:00.000Z','held, part 1.','','public','en','5c5e71b83fa1a76ee2a7daa20806d30abf1fc2abfaf084aa0b88193cf0aab515','ck1-cugmauzn242ap2lwpjqvtnamspfyyo5juxgam53b','held','edited after the approval',0,'','','','',NULL,'2026-11-20T09:00:00.000Z','',0.0,0,NULL,'',0);
INSERT INTO "publications" VALUES(6,4,'planned','mine',0,3,0,'2026-11-20T09:00:00.000Z','planned, part 1.','','public','en','c9894ad3ee55d923d464157be68ab315c5968219487f7631533f54b797db56ae','ck1-gfzvuu22ugt576eadiq2kwmms7hp6osrzcbuhobm','planned','',0,'','','','',NULL,'2026-11-20T09:00:00.000Z','',0.0,0,NULL,'',1);
INSERT INTO "publications" VALUES(7,4,'planned','mine',1,3,1,'2026-11-20T09:00:00.000Z','planned, part 2.','','public','en','c5b31920b0e0eb2f9dfb51f802aa6aec79d7470a1ef8e8af51efe75f4d7813d6','ck1-rfzkzagbztvxoqi4yfcpjole24eqdfxc5bp6uxiv','planned','',0,'','','','',NULL,'2026-11-20T09:00:00.000Z','',0.0,0,NULL,'',1);
INSERT INTO "publications" VALUES(8,4,'planned','mine',2,3,2,'2026-11-20T09:00:00.000Z','planned, part 3.','','public','en','aa0243d7e123888a5d5b72d1ed7efdd21f79304f4a0356d74d79403ed43e3358','ck1-onupzbgohpriclhozv3xfo5qlkcxkf3v5pddiild','planned','',0,'','','','',NULL,'2026-11-20T09:00:00.000Z','',0.0,0,NULL,'',1);
INSERT INTO "publications" VALUES(9,5,'skipped','mine',0,1,0,'2026-11-20T09:00:00.000Z','skipped, part 1.','','public','en','9dd6b231c58aeb93e4f516c66b33d8d974a2d00e1a605caf36855cd140256110','ck1-rsrzdx43j4twa7t5istbamllh5w573acxjqj4p7g','skipped','skipped by Ana',0,'','','','',NULL,'2026-11-20T09:00:00.000Z','',0.0,0,NULL,'',0);
CREATE UNIQUE INDEX one_living_part ON publications (entry, account, part) WHERE state <> 'skipped';
CREATE UNIQUE INDEX one_doubt_per_thread ON publications (entry, account) WHERE state IN ('sending', 'unknown');
CREATE UNIQUE INDEX one_part_per_status ON publications (account, remote_id) WHERE remote_id <> '';
CREATE INDEX untold ON publications (id) WHERE told = 0;
CREATE INDEX open_work ON publications (entry, account) WHERE state IN ('planned', 'sending', 'unknown', 'held');
CREATE TRIGGER only_legal_moves BEFORE UPDATE OF state ON publications
WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN ('planned>sending', 'planned>held', 'planned>skipped', 'sending>sent', 'sending>planned', 'sending>held', 'sending>unknown', 'unknown>sent', 'unknown>held', 'held>sent', 'held>planned', 'held>skipped')
BEGIN SELECT RAISE(ABORT, 'the state machine does not allow this move'); END;
CREATE TRIGGER approved_words_stay BEFORE UPDATE OF text, warning, visibility, language, key, due ON publications
BEGIN SELECT RAISE(ABORT, 'what was approved cannot be changed'); END;
CREATE TRIGGER attempts_are_history BEFORE UPDATE ON attempts
BEGIN SELECT RAISE(ABORT, 'attempts are history'); END;
CREATE TRIGGER attempts_stay BEFORE DELETE ON attempts
BEGIN SELECT RAISE(ABORT, 'attempts are history'); END;
COMMIT;
PRAGMA user_version = 1;
