-- An objection has a day to be answered by. It is a stream of the journal, which keeps what was said as a salted hash.
alter table indicators.officer_objection
  add column answer_by   timestamptz,
  add column words_salt  bytea,
  add column answer_salt bytea;
grant update (answer_salt) on indicators.officer_objection to motcua_app;
create index officer_objection_agreed on indicators.officer_objection (officer, dossier)
  where agreed and dossier is not null;
comment on column indicators.officer_objection.agreed is
  'True: the dossier named is left out of this figure of the officer; the figure of the office keeps it.';

-- What was told of a target: both numbers, and what was wanted on the day.
alter table indicators.target_alert
  add column numerator   integer,
  add column denominator integer,
  add column wanted      numeric,
  add column operator    text,
  add column missing     integer;

-- Who is told of a change of a target; notice: the message that told it, null while it waits for the next day's.
create table indicators.target_alert_reader (
  alert   uuid not null references indicators.target_alert (id),
  officer text not null references directory.officer (id),
  notice  text,
  primary key (alert, officer)
);
create index target_alert_untold on indicators.target_alert_reader (officer) where notice is null;
grant select, insert, update on indicators.target_alert_reader to motcua_app;
