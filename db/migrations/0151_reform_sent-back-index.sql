-- Work that was sent back is a small part of all: where it goes is read without the rest.
create index step_span_sent_back on reform.step_span (process_key, process_version, closed_at)
  include (authority, came_from, step_id, dossier_id) where sent_back and closed_at is not null;
