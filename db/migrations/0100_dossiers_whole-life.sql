-- The whole life of a dossier: other parties, money, opinions, extension, delivery per recipient.
alter table dossiers.dossier
  add column limit_addition   jsonb,
  add column obligation_rule  text        not null default 'run',
  add column index_due_at     timestamptz,
  add column extension        jsonb,
  add column apologised_at    timestamptz,
  add column apologised_until timestamptz,
  add column explained_until  timestamptz,
  add column other_parties    jsonb       not null default '[]',
  add column obligations      jsonb       not null default '[]',
  add column consultations    jsonb       not null default '[]',
  add column deliveries       jsonb       not null default '[]',
  add column barred           jsonb       not null default '[]',
  add column thread_awaits    text,
  add column result_state     text        not null default 'none',
  drop constraint state_is_known,
  add constraint state_is_known check (state in ('awaiting-party', 'submitted', 'awaiting-supplement',
    'awaiting-obligation', 'in-progress', 'decided', 'returned', 'refused', 'withdrawn', 'stopped')),
  add constraint obligation_rule_is_known check (obligation_rule in ('pause', 'run')),
  add constraint thread_awaits_somebody check (thread_awaits in ('officer', 'applicant')),
  add constraint result_state_is_known check (result_state in ('none', 'valid', 'corrected', 'revoked'));
comment on column dossiers.dossier.index_due_at is
  'The date the national index measures by: waiting is given back, never counted anew.';

-- What was stored before is what its entries fold to now.
update dossiers.dossier set
  index_due_at = due_at,
  result_state = case when outcome = 'granted' then 'valid' else 'none' end,
  deliveries = case when decided_at is null then '[]'::jsonb else jsonb_build_array(jsonb_build_object(
    'no', 1, 'party', 0, 'channel', delivery,
    'state', case when state = 'returned' then 'delivered' else 'waiting' end,
    'at', case when state = 'returned' then to_char(closed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') end)) end;

alter table dossiers.task
  add column subject smallint,
  drop constraint kind_is_known,
  add constraint kind_is_known check (kind in ('intake', 'step', 'supplement', 'return', 'confirm', 'obligation',
    'consult', 'visit', 'transfer', 'handover'));

-- Who else has a say; erasable, known to the journal by number only.
create table dossiers.other_party (
  dossier_id  uuid     not null,
  no          smallint not null,
  name        text     not null,
  personal_id text     not null,
  phone       text,
  primary key (dossier_id, no)
);
create index other_party_by_personal_id on dossiers.other_party (personal_id);

-- How far partners outside have taken over what happened: each in its own time, without touching the business.
create table dossiers.sync (
  dossier_id  uuid        not null,
  destination text        not null,
  state       text        not null,
  sequence    integer     not null,
  message     text,
  at          timestamptz not null,
  primary key (dossier_id, destination),
  constraint state_is_known check (state in ('waiting', 'sent', 'acknowledged', 'to-be-reconciled'))
);
comment on column dossiers.sync.sequence is 'The last entry of the journal that the partner has.';

grant select, insert, update, delete on dossiers.other_party to motcua_app;
grant select, insert, update on dossiers.sync to motcua_app;
