-- What somebody typed on a form page after their session had ended: kept a day, found again after signing in.
create table dossiers.typed_stash (
  key_hash   text        primary key,
  draft_id   uuid        not null,
  page_key   text        not null,
  typed      jsonb       not null,
  expires_at timestamptz not null
);
create index typed_stash_by_expiry on dossiers.typed_stash (expires_at);
comment on table dossiers.typed_stash is 'Typed text waiting for its owner to sign in again; opened only together with a draft of that person.';

grant select, insert, delete on dossiers.typed_stash to motcua_app;
