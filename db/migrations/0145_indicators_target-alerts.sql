-- Where each target stands, and that the responsible were told when it changed: once for each change.
create table indicators.target_status (
  territory text        not null,
  key       text        not null,
  stage     date        not null,
  status    text        not null,
  since     timestamptz not null,
  primary key (territory, key, stage),
  foreign key (territory, key) references indicators.target (territory, key),
  constraint target_status_is_known check (status in ('met', 'at-risk', 'missed', 'coming', 'not-measured'))
);
comment on column indicators.target_status.stage is 'First day of the stage.';

create table indicators.target_alert (
  id         uuid        primary key,
  territory  text        not null,
  key        text        not null,
  stage      date        not null,
  authority  text        not null,
  previous   text,
  status     text        not null,
  value      numeric,
  at         timestamptz not null,
  seen_by    text,
  seen_at    timestamptz,
  foreign key (territory, key) references indicators.target (territory, key),
  constraint seen_by_somebody check ((seen_by is null) = (seen_at is null))
);
create index target_alert_by_authority on indicators.target_alert (authority, at desc);

grant select, insert, update on indicators.target_status, indicators.target_alert to motcua_app;
