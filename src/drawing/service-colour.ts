/**
 * Hues in degrees that people tell apart, red left to errors. Which of them look alike decides the order: neighbours in
 * this list are far apart on the wheel.
 */
const HUES = [212, 32, 150, 275, 55, 185, 320, 95, 240, 165, 295, 75, 200, 45, 130, 260];

/**
 * A colour for each service, by position: the one its name asks for, or the next free one, so that the services of one
 * trace differ and the same service mostly looks the same in every trace. With more services than hues colours repeat.
 */
export function serviceColours(services: readonly string[], isDark: boolean): string[] {
  const taken = new Set<number>();
  const hueOf = new Map<string, number>();
  for (const service of [...services].sort()) {
    let at = hashOf(service) % HUES.length;
    for (let tries = 0; taken.has(at) && tries < HUES.length; tries++) {
      at = (at + 1) % HUES.length;
    }
    taken.add(at);
    hueOf.set(service, HUES[at]);
  }
  // Lightness gives a contrast of 3:1 and more against both backgrounds of the theme.
  const shade = isDark ? '55% 60%' : '60% 42%';
  return services.map((service) => `hsl(${hueOf.get(service)} ${shade})`);
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  }
  return hash >>> 0;
}
