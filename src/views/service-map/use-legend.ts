import { useCallback, useState } from 'react';

/**
 * Whether the legend is open: as the host says until the reader opens or closes it, and again once the host changes its mind.
 * What the reader chose outlives other layouts and a look at the table.
 */
export function useLegend(isOpenAtFirst: boolean): readonly [isOpen: boolean, toggle: () => void] {
  const [chosen, choose] = useState({ isOpenAtFirst, isOpen: isOpenAtFirst });
  const isOpen = chosen.isOpenAtFirst === isOpenAtFirst ? chosen.isOpen : isOpenAtFirst;
  return [isOpen, useCallback(() => choose({ isOpenAtFirst, isOpen: !isOpen }), [isOpenAtFirst, isOpen])];
}
