"""The journal's tables, as numbered steps: the history reads top to bottom, and each step runs once, in one transaction."""

from __future__ import annotations

from contentkit.money.ledger_table import COLUMNS, INDEXES, TRIGGERS
from contentkit.publishing.amendments import AMENDMENT_MOVES
from contentkit.publishing.publications import MOVES

JOURNAL_NAME = "journal.db"
# What it is called once all of it is on PostgreSQL.
MOVED_NAME = "journal-moved.db"

_LEGAL = ", ".join(f"'{old}>{new}'" for old, targets in MOVES.items() for new in targets)
_LEGAL_FOR_AMENDMENTS = ", ".join(f"'{old}>{new}'" for old, targets in AMENDMENT_MOVES.items() for new in targets)

FIRST = f"""
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

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

CREATE TABLE accounts (
  name TEXT PRIMARY KEY,
  remote_id TEXT NOT NULL DEFAULT '',
  handle TEXT NOT NULL DEFAULT '',
  trouble TEXT NOT NULL DEFAULT '',
  paused INTEGER NOT NULL DEFAULT 0,
  since TEXT
);

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

-- One living publication of a part, and one doubt in a thread, whatever the program believes.
CREATE UNIQUE INDEX one_living_part ON publications (entry, account, part) WHERE state <> 'skipped';
CREATE UNIQUE INDEX one_doubt_per_thread ON publications (entry, account) WHERE state IN ('sending', 'unknown');
-- One status is one part, whatever an answer or a receipt claims.
CREATE UNIQUE INDEX one_part_per_status ON publications (account, remote_id) WHERE remote_id <> '';
-- What a quiet run looks at each minute: never the whole history.
CREATE INDEX untold ON publications (id) WHERE told = 0;
CREATE INDEX open_work ON publications (entry, account) WHERE state IN ('planned', 'sending', 'unknown', 'held');

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

-- What a person must be told and that is no state of a publication; told once it was written out.
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

CREATE TRIGGER only_legal_moves BEFORE UPDATE OF state ON publications
WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN ({_LEGAL})
BEGIN SELECT RAISE(ABORT, 'the state machine does not allow this move'); END;

CREATE TRIGGER approved_words_stay BEFORE UPDATE OF text, warning, visibility, language, key, due ON publications
BEGIN SELECT RAISE(ABORT, 'what was approved cannot be changed'); END;

CREATE TRIGGER attempts_are_history BEFORE UPDATE ON attempts
BEGIN SELECT RAISE(ABORT, 'attempts are history'); END;

CREATE TRIGGER attempts_stay BEFORE DELETE ON attempts
BEGIN SELECT RAISE(ABORT, 'attempts are history'); END;
"""

# Parts have pictures, and these are approved as the words are.
SECOND = """
ALTER TABLE publications ADD COLUMN media TEXT NOT NULL DEFAULT '[]';

DROP TRIGGER approved_words_stay;

CREATE TRIGGER approved_words_stay BEFORE UPDATE OF text, media, warning, visibility, language, key, due ON publications
BEGIN SELECT RAISE(ABORT, 'what was approved cannot be changed'); END;
"""

# What only a receipt says is out: the network is asked before anybody relies on it, and it may turn out not to be.
THIRD = f"""
CREATE TABLE claims (
  publication INTEGER PRIMARY KEY REFERENCES publications(id)
);

INSERT INTO claims SELECT id FROM publications WHERE state = 'sent' AND attempts = 0
  AND NOT EXISTS (SELECT 1 FROM attempts WHERE attempts.publication = publications.id);

DROP TRIGGER only_legal_moves;

CREATE TRIGGER only_legal_moves BEFORE UPDATE OF state ON publications
WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN ({_LEGAL})
  AND NOT (OLD.state = 'sent' AND NEW.state = 'held' AND EXISTS (SELECT 1 FROM claims WHERE publication = OLD.id))
BEGIN SELECT RAISE(ABORT, 'the state machine does not allow this move'); END;
"""  # noqa: S608 - no words from outside

# What was asked of networks that bill: an attempt is noted in the same transaction as the right to make it.
FOURTH = ";\n".join((f"CREATE TABLE ledger ({COLUMNS}\n)", *INDEXES, *TRIGGERS, ""))

# What was taken back stays taken back: approvals of the entry up to ``upto``, what was signed until then, and what comes with a
# branch under this digest.
FIFTH = """
CREATE TABLE revocations (
  id INTEGER PRIMARY KEY,
  entry TEXT NOT NULL,
  digest TEXT NOT NULL,
  upto INTEGER NOT NULL,
  revoked_by TEXT NOT NULL,
  revoked_at TEXT NOT NULL,
  trust TEXT NOT NULL,
  reason TEXT NOT NULL,
  seal TEXT NOT NULL
);

CREATE TRIGGER revocations_are_history BEFORE UPDATE ON revocations
BEGIN SELECT RAISE(ABORT, 'revocations are history'); END;

CREATE TRIGGER revocations_stay BEFORE DELETE ON revocations
BEGIN SELECT RAISE(ABORT, 'revocations are history'); END;

CREATE TRIGGER approvals_stay BEFORE DELETE ON approvals
BEGIN SELECT RAISE(ABORT, 'approvals are history'); END;
"""

# What is approved is a clock on a wall: the moment is worked out each time anew, by the rules that the zone has then. A late
# thread whose approved rule says so goes on to a later opening of its slot, and never back.
SIXTH = """
ALTER TABLE publications ADD COLUMN wall TEXT NOT NULL DEFAULT '';
ALTER TABLE publications ADD COLUMN zone TEXT NOT NULL DEFAULT '';
ALTER TABLE publications ADD COLUMN moved_to TEXT;

DROP TRIGGER approved_words_stay;

CREATE TRIGGER approved_words_stay
BEFORE UPDATE OF text, media, warning, visibility, language, key, due, wall, zone ON publications
BEGIN SELECT RAISE(ABORT, 'what was approved cannot be changed'); END;

CREATE TRIGGER late_ones_move_on BEFORE UPDATE OF moved_to ON publications
WHEN OLD.state <> 'planned' OR NEW.moved_to IS NULL OR NEW.moved_to <= coalesce(OLD.moved_to, '')
BEGIN SELECT RAISE(ABORT, 'only a planned thread moves, and only on'); END;
"""

# What the network answered is kept with the attempt. What is out may be corrected or taken down: each such change is a row of its
# own with states like a part's, and a part's words, or its end, follow it only once it is done.
SEVENTH = f"""
ALTER TABLE attempts ADD COLUMN answer TEXT NOT NULL DEFAULT '';
ALTER TABLE attempts ADD COLUMN amendment INTEGER;

CREATE TABLE amendments (
  id INTEGER PRIMARY KEY,
  publication INTEGER NOT NULL REFERENCES publications(id),
  kind TEXT NOT NULL CHECK (kind IN ('edit', 'delete', 'replace')),
  approval INTEGER REFERENCES approvals(id),
  text TEXT NOT NULL DEFAULT '',
  media TEXT NOT NULL DEFAULT '[]',
  warning TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT '',
  fingerprint TEXT NOT NULL DEFAULT '',
  decided_by TEXT NOT NULL,
  why TEXT NOT NULL DEFAULT '',
  decided_at TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'planned'
    CHECK (state IN ('planned', 'sending', 'unknown', 'held', 'sent', 'skipped')),
  reason TEXT NOT NULL DEFAULT '',
  attempts INTEGER NOT NULL DEFAULT 0,
  not_before TEXT,
  changed_at TEXT NOT NULL,
  doubted_boot TEXT NOT NULL DEFAULT '',
  doubted_uptime REAL NOT NULL DEFAULT 0,
  looks INTEGER NOT NULL DEFAULT 0,
  told INTEGER NOT NULL DEFAULT 1,
  CHECK (state <> 'held' OR reason <> ''),
  -- New words are approved words.
  CHECK (kind = 'delete' OR approval IS NOT NULL)
);

-- One change of a part at a time: a late request of the one before could undo the next.
CREATE UNIQUE INDEX one_open_amendment ON amendments (publication) WHERE state NOT IN ('sent', 'skipped');
CREATE INDEX untold_amendments ON amendments (id) WHERE told = 0;
CREATE INDEX open_amendments ON amendments (publication) WHERE state IN ('planned', 'sending', 'unknown', 'held');

CREATE TRIGGER only_legal_moves_of_amendments BEFORE UPDATE OF state ON amendments
WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN ({_LEGAL_FOR_AMENDMENTS})
BEGIN SELECT RAISE(ABORT, 'the state machine does not allow this move'); END;

CREATE TRIGGER decided_amendments_stay
BEFORE UPDATE OF publication, kind, approval, text, media, warning, language, fingerprint, decided_by, why, decided_at
ON amendments
BEGIN SELECT RAISE(ABORT, 'what was decided cannot be changed'); END;

CREATE TRIGGER amendments_stay BEFORE DELETE ON amendments
BEGIN SELECT RAISE(ABORT, 'amendments are history'); END;

DROP TRIGGER only_legal_moves;

CREATE TRIGGER only_legal_moves BEFORE UPDATE OF state ON publications
WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN ({_LEGAL})
  AND NOT (OLD.state = 'sent' AND NEW.state = 'held' AND EXISTS (SELECT 1 FROM claims WHERE publication = OLD.id))
  AND NOT (OLD.state = 'sent' AND NEW.state = 'skipped' AND EXISTS (SELECT 1 FROM amendments
    WHERE publication = OLD.id AND kind IN ('delete', 'replace') AND state = 'sent'))
BEGIN SELECT RAISE(ABORT, 'the state machine does not allow this move'); END;

DROP TRIGGER approved_words_stay;

CREATE TRIGGER approved_words_stay BEFORE UPDATE OF text, media, warning, language ON publications
WHEN NOT (OLD.state = 'sent' AND EXISTS (SELECT 1 FROM amendments WHERE publication = OLD.id AND kind = 'edit' AND state = 'sent'
  AND text = NEW.text AND media = NEW.media AND warning = NEW.warning AND language = NEW.language
  AND fingerprint = NEW.fingerprint))
BEGIN SELECT RAISE(ABORT, 'what was approved cannot be changed'); END;

CREATE TRIGGER approved_time_and_place_stay BEFORE UPDATE OF visibility, key, due, wall, zone ON publications
BEGIN SELECT RAISE(ABORT, 'what was approved cannot be changed'); END;
"""  # noqa: S608 - no words from outside

STEPS: tuple[str, ...] = (FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH, SEVENTH)
