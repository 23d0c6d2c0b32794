/** A trace id as Tempo's JSON has it, without leading zeros; readers pad it to 32 digits. */
export function shortTraceId(hex: string): string {
  return hex.replace(/^0+(?=.)/, '');
}
