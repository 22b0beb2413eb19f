-- Pages captured to be certified, and slips as they were before their seal, are contents too: they are destroyed with
-- their dossier, and are kept while anything that stays names them.
create or replace function retention.needed(hash text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from documents.stored_file where sha256 = hash or view_sha256 = hash or converted_sha256 = hash)
    or exists (select from documents.issued_document where hash in (sha256, printed_sha256) and purged_at is null)
    or exists (select from documents.paper_in_hand where hash in (sha256, prepared_sha256))
    or exists (select from documents.joined_paper where sha256 = hash)
    or exists (select from dossiers.paper where sha256 = hash)
    or exists (select from dossiers.digitised_paper where sha256 = hash)
    or exists (select from dossiers.captured_original
               where pages @> jsonb_build_array(jsonb_build_object('sha256', hash)))
    or exists (select from vault.item where sha256 = hash and state <> 'removed')
$$;
create index captured_original_by_page on dossiers.captured_original using gin (pages jsonb_path_ops);

-- The name of the original stays with its line in the certification book; what was on it goes.
create function retention.erase_captures() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  files  uuid[];
  hashes text[];
begin
  select coalesce(array_agg(distinct (page ->> 'fileId')::uuid) filter (where page ->> 'fileId' is not null), '{}'),
         coalesce(array_agg(distinct page ->> 'sha256') filter (where page ->> 'sha256' is not null), '{}')
    into files, hashes
    from dossiers.captured_original o, jsonb_array_elements(o.pages) page where o.dossier_id = new.dossier_id;
  update dossiers.captured_original set pages = '[]' where dossier_id = new.dossier_id;
  files := array(
    select f from unnest(files) f
    where not exists (select from dossiers.paper o where o.file_id = f)
      and not exists (select from vault.item i where i.file_id = f and i.state <> 'removed')
      and not exists (select from dossiers.captured_original o
                      where o.pages @> jsonb_build_array(jsonb_build_object('fileId', f::text))));
  hashes := hashes || array(
    select h from documents.stored_file s, unnest(array[s.sha256, s.view_sha256, s.converted_sha256]) h
    where s.file_id = any (files) and h is not null);
  delete from documents.stored_file where file_id = any (files);
  hashes := hashes || array(
    select printed_sha256 from documents.issued_document
    where dossier_id = new.dossier_id and purged_at is not null and printed_sha256 is not null);
  insert into retention.doomed (sha256, batch_id, dossier_id, doomed_at)
    select distinct h, new.batch_id, new.dossier_id, new.at from unnest(hashes) h
    on conflict (sha256) do update set batch_id = excluded.batch_id, dossier_id = excluded.dossier_id,
      doomed_at = excluded.doomed_at, removed_at = null, outcome = null;
  return null;
end $$;
revoke all on function retention.erase_captures() from public;
create trigger captures_go_with_their_dossier after update of state on retention.line
  for each row when (new.state = 'purged' and old.state <> 'purged') execute function retention.erase_captures();
