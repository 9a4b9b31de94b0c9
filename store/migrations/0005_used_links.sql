-- The links of messages that were used: each records its answer once. The link
-- itself is not kept, only the SHA-256 of its token.
CREATE TABLE used_links (
  id      TEXT    NOT NULL PRIMARY KEY,
  used    INTEGER NOT NULL,
  expires INTEGER NOT NULL -- after this the link is refused anyway
) STRICT;
