-- Papers that were signed while time stamps or answers about certificates did not come: they are lengthened later.
create table signatures.lengthening (
  -- The paper as it was signed; it stays what it is, and the longer edition begins with it.
  sha256        text        primary key,
  wanted        text        not null,
  state         text        not null default 'waiting',
  asked_at      timestamptz not null,
  tries         integer     not null default 0,
  next_at       timestamptz not null,
  longer_sha256 text,
  longer_size   bigint,
  done_at       timestamptz,
  constraint level_is_known check (wanted in ('B-T', 'B-LT', 'B-LTA')),
  -- overtaken: signed again, and what came of it is lengthened instead; gone: nobody kept it.
  constraint state_is_known check (state in ('waiting', 'done', 'overtaken', 'gone')),
  constraint done_has_its_edition check ((state = 'done') = (longer_sha256 is not null and longer_size is not null)),
  constraint contents_are_named_by_their_hashes
    check (sha256 ~ '^[0-9a-f]{64}$' and (longer_sha256 is null or longer_sha256 ~ '^[0-9a-f]{64}$'))
);
create index lengthening_waiting on signatures.lengthening (next_at) where state = 'waiting';
comment on table signatures.lengthening is 'Signed papers whose time stamps follow, and the editions that have them.';
grant select, insert, update on signatures.lengthening to motcua_app;
