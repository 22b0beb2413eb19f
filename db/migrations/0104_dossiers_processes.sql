-- Where the process of a dossier stands, what it is linked with, which authorities came before, and what a partner says.
alter table dossiers.dossier
  add column marking       jsonb,
  add column next_timer_at timestamptz,
  add column linked        jsonb,
  add column branches      jsonb,
  add column predecessors  jsonb not null default '[]',
  add column partner_word  jsonb;
comment on column dossiers.dossier.marking is
  'Tokens, sub-processes and timers of the running process; null for what began before they were kept: its open steps say it.';
comment on column dossiers.dossier.next_timer_at is 'The next moment at which a timer of the process fires.';
comment on column dossiers.dossier.predecessors is
  'Authorities that settled or received it before they were reorganised, each with the moment until which it did.';

create index dossier_by_next_timer on dossiers.dossier (next_timer_at) where next_timer_at is not null;
create index dossier_by_linked_filing on dossiers.dossier ((linked ->> 'filing')) where linked is not null;

alter table dossiers.task
  drop constraint kind_is_known,
  add constraint kind_is_known check (kind in ('intake', 'step', 'wait', 'supplement', 'return', 'confirm', 'obligation',
    'consult', 'visit', 'transfer', 'handover', 'compensation'));
