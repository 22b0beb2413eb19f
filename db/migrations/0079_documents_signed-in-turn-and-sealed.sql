-- One paper that several sign in turn is a paper in hand for each of them, all with the code that stands on it.
alter table documents.paper_in_hand drop constraint paper_in_hand_verify_code_key;
create index paper_in_hand_by_verify_code on documents.paper_in_hand (verify_code);
comment on column documents.paper_in_hand.verify_code is
  'Stands on the paper; the same for each who signs it in turn.';

-- Slips for citizens are printed at once and get the seal of their authority after that: nobody waits for a key.
alter table documents.issued_document
  add column seal_place     jsonb,
  add column sealed_at      timestamptz,
  add column sealing_since  timestamptz,
  add column printed_sha256 text,
  add constraint print_is_named_by_its_hash check (printed_sha256 ~ '^[0-9a-f]{64}$'),
  add constraint sealed_has_its_print check ((sealed_at is null) = (printed_sha256 is null));
create index issued_document_awaiting_seal on documents.issued_document (issued_at)
  where seal_place is not null and sealed_at is null;
create index issued_document_by_print on documents.issued_document (printed_sha256) where printed_sha256 is not null;
comment on column documents.issued_document.seal_place is
  'Where the seal of a slip stands; null of papers whose seal comes with their signatures, and of those without.';
comment on column documents.issued_document.sealing_since is 'Somebody is sealing it; after a minute another may.';
comment on column documents.issued_document.printed_sha256 is
  'The slip as it was before its seal: who took it away then holds a genuine paper.';

grant update (sha256, size, signatures, sealed_at, sealing_since, printed_sha256) on documents.issued_document
  to motcua_app;
