/**
 * Hues in degrees that people tell apart, red left to errors. Which of them look alike decides the order: neighbours in
 * this list are far apart on the wheel.
 */
const HUES = [212, 32, 150, 275, 55, 185, 320, 95, 240, 165, 295, 75, 200, 45, 130, 260];

/** Degrees between the hues of two services: what can be told apart at a glance, then with care, then merely different. */
const APART = [40, 20, 1];

/**
 * A colour for each service, by position: the one its name asks for, or the next that differs clearly from those given, so
 * that the services of one trace differ and the same service mostly looks the same in every trace. With more services than
 * hues colours repeat.
 */
export function serviceColours(services: readonly string[], isDark: boolean): string[] {
  const taken = new Set<number>();
  const hueOf = new Map<string, number>();
  for (const service of [...services].sort()) {
    const hue = freeHue(hashOf(service) % HUES.length, taken);
    taken.add(hue);
    hueOf.set(service, hue);
  }
  // Lightness gives a contrast of 3:1 and more against both backgrounds of the theme.
  const shade = isDark ? '55% 60%' : '60% 42%';
  return services.map((service) => `hsl(${hueOf.get(service)} ${shade})`);
}

/** The first hue from place `at` on that is farthest from those taken; the one at `at` where all are. */
function freeHue(at: number, taken: ReadonlySet<number>): number {
  if (taken.size < HUES.length) {
    const order = [...HUES.slice(at), ...HUES.slice(0, at)];
    for (const apart of APART) {
      const free = order.find((hue) => [...taken].every((other) => hueDistance(hue, other) >= apart));
      if (free !== undefined) {
        return free;
      }
    }
  }
  return HUES[at];
}

function hueDistance(a: number, b: number): number {
  const around = Math.abs(a - b);
  return Math.min(around, 360 - around);
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  }
  return hash >>> 0;
}
