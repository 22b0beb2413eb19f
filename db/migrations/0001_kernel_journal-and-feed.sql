-- The journal: every act with legal or statistical meaning, append-only by grant (docs/architecture.md).
create schema journal;

create table journal.entry (
  stream        uuid        not null,
  sequence      integer     not null,
  stream_kind   text        not null,
  kind          text        not null,
  data          jsonb       not null,
  actor         jsonb       not null,
  at            timestamptz not null,
  previous_hash bytea,
  hash          bytea       not null,
  id            bigint      generated always as identity,
  xid           xid8        not null default pg_current_xact_id(),
  primary key (stream, sequence),
  constraint sequence_starts_at_one check (sequence > 0),
  constraint first_entry_has_no_predecessor check ((sequence = 1) = (previous_hash is null)),
  constraint hashes_are_sha256 check (octet_length(hash) = 32)
) partition by range (stream);

comment on table journal.entry is
  'Append-only. Hashes chain the entries of one stream; id and xid are assigned here and are not hashed.';

-- Stream ids are UUIDv7: a range of ids is a range of birth dates, and the key stays whole.
create table journal.entry_before_2025 partition of journal.entry
  for values from (minvalue) to ('01941f29-7c00-7000-8000-000000000000');
create table journal.entry_2025 partition of journal.entry
  for values from ('01941f29-7c00-7000-8000-000000000000') to ('019b76da-a800-7000-8000-000000000000');
create table journal.entry_2026 partition of journal.entry
  for values from ('019b76da-a800-7000-8000-000000000000') to ('01a2ce8b-d400-7000-8000-000000000000');
create table journal.entry_2027 partition of journal.entry
  for values from ('01a2ce8b-d400-7000-8000-000000000000') to ('01aa263d-0000-7000-8000-000000000000');
create table journal.entry_after_2027 partition of journal.entry
  for values from ('01aa263d-0000-7000-8000-000000000000') to (maxvalue);

-- The sequencer reads new entries in this order.
create index entry_by_transaction on journal.entry (xid, id);

grant usage on schema journal to motcua_app;
grant select, insert on journal.entry to motcua_app;

-- The feed: gap-free positions over the journal, and where each consumer stands.
create schema feed;

create table feed.position (
  position bigint  primary key,
  stream   uuid    not null,
  sequence integer not null,
  unique (stream, sequence)
);
comment on table feed.position is 'Stamped by the sequencer alone; everybody else knows only positions.';

create table feed.sequencer (
  only_row          boolean primary key default true check (only_row),
  last_xid          xid8    not null default '0',
  last_id           bigint  not null default 0,
  last_position     bigint  not null default 0,
  system_identifier text
);
insert into feed.sequencer default values;

create table feed.cursor (
  consumer   text        primary key,
  position   bigint      not null default 0,
  updated_at timestamptz not null default now()
);

grant usage on schema feed to motcua_app;
grant select, insert on feed.position to motcua_app;
grant select, update on feed.sequencer to motcua_app;
grant select, insert, update on feed.cursor to motcua_app;

-- Consumers enqueue outside calls in the transaction that moves their cursor.
-- The job tables belong to the owner; the application may only add to them.
create function feed.enqueue(jobs jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform graphile_worker.add_jobs(array(
    select row(job ->> 'identifier', (job -> 'payload')::json, job ->> 'queue', (job ->> 'run_at')::timestamptz,
               coalesce((job ->> 'max_attempts')::smallint, 12::smallint), job ->> 'key', 0::smallint, null::text[])
           ::graphile_worker.job_spec
    from jsonb_array_elements(jobs) job
  ));
end $$;
revoke all on function feed.enqueue(jsonb) from public;
grant execute on function feed.enqueue(jsonb) to motcua_app;
