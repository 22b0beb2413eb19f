-- What units set out to reach. A target that is changed keeps its key; the journal of its territory has what it was.
create table indicators.target (
  territory  text        not null references indicators.index_publisher (territory),
  key        text        not null,
  content    jsonb       not null,
  changed_by text,
  changed_at timestamptz not null,
  ended_at   timestamptz,
  primary key (territory, key),
  constraint target_names_itself check (content ->> 'key' = key)
);
comment on column indicators.target.ended_at is 'Taken back: kept, and watched no longer.';

grant select, insert, update on indicators.target to motcua_app;
