-- When a signed paper is destroyed, the edition that got its time stamps later is destroyed with it.
create function retention.doom_longer_edition() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into retention.doomed (sha256, batch_id, dossier_id, doomed_at)
    select longer_sha256, new.batch_id, new.dossier_id, new.doomed_at from signatures.lengthening
    where sha256 = new.sha256 and longer_sha256 is not null
    on conflict do nothing;
  return null;
end $$;
revoke all on function retention.doom_longer_edition() from public;
create trigger doom_longer_edition after update of outcome on retention.doomed
  for each row when (new.outcome = 'removed') execute function retention.doom_longer_edition();
