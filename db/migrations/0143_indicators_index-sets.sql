-- Sets of the index by territory: 'VN' for those that come with the platform, a province for its own. A published
-- content is never changed; a correction is a new version.
create table indicators.index_publisher (
  territory text    primary key,
  stream    uuid    not null unique,
  sequence  integer not null default 0,
  head_hash bytea
);
comment on table indicators.index_publisher is 'Where the journal of each territory''s sets stands; taken first by who changes them.';

create table indicators.index_set (
  id              uuid        primary key,
  territory       text        not null references indicators.index_publisher (territory),
  key             text        not null,
  version         integer     not null,
  state           text        not null,
  content         jsonb       not null,
  revision        integer     not null default 1,
  trial           boolean     not null default false,
  valid_from      date,
  valid_to        date,
  decision_number text,
  decision_on     date,
  edited_by       text,
  edited_at       timestamptz not null,
  handed_in_by    text,
  handed_in_at    timestamptz,
  published_by    text,
  published_at    timestamptz,
  constraint index_set_version unique (key, version),
  constraint index_set_state_is_known check (state in ('draft', 'handed-in', 'published', 'abandoned')),
  constraint index_set_handed_in_by_somebody check (state <> 'handed-in' or handed_in_by is not null),
  constraint index_set_published_from_a_day check (state <> 'published' or (valid_from is not null and published_at is not null)),
  constraint index_set_ends_after_it_begins check (valid_to >= valid_from),
  constraint index_set_published_by_decision check (state <> 'published' or territory = 'VN' or decision_number is not null),
  constraint index_set_published_by_somebody_else check (published_by is null or published_by <> all (array[edited_by, handed_in_by]))
);
create index index_set_in_force on indicators.index_set (territory, valid_from) where state = 'published';
create unique index one_open_draft_of_a_set on indicators.index_set (key) where state in ('draft', 'handed-in');
comment on column indicators.index_set.trial is 'Only for trying out: never the set in force, found by its key alone.';

insert into indicators.index_publisher (territory, stream) values ('VN', '76600000-0000-4000-8000-000000000766');

grant select, insert, update on indicators.index_publisher, indicators.index_set to motcua_app;
