/**
 * A colour for each service, the same in every trace and session: hues by golden angle from a hash of the name, so that
 * neighbours in the alphabet do not look alike. Lightness is chosen for 3:1 contrast on light and dark backgrounds.
 */
export function serviceColour(service: string, isDark: boolean): string {
  let hash = 2166136261;
  for (let i = 0; i < service.length; i++) {
    hash = Math.imul(hash ^ service.charCodeAt(i), 16777619);
  }
  const hue = ((hash >>> 0) * 137.508) % 360;
  return `hsl(${hue.toFixed(0)} ${isDark ? '55% 58%' : '52% 46%'})`;
}
