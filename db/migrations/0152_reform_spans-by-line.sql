-- Figures are read line by line: in the order of this index nothing is sorted first, and days are found in each line.
-- By bytes: nobody reads these names in order.
create index step_span_by_line on reform.step_span
  (process_key, process_version, kind collate "C", step_id collate "C", whose collate "C", closed_at)
  include (authority, done, round, hand_overs, waiting, working, round_waiting, round_working)
  where closed_at is not null;
drop index reform.step_span_ended;
