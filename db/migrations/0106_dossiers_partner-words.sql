-- Every word of a partner system about a dossier, as it came; the latest also stands on the dossier and in its journal.
create table dossiers.partner_word (
  dossier_id  uuid        not null references dossiers.dossier (id),
  source      text        not null,
  key         text        not null,
  status      smallint    not null,
  stage       text        not null,
  stated_at   timestamptz not null,
  received_at timestamptz not null,
  text        text,
  primary key (dossier_id, source, key),
  constraint status_is_national check (status between 1 and 10),
  constraint stage_is_known check (stage in ('intake', 'processing', 'result'))
);
comment on table dossiers.partner_word is 'What partner systems said, late and repeated words included; nothing is put back by them.';
comment on column dossiers.partner_word.key is 'Idempotency key of the partner: the same key is the same word.';
comment on column dossiers.partner_word.text is 'Free words of the partner; they may name people and stay out of the journal.';
grant select, insert on dossiers.partner_word to motcua_app;

-- Open dossiers on which a partner says something, for the alarm list.
create index open_dossier_with_partner_word on dossiers.dossier (competent)
  where partner_word is not null and closed_at is null;
