-- What a check of signatures found when a file was handed in, and papers found again by their content.
alter table documents.stored_file add column signature_check jsonb;
comment on column documents.stored_file.signature_check is
  'Signatures as they were found at the moment of receipt; null when the file had none. The whole is in signatures.evidence.';
create index issued_document_by_content on documents.issued_document (sha256);
