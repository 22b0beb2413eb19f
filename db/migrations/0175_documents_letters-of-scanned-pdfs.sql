-- Letters of scanned PDFs: the file stays as it was sent, and what was read on its pages lies beside it.
alter table documents.stored_file
  add column reading       text,
  add column reading_since timestamptz,
  add constraint reading_is_known check (reading in ('waiting', 'read', 'none'));
comment on column documents.stored_file.reading is
  'Of a PDF whose letters are wanted: none where it is no scan or nothing was read; null where it does not apply.';
comment on column documents.stored_file.reading_since is
  'When the last attempt began, so that nobody else begins beside it; attempts are counted in conversion_tries.';

-- What still waits is a handful among millions.
create index stored_file_unread on documents.stored_file (created_at) where reading = 'waiting';

grant update (reading, reading_since) on documents.stored_file to motcua_app;
