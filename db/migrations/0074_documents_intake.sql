-- What becomes of a file after it was taken in: scanned, and made a PDF/A that readers see beside the original.
alter table documents.stored_file
  add column conversion         text        not null default 'none',
  add column conversion_tries   integer     not null default 0,
  add column converted_sha256   text,
  add column converted_size     bigint,
  add column pages              integer,
  add column text_layer         boolean     not null default false,
  add column conversion_problem text,
  add column notes              text[]      not null default '{}',
  add column malware            text,
  add column scanned_at         timestamptz,
  add constraint conversion_is_known check (conversion in ('none', 'waiting', 'done', 'kept', 'failed')),
  add constraint conversion_names_its_file check ((conversion = 'done') = (converted_sha256 is not null)),
  add constraint converted_is_named_by_its_hash check (converted_sha256 ~ '^[0-9a-f]{64}$'),
  add constraint infected_names_what check (malware is null or scan_state = 'infected');
comment on column documents.stored_file.conversion is
  'none: taken in before files were converted; kept: a PDF stays as it is; failed: only the original can be opened.';
comment on column documents.stored_file.notes is 'What was noticed in a PDF that is kept, e.g. pdf-attachments.';

-- What still waits is a handful among millions.
create index stored_file_waiting on documents.stored_file (created_at)
  where scan_state = 'waiting' or conversion = 'waiting';

create table documents.joined_paper (
  parts      text        primary key,
  sha256     text        not null,
  size       bigint      not null,
  pages      integer     not null,
  created_at timestamptz not null,
  constraint joined_is_named_by_its_hash check (parts ~ '^[0-9a-f]{64}$' and sha256 ~ '^[0-9a-f]{64}$')
);
comment on table documents.joined_paper is
  'Photos of one paper as one PDF/A; parts is the hash of the hashes of the originals in their order.';

grant update (conversion, conversion_tries, converted_sha256, converted_size, pages, text_layer, conversion_problem,
  notes, malware, scanned_at) on documents.stored_file to motcua_app;
grant select, insert on documents.joined_paper to motcua_app;
