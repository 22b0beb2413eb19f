-- Officers are told too, of what concerns them and is no news of one dossier: targets, answers to what they said.
alter table notifications.message
  alter column dossier_id drop not null,
  alter column sequence drop not null,
  add column officer_id text references directory.officer (id),
  add column notice text,
  add constraint of_a_dossier_or_for_an_officer check
    (num_nonnulls(dossier_id, sequence) = 2 and num_nonnulls(officer_id, notice) = 0
     or num_nonnulls(dossier_id, sequence) = 0 and num_nonnulls(officer_id, notice) = 2),
  -- Whoever tells may be stopped in between and begin again; an officer is told once.
  add constraint officer_told_once unique (officer_id, notice, channel);
create index notice_by_officer on notifications.message (officer_id, created_at desc, id) where channel = 'in-app';
create index unread_notice on notifications.message (officer_id) where channel = 'in-app' and read_at is null;
comment on column notifications.message.notice is 'What it tells of; one officer is told once of each.';

-- Where officers want to be told besides the app; who wrote nothing is told in the app alone.
create table notifications.officer_address (
  officer_id text        primary key references directory.officer (id),
  email      text,
  stated_at  timestamptz not null
);
grant select, insert on notifications.officer_address to motcua_app;
grant update (email, stated_at) on notifications.officer_address to motcua_app;
