-- Letters read from pictures: they lie as a layer in the PDF/A, and here as plain text from which fields are proposed.
alter table documents.stored_file
  add column read_text    text,
  add column text_problem text;
comment on column documents.stored_file.read_text is 'What was read from its pictures, pages apart by a form feed; goes with the row.';
comment on column documents.stored_file.text_problem is 'Why the paper has no layer of text: ocr-slow, ocr-failed.';

grant update (read_text, text_problem) on documents.stored_file to motcua_app;
