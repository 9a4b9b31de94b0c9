-- What became of each receiver of a message, where a channel has several: who
-- has it is not sent it again while others are waited for.
CREATE TABLE receipts (
  delivery INTEGER NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
  address  TEXT    NOT NULL,
  at       INTEGER,
  refused  TEXT    NOT NULL DEFAULT '', -- why; empty: the receiver has it
  PRIMARY KEY (delivery, address)
) STRICT;
