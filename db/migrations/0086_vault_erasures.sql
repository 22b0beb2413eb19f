-- Own uploads that their owner removed lose their content as well, unless a dossier holds it.
alter table vault.item add column removed_at timestamptz;
comment on column vault.item.removed_at is 'When its owner removed an own upload.';
-- Until now nobody wrote the moment down; the day of the upgrade is the earliest that can be said.
update vault.item set removed_at = now() where state = 'removed';

create table vault.erasure (
  id       bigint      generated always as identity primary key,
  item_id  uuid        not null references vault.item (id),
  -- The upload itself; unknown for what was removed before contents were erased.
  file_id  uuid,
  asked_at timestamptz not null,
  -- Hashes of the content, once the files that named it are gone.
  hashes   text[],
  done_at  timestamptz,
  outcome  text,
  constraint outcome_is_known check (outcome in ('erased', 'held', 'put-back')),
  constraint done_has_outcome check ((done_at is null) = (outcome is null))
);
create index erasure_waiting on vault.erasure (asked_at) where done_at is null;
create index erasure_by_item on vault.erasure (item_id, id);
comment on table vault.erasure is 'Contents to destroy: `held` stays because a dossier has it or somebody else has the same.';

-- Uploads that were removed before lost their file number; their content is found by the purpose and the owner.
insert into vault.erasure (item_id, file_id, asked_at)
select i.id, f.file_id, now() from vault.item i
join documents.stored_file f on f.sha256 = i.sha256 and f.purpose = 'vault' and f.owner_kind = 'person' and f.owner_id = i.owner_id
where i.state = 'removed';

-- Files that were made out of an item for a filing.
create index stored_file_out_of_vault on documents.stored_file (purpose) where purpose like 'vault:%';

grant select, insert on vault.erasure to motcua_app;
grant update (hashes, done_at, outcome) on vault.erasure to motcua_app;
grant update (removed_at) on vault.item to motcua_app;
