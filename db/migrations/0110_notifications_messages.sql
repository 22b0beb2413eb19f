-- What was told to whom about a dossier, and every try to send it.
create schema notifications;

create table notifications.message (
  id         uuid        primary key,
  dossier_id uuid        not null,
  sequence   integer     not null,
  person_id  text,
  kind       text        not null,
  channel    text        not null,
  recipient  text        not null,
  subject    text        not null,
  text       text        not null,
  params     jsonb       not null,
  language   text        not null,
  created_at timestamptz not null,
  sent_at    timestamptz,
  failed_at  timestamptz,
  read_at    timestamptz,
  constraint channel_is_known check (channel in ('in-app', 'sms', 'email')),
  constraint sent_or_failed check (sent_at is null or failed_at is null),
  -- A batch of the feed may come twice; a person is told once.
  constraint told_once unique (dossier_id, sequence, channel, recipient)
);
create index message_by_person on notifications.message (person_id, created_at desc, id) where channel = 'in-app';
create index unread_message on notifications.message (person_id) where channel = 'in-app' and read_at is null;
create index message_by_time on notifications.message (created_at desc, id) where channel <> 'in-app';
comment on table notifications.message is
  'One message on one channel. sent_at and failed_at both null: waiting for the gateway, the worker tries again.';

create table notifications.attempt (
  message_id uuid        not null references notifications.message (id),
  no         integer     not null,
  at         timestamptz not null,
  adapter    text        not null,
  outcome    text        not null,
  error      text,
  primary key (message_id, no),
  constraint outcome_is_known check (outcome in ('sent', 'unavailable', 'rejected'))
);

grant usage on schema notifications to motcua_app;
grant select, insert on notifications.message, notifications.attempt to motcua_app;
grant update (sent_at, failed_at, read_at) on notifications.message to motcua_app;
