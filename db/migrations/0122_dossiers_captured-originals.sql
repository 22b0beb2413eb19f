-- Originals as they were captured to be certified, page by page; a dossier may hold several, each gets one number.
create table dossiers.captured_original (
  id          uuid        primary key,
  dossier_id  uuid        not null,
  place       integer     not null,
  name        text        not null,
  pages       jsonb       not null,
  captured_by text        not null,
  captured_at timestamptz not null,
  constraint place_is_in_the_list check (place between 0 and 99),
  constraint pages_are_a_list check (jsonb_typeof(pages) = 'array'),
  constraint one_capture_per_original unique (dossier_id, place)
);
comment on column dossiers.captured_original.place is 'Which paper of the request it is, from 0.';
comment on column dossiers.captured_original.pages is
  'In their order: content of the upright page as a picture (sha256, width, height), and the file it was read from (fileId).';

alter table dossiers.certification
  add column original_id uuid references dossiers.captured_original (id),
  add column copies      integer not null default 1,
  add column verify_code text,
  add column note        text;
create unique index one_number_per_captured_original on dossiers.certification (original_id);

grant select, insert, delete on dossiers.captured_original to motcua_app;
grant update (name, pages, captured_by, captured_at) on dossiers.captured_original to motcua_app;
