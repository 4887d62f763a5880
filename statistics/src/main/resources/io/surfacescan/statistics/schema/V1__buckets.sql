-- Times of processes are milliseconds since 1970, those of buckets seconds, all in UTC.

-- A state directory. Its revision is that of the last change to its rows that is in this database.
CREATE TABLE stats_instance (
  id       TEXT   PRIMARY KEY,
  revision BIGINT NOT NULL,
  heard_at BIGINT NOT NULL,
  -- In a shared database, the token of the last sending. In the file, the token that the database had before the last
  -- sending, and the one of the last sending: if the database has neither, somebody else sends in the same name.
  token    TEXT   NOT NULL,
  sending  TEXT   NOT NULL
);

-- One life of one program.
CREATE TABLE stats_process (
  id             TEXT     PRIMARY KEY,
  instance       TEXT     NOT NULL REFERENCES stats_instance (id),
  name           TEXT     NOT NULL,
  started_at     BIGINT   NOT NULL,
  complete_until BIGINT   NOT NULL,
  -- Null while it runs, and for ever if nobody learns how it ended; stopped or killed.
  ended          TEXT,
  -- The number of the last batch that is counted: a batch is counted once, however often it is tried.
  batch          BIGINT   NOT NULL,
  -- 1 if its buckets were rolled up by another than its instance, which then sends all of them anew.
  rewritten      SMALLINT NOT NULL,
  revision       BIGINT   NOT NULL
);

-- What one process answered of one kind in one span of time.
CREATE TABLE stats_bucket (
  process       TEXT     NOT NULL REFERENCES stats_process (id),
  start_at      BIGINT   NOT NULL,
  span          BIGINT   NOT NULL,
  route         TEXT     NOT NULL,
  status_class  SMALLINT NOT NULL,
  request_count BIGINT   NOT NULL,
  total_nanos   BIGINT   NOT NULL,
  longest_nanos BIGINT   NOT NULL,
  aborted_count BIGINT   NOT NULL,
  -- HdrHistogram, V2 encoding, two significant digits, nanoseconds.
  latencies     ${bytes} NOT NULL,
  revision      BIGINT   NOT NULL,
  PRIMARY KEY (process, start_at, span, route, status_class)
);

CREATE INDEX stats_bucket_start ON stats_bucket (start_at);
CREATE INDEX stats_bucket_span ON stats_bucket (span, start_at);
-- Only the file is asked what changed, and in the shared database the index would be in the way of each change.
${only_in_a_file}CREATE INDEX stats_bucket_revision ON stats_bucket (revision);
