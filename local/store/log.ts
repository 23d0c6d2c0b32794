/** The store's log: one line an event on standard error, in JSON for machines or as text for people. */

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LEVELS)[number];
export type LogFormat = 'json' | 'text';

export interface LogEntry {
  readonly level: LogLevel;
  /** The event, the same words each time it happens. */
  readonly message: string;
  /** What is different each time; units in the names. */
  readonly fields?: Readonly<Record<string, string | number | boolean>>;
}

export type Log = (entry: LogEntry) => void;

/** @param write takes a line with its line feed */
export function logTo(write: (line: string) => void, format: LogFormat, lowest: LogLevel): Log {
  return (entry) => {
    if (LEVELS.indexOf(entry.level) >= LEVELS.indexOf(lowest)) {
      write(format === 'json' ? jsonLine(entry) : textLine(entry));
    }
  };
}

function jsonLine({ level, message, fields }: LogEntry): string {
  return `${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`;
}

function textLine({ level, message, fields = {} }: LogEntry): string {
  const details = Object.entries(fields).map(([key, value]) => ` ${key}=${typeof value === 'string' ? JSON.stringify(value) : value}`);
  return `store: ${level === 'info' ? '' : `${level}: `}${message}${details.join('')}\n`;
}
