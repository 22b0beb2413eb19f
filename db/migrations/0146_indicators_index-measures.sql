-- What the national index counts of each dossier (QĐ 766/QĐ-TTg): flows on the day of acceptance or of the end, and two
-- stocks of what is late by the index, which looks at the end of the period.
alter table indicators.daily
  add column accepted_online     bigint not null default 0,
  add column synced              bigint not null default 0,
  add column electronic_result   bigint not null default 0,
  add column digitised           bigint not null default 0,
  add column reused              bigint not null default 0,
  add column vault_shared        bigint not null default 0,
  add column population_data     bigint not null default 0,
  add column displeased bigint not null default 0,
  add column index_overdue       bigint not null default 0,
  add column index_past_due      bigint not null default 0;
alter table indicators.monthly
  add column accepted_online     bigint not null default 0,
  add column synced              bigint not null default 0,
  add column electronic_result   bigint not null default 0,
  add column digitised           bigint not null default 0,
  add column reused              bigint not null default 0,
  add column vault_shared        bigint not null default 0,
  add column population_data     bigint not null default 0,
  add column displeased bigint not null default 0,
  add column index_overdue       bigint not null default 0,
  add column index_past_due      bigint not null default 0;

-- What dossiers add is counted anew from the first entry; applying a difference twice changes nothing.
update feed.cursor set position = 0 where consumer = 'indicators';
