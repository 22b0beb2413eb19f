-- A dossier may concern several people, and one entry may be told twice: when it happens, and as a reminder.
alter table notifications.message
  add column party smallint,
  drop constraint told_once,
  add constraint told_once unique (dossier_id, sequence, kind, channel, recipient);
comment on column notifications.message.party is
  'Number of the other party that it was sent to; null: the applicant.';
