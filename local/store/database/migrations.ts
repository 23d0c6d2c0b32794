/** How a data directory of an earlier layout becomes one of today's: the statements that lead from each layout to the next. */
export const MIGRATIONS: Readonly<Record<number, string>> = {
  // Sampling can be ahead of the write-ahead log; retention goes by the time of arrival, which for what is there is now.
  1: `
INSERT INTO meta SELECT 'written_record', value FROM meta WHERE key = 'applied_record';
CREATE TABLE arrival(first_trace BIGINT, received_s BIGINT);
INSERT INTO arrival VALUES (0, epoch(now())::BIGINT);
`,
};
