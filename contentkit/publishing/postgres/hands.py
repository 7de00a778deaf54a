"""What the server itself does for who has a lane in hand, so that a post in it takes few words.

A transaction on a lane begins with one call, which looks at the lease and raises the counter where it is to be raised. While a
lane that is due is held, nobody reads from when on it is due next: that is found once, as it is given back, and not with each
post. One that was never given back stays due, and whoever takes it then finds that nothing is to be done.
"""

from __future__ import annotations

from contentkit.publishing.postgres.lanes import SHARDS
from contentkit.publishing.publications import MOVES
from contentkit.publishing.statements import TURN

# What the advisory locks of workspaces are told from others by.
LOCKS = 0x636B

HANDS = f"""
CREATE INDEX due_planned ON publications (workspace, account, ({TURN})) WHERE state = 'planned';

-- So that one shard of thousands of lanes is read without the others, and a lane is leased without a word in its indexes.
CREATE INDEX due_in_shard ON lanes ((id % {SHARDS}), next_due) WHERE next_due IS NOT NULL;
ALTER TABLE lanes SET (fillfactor = 50);

CREATE FUNCTION next_due_of(place BIGINT, name words) RETURNS words LANGUAGE plpgsql AS $$
DECLARE
  part words;
  change words;
BEGIN
  IF EXISTS (SELECT 1 FROM publications WHERE workspace = place AND account = name AND state IN ('sending', 'unknown')) THEN
    RETURN '';
  END IF;
  SELECT {TURN} INTO part FROM publications AS head
  WHERE workspace = place AND account = name AND state = 'planned' AND NOT EXISTS (
    SELECT 1 FROM publications AS earlier WHERE earlier.workspace = place AND earlier.entry = head.entry
      AND earlier.account = name AND earlier.part < head.part AND earlier.state NOT IN ('sent', 'skipped'))
  ORDER BY {TURN} LIMIT 1;
  SELECT min(CASE amendments.state WHEN 'planned' THEN coalesce(amendments.not_before, '') ELSE '' END) INTO change
  FROM amendments JOIN publications ON publications.workspace = place AND publications.id = amendments.publication
  WHERE amendments.workspace = place AND publications.account = name
    AND amendments.state IN ('planned', 'sending', 'unknown');
  RETURN least(part, change);
END $$;

CREATE OR REPLACE FUNCTION set_next_due(place BIGINT, name words) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO lanes (workspace, account, next_due) VALUES (place, name, next_due_of(place, name))
  ON CONFLICT (workspace, account) DO UPDATE SET next_due = excluded.next_due, rest_until = NULL;
END $$;

DROP INDEX next_planned;

-- A post that goes out leaves its lane due until it is given back.
CREATE OR REPLACE FUNCTION follow_publication() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state NOT IN ('sending', 'sent') OR NOT EXISTS (SELECT 1 FROM lanes WHERE workspace = NEW.workspace
    AND account = NEW.account AND holder <> '' AND next_due <= stamp(clock_timestamp()))
  THEN PERFORM set_next_due(NEW.workspace, NEW.account); END IF;
  RETURN NULL;
END $$;

-- Whoever gives it back may be in another workspace, or in none. The lane is locked already: what others plan meanwhile waits.
CREATE FUNCTION find_next_due() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before TEXT := current_setting('contentkit.workspace', true);
BEGIN
  IF before = NEW.workspace::text THEN
    NEW.next_due := next_due_of(NEW.workspace, NEW.account);
  ELSE
    PERFORM set_config('contentkit.workspace', NEW.workspace::text, true);
    NEW.next_due := next_due_of(NEW.workspace, NEW.account);
    PERFORM set_config('contentkit.workspace', coalesce(before, ''), true);
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER lanes_given_back BEFORE UPDATE OF holder ON lanes
FOR EACH ROW WHEN (OLD.holder <> '' AND NEW.holder = '') EXECUTE FUNCTION find_next_due();

CREATE FUNCTION begin_on_lane(
  place BIGINT, name words, who words, number BIGINT, raises BOOLEAN,
  OUT seconds DOUBLE PRECISION, OUT raised BIGINT, OUT in_doubt BOOLEAN
) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared({LOCKS}, place::int);
  IF raises THEN
    UPDATE lanes SET counter = nextval('counter') WHERE workspace = place AND account = name AND holder = who AND fence = number
    RETURNING extract(epoch FROM leased_until - clock_timestamp()), counter INTO seconds, raised;
    in_doubt := EXISTS (SELECT 1 FROM publications
      WHERE workspace = place AND account = name AND state IN ('sending', 'unknown'));
  ELSE
    SELECT extract(epoch FROM leased_until - clock_timestamp()) INTO seconds FROM lanes
    WHERE workspace = place AND account = name AND holder = who AND fence = number FOR NO KEY UPDATE;
  END IF;
END $$;
"""  # noqa: S608 - no words from outside

_LEGAL = ", ".join(f"'{old}>{new}'" for old, targets in MOVES.items() for new in targets)

# What nearly every post goes through is judged without a call: a move that is always legal, and one in a lane that is in hand and
# due. When a part was last called sent is asked each minute.
IN_HAND = f"""
CREATE INDEX last_sent ON publications (workspace, changed_at) WHERE state = 'sent';

DROP TRIGGER only_legal_moves ON publications;
CREATE TRIGGER only_legal_moves BEFORE UPDATE OF state ON publications
FOR EACH ROW WHEN (OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN ({_LEGAL}))
EXECUTE FUNCTION refuse_illegal_move();

DROP TRIGGER lanes_follow ON publications;
CREATE TRIGGER lanes_follow AFTER UPDATE OF state, not_before, moved_to ON publications
FOR EACH ROW WHEN ((OLD.state, OLD.not_before, OLD.moved_to) IS DISTINCT FROM (NEW.state, NEW.not_before, NEW.moved_to)
  AND (NEW.state NOT IN ('sending', 'sent')
    OR current_setting('contentkit.in_hand', true) IS DISTINCT FROM NEW.workspace || ' ' || NEW.account))
EXECUTE FUNCTION follow_publication();

CREATE OR REPLACE FUNCTION begin_on_lane(
  place BIGINT, name words, who words, number BIGINT, raises BOOLEAN,
  OUT seconds DOUBLE PRECISION, OUT raised BIGINT, OUT in_doubt BOOLEAN
) LANGUAGE plpgsql AS $$
DECLARE is_due BOOLEAN;
BEGIN
  PERFORM pg_advisory_xact_lock_shared({LOCKS}, place::int);
  IF raises THEN
    UPDATE lanes SET counter = nextval('counter') WHERE workspace = place AND account = name AND holder = who AND fence = number
    RETURNING extract(epoch FROM leased_until - clock_timestamp()), counter, next_due <= stamp(clock_timestamp())
    INTO seconds, raised, is_due;
    in_doubt := EXISTS (SELECT 1 FROM publications
      WHERE workspace = place AND account = name AND state IN ('sending', 'unknown'));
  ELSE
    SELECT extract(epoch FROM leased_until - clock_timestamp()), next_due <= stamp(clock_timestamp()) INTO seconds, is_due
    FROM lanes WHERE workspace = place AND account = name AND holder = who AND fence = number FOR NO KEY UPDATE;
  END IF;
  -- Nobody else changes the lane before this transaction is over.
  IF is_due THEN PERFORM set_config('contentkit.in_hand', place || ' ' || name, true); END IF;
END $$;
"""  # noqa: S608 - no words from outside
