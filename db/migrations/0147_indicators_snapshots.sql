-- The index of a unit and a period as it stood at a moment: raw counts with what followed from them. Never overwritten:
-- what comes late of a closed period is a further revision that says what changed.
create table indicators.snapshot (
  id           uuid        primary key,
  set_key      text        not null,
  set_version  integer     not null,
  authority    text        collate "C" not null,
  level        text        not null,
  period       text        not null,
  from_date    date        not null,
  to_date      date        not null,
  revision     integer     not null,
  why          text        not null,
  as_at        timestamptz not null,
  position     bigint      not null,
  counts       jsonb       not null,
  not_measured text[]      not null,
  score        jsonb       not null,
  notes        jsonb       not null,
  changed      jsonb,
  constraint one_snapshot_per_revision unique (set_key, set_version, authority, period, revision),
  constraint why_is_known check (why in ('closed', 'late-facts', 'asked')),
  constraint period_ends_after_it_starts check (to_date >= from_date),
  constraint revisions_say_what_changed check ((revision = 1) = (changed is null))
);
create index snapshot_by_unit on indicators.snapshot (authority, to_date desc);
comment on column indicators.snapshot.position is 'How far in the feed the figures had come.';
comment on column indicators.snapshot.changed is '{figure: [before, after]} against the revision before; null for the first.';
grant select, insert on indicators.snapshot to motcua_app;
