-- Who opened a dossier, its papers or a file that names its people, for those people to see. Acts stand in the journal;
-- looking is no act, so it stands here: ids alone, one line for a reader, a dossier, a quarter of an hour and a way.
create table dossiers.reading (
  dossier_id  uuid        not null references dossiers.dossier (id),
  quarter     timestamptz not null,
  reader_kind text        not null,
  reader_id   text        not null,
  how         text        not null,
  -- Where and in which post an officer read it; a system has neither.
  authority   text,
  post        text,
  -- The open task that the officer could answer; null: no work of theirs was open in it.
  task        integer,
  read_at     timestamptz not null,
  primary key (dossier_id, quarter, reader_kind, reader_id, how),
  constraint reader_is_known check (reader_kind in ('officer', 'system')),
  constraint way_is_known check (how in ('opened', 'exported')),
  constraint quarter_is_one check (extract(epoch from quarter)::bigint % 900 = 0)
);
comment on table dossiers.reading is 'Only ever added to; it goes with the content of its dossier.';
grant select, insert on dossiers.reading to motcua_app;

-- Who read goes when what they read is destroyed.
create function dossiers.forget_readings() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from dossiers.reading where dossier_id = new.dossier_id;
  return null;
end $$;
revoke all on function dossiers.forget_readings() from public;
create trigger readings_go_with_their_dossier after update of state on retention.line
  for each row when (new.state = 'purged' and old.state <> 'purged') execute function dossiers.forget_readings();
